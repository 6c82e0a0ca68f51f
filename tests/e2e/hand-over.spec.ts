import { expect, type Page, test } from "@playwright/test";
import { aNewReader } from "./desk-api.ts";
import { address, hasBrowser, signInAs } from "./desk.ts";
import { openUnread } from "./unread-case.ts";

test.skip(!hasBrowser(), "no Chromium on this machine");

/** Readers of their own: nothing else is in hand, and nobody else is given it. */
const LEAVING = {
  email: "leaving@demo.lung-iris",
  name: "Dr Lan Dang",
  password: "amber kettle 7 north",
};
const COMING = {
  email: "coming@demo.lung-iris",
  name: "Dr Khoa Bui",
  password: "violet ladder 3 south",
};
const WORDS = "Ask the ward for the prior";

/** The end of a shift, from the menu on, with drafts, without a mouse. */
async function handOverWithDrafts(page: Page): Promise<void> {
  await page.getByRole("button", { name: LEAVING.name }).press("Enter");
  await page
    .getByRole("menuitem", { name: /^Hand over my cases/ })
    .press("Enter");
  const dialog = page.getByRole("dialog", { name: "Hand over my cases" });
  const along = dialog.getByRole("checkbox", { name: "My drafts go along" });
  await expect(along).toHaveCount(0);
  await dialog.getByLabel("To whom").fill(COMING.name);
  // The names may come after the first letters.
  await expect(page.getByRole("option", { name: COMING.name })).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(along).not.toBeChecked();
  await along.press("Space");
  await expect(along).toBeChecked();
  await dialog
    .getByRole("button", { name: "Hand over one case" })
    .press("Enter");
  await expect(page.getByText("One case handed over")).toBeVisible();
}

test("drafts go along at the end of a shift, and one that is left stays left", async ({
  page,
  browser,
}) => {
  await aNewReader(LEAVING.email, LEAVING.name, LEAVING.password);
  await aNewReader(COMING.email, COMING.name, COMING.password);
  await signInAs(page, LEAVING.email, LEAVING.password);
  await openUnread(page);
  const { pathname } = new URL(page.url());
  await page.keyboard.press("3");
  await expect(page.getByText("claimed by you")).toBeVisible();
  const kept = page.waitForResponse((response) => {
    const sent = response.request().postData() ?? "";
    return sent.includes("SaveReadingDraft") && sent.includes(WORDS);
  });
  await page.getByRole("textbox", { name: "Comment", exact: true }).fill(WORDS);
  await kept;
  await handOverWithDrafts(page);
  await expect(
    page.getByText(`You gave your draft to ${COMING.name}`),
  ).toBeVisible();

  const other = await (await browser.newContext()).newPage();
  await signInAs(other, COMING.email, COMING.password);
  await other.goto(address() + pathname);
  await expect(other.locator("[data-painted]").first()).toBeVisible();
  const offer = other
    .getByRole("status")
    .filter({ hasText: `A draft of ${LEAVING.name}` });
  await other.keyboard.press("1");
  await expect(other.getByText("claimed by you")).toBeVisible();
  await expect(offer).toHaveCount(0);
  await other.keyboard.press("r");
  await expect(other.getByTestId("ai-result")).toBeVisible();
  await offer.getByRole("button", { name: "Look" }).press("Enter");
  const draft = other.getByRole("dialog", {
    name: `A draft of ${LEAVING.name}`,
  });
  await expect(draft).toContainText(WORDS);
  await other.keyboard.press("Escape");
  await expect(draft).toBeHidden();

  await offer.getByRole("button", { name: "Leave it" }).press("Enter");
  await expect(offer).toHaveCount(0);
  await other.reload();
  await expect(other.locator("[data-painted]").first()).toBeVisible();
  await expect(other.getByTestId("ai-result")).toBeVisible();
  await expect(offer).toHaveCount(0);

  // Its author sees what became of it, and has it back.
  await page.reload();
  await expect(page.getByText("who goes on without it")).toBeVisible();
  const takeBack = page.getByRole("button", { name: "Take my draft back" });
  await takeBack.press("Enter");
  await expect(takeBack).toHaveCount(0);

  await other.getByRole("button", { name: /^Release/ }).press("Enter");
  await expect(other.getByText(/was given back/)).toBeVisible();
  await other.context().close();
});
