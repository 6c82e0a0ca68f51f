import { expect, type Page, test } from "@playwright/test";
import { startReceiver, type Receiver } from "../testkit/receivers.ts";
import { expectAccessible } from "./both-themes.ts";
import { caller } from "./desk-api.ts";
import { hasBrowser, signIn } from "./desk.ts";
import { positiveCase } from "./unread-case.ts";

test.skip(!hasBrowser(), "no Chromium on this machine");

let receiver: Receiver;
test.beforeAll(async () => {
  receiver = await startReceiver();
});
test.afterAll(() => receiver.stop());

/** Shows the messages of one state. */
async function show(page: Page, state: string): Promise<void> {
  await page
    .getByRole("radiogroup", { name: "Show" })
    .getByRole("radio", { name: state })
    .focus();
  await page.keyboard.press("Space");
}

/** A case is given to the reader, who wants to be told by webhook. */
async function giveCase(): Promise<void> {
  const id = await positiveCase();
  const reader = await caller("radiologist@demo.lung-iris");
  await reader.ask(
    "mutation { chooseNotifications(choices: [{ kind: ASSIGNED, ways: [WEBHOOK] }]) { openWays } }",
  );
  const { viewer } = (await reader.ask("{ viewer { user { id } } }")) as {
    viewer: { user: { id: string } };
  };
  const staff = await caller("staff@demo.lung-iris");
  await staff.ask(
    "mutation ($case: ID!, $user: ID) { assignCase(caseId: $case, userId: $user) { id } }",
    { case: id, user: viewer.user.id },
  );
}

test("an admin opens a webhook, tries it, and sends again what was given up", async ({
  page,
}) => {
  test.setTimeout(600_000);
  await signIn(page, "admin", "/notifications");
  await expect(page.getByRole("heading", { name: "Webhook" })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("switch", { name: "Send notes by webhook" }).focus();
  await page.keyboard.press("Space");
  await page.getByRole("textbox", { name: "Address" }).focus();
  await page.keyboard.type(receiver.url);
  await page.keyboard.press("Tab");
  await page.keyboard.type("a secret of the ward's own");
  const trial = page.getByRole("button", { name: "Send a test by webhook" });
  await expect(trial).toBeDisabled();
  await page.getByRole("button", { name: "Save" }).press("Enter");
  await expect(trial).toBeEnabled();

  // One that the receiver takes, and one that it does not.
  await trial.press("Enter");
  await expect(page.getByText("The receiver took it.")).toBeVisible();
  expect(receiver.posts).toHaveLength(1);
  receiver.answers.push({ status: 500 });
  await trial.press("Enter");
  await expect(page.getByText(/^Not taken\./)).toBeVisible();

  // A note that is refused for good is given up, seen, and sent again.
  receiver.answers.push({ status: 410 });
  await giveCase();
  await expect
    .poll(() => receiver.posts.length, { timeout: 60_000 })
    .toBeGreaterThanOrEqual(3);
  await show(page, "Given up");
  await page.reload();
  const again = page.getByRole("button", { name: /^Send again: Given to you/ });
  await expect(again).toBeVisible({ timeout: 60_000 });
  await expectAccessible(page);
  await again.press("Enter");
  await expect(page.getByText("It is sent again")).toBeVisible();
  await expect
    .poll(() => receiver.posts.length, { timeout: 60_000 })
    .toBeGreaterThanOrEqual(4);
  await expect(again).toBeHidden();
  await show(page, "Sent");
  await expect(page.getByText("Given to you, to")).toBeVisible({
    timeout: 60_000,
  });
  // Nothing of a patient has left.
  for (const { body } of receiver.posts) expect(body).not.toContain("UNREAD");
});
