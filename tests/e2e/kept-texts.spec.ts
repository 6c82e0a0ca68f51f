import { randomInt } from "node:crypto";
import { expect, type Locator, type Page, test } from "@playwright/test";
import { encodePhantomPng, makePhantom } from "@lung-iris/phantom";
import { address, hasBrowser, PASSWORD, signInAs } from "./desk.ts";
import { openUnread } from "./unread-case.ts";

test.skip(!hasBrowser(), "no Chromium on this machine");

/** Its own session: this journey ends it. */
const READER = "radiologist2@demo.lung-iris";

/** Types, and waits until the server has it: a moment later. */
async function type(page: Page, name: string, text: string): Promise<void> {
  const kept = page.waitForResponse((response) => {
    const sent = response.request().postData() ?? "";
    return sent.includes("KeepText") && sent.includes(text);
  });
  await field(page, name).fill(text);
  await kept;
}

const field = (page: Page, name: string) =>
  page.getByRole("textbox", { name, exact: true });

const amendment = (page: Page) =>
  page.getByText("An amendment of yours is not signed yet");

const comment = (page: Page) =>
  page.locator("ol li").filter({ hasText: "Bed four, by the window" });

async function openTab(page: Page, name: string): Promise<void> {
  await page.getByRole("tab", { name, exact: true }).click();
}

async function openCaseAt(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await expect(page.locator("[data-painted]").first()).toBeVisible();
}

/** What was typed is where it was left, on this page. */
async function expectTyped(page: Page, reason: string): Promise<void> {
  await openTab(page, "Comments");
  await expect(field(page, "Comment")).toHaveValue("Bed four, by the window");
  await openTab(page, "Read");
  await expect(amendment(page)).toBeVisible();
  await page.getByRole("button", { name: "Go on with the amendment" }).click();
  await expect(field(page, "Comment")).toHaveValue("Half a thought");
  await page.getByRole("button", { name: "Sign amendment…" }).click();
  const why = page.getByRole("textbox", { name: /Why is the report amended/ });
  await expect(why).toHaveValue(reason);
  await why.press("Escape");
  await expect(why).toBeHidden();
}

test("an amendment and a comment survive a reload, a sign-out and another desk, and go once they are sent", async ({
  page,
  browser,
}) => {
  await signInAs(page, READER, PASSWORD);
  await openUnread(page);
  const url = page.url();
  await page.keyboard.press("2");
  await expect(page.getByText("claimed by you")).toBeVisible();
  await page.keyboard.press("r");
  await expect(page.getByTestId("ai-result")).toContainText("Pneumonia");
  await page.keyboard.press("s");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Signed reading, version 1")).toBeVisible();

  await openTab(page, "Comments");
  await type(page, "Comment", "Bed four, by the window");
  await expect(page.getByText(/^Kept, /)).toBeVisible();
  await openTab(page, "Read");
  await page.getByRole("button", { name: "Amend…" }).click();
  await type(page, "Comment", "Half a thought");
  await page.getByRole("button", { name: "Sign amendment…" }).click();
  const why = page.getByRole("textbox", { name: /Why is the report amended/ });
  // Typed and gone in the same moment, it is on the server all the same.
  await why.fill("Prior came late");
  await page.reload();
  await expect(page.locator("[data-painted]").first()).toBeVisible();
  await expectTyped(page, "Prior came late");

  await page.getByRole("button", { name: "Dr Sofia Marin" }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await page.waitForURL(/sign-in/);
  await signInAs(page, READER, PASSWORD);
  await openCaseAt(page, url);
  await expectTyped(page, "Prior came late");

  const other = await (await browser.newContext()).newPage();
  await signInAs(other, READER, PASSWORD);
  await openCaseAt(other, url);
  await expectTyped(other, "Prior came late");
  // The other desk goes on; whoever comes back to this one has the newest.
  await type(other, "Comment", "A whole thought");
  await expect(async () => {
    await page.evaluate(`window.dispatchEvent(new Event("focus"))`);
    await expect(field(page, "Comment")).toHaveValue("A whole thought", {
      timeout: 3_000,
    });
  }).toPass({ timeout: 30_000 });
  await other.context().close();

  await page.getByRole("button", { name: "Sign amendment…" }).click();
  await page
    .getByRole("dialog")
    .getByRole("button", { name: "Sign amendment" })
    .click();
  await expect(page.getByText("Signed reading, version 2")).toBeVisible();
  await openTab(page, "Comments");
  await page.getByRole("button", { name: "Comment", exact: true }).click();
  await expect(comment(page)).toBeVisible();
  await expect(field(page, "Comment")).toHaveValue("");

  await openCaseAt(page, url);
  await expect(page.getByText("Signed reading, version 2")).toBeVisible();
  await expect(amendment(page)).toHaveCount(0);
  await openTab(page, "Comments");
  await expect(comment(page)).toBeVisible();
  await expect(field(page, "Comment")).toHaveValue("");
});

test("words that the server could not take say so, and are sent when the line is back", async ({
  page,
  context,
}) => {
  await signInAs(page, READER, PASSWORD);
  await openUnread(page);
  await openTab(page, "Comments");
  await context.setOffline(true);
  await field(page, "Comment").fill("Seen him on the ward");
  await expect(
    page.getByText("This could not be kept on the server."),
  ).toBeVisible();
  await context.setOffline(false);
  await expect(page.getByText(/^Kept, /)).toBeVisible({ timeout: 20_000 });
  await page.reload();
  await openTab(page, "Comments");
  await expect(field(page, "Comment")).toHaveValue("Seen him on the ward");
  await page.getByRole("button", { name: "Discard" }).click();
  await expect(field(page, "Comment")).toHaveValue("");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(field(page, "Comment")).toHaveValue("Seen him on the ward");
});

/** Types what is kept beside the cases, and waits until the server has it. */
async function typeBeside(
  page: Page,
  words: Locator,
  text: string,
): Promise<void> {
  const kept = page.waitForResponse((response) => {
    const sent = response.request().postData() ?? "";
    return sent.includes("KeepReason") && sent.includes(text);
  });
  await words.fill(text);
  await kept;
}

/** Chooses a picture on the page of uploads, which waits for its patient. */
async function choosePicture(page: Page, name: string, picture: Uint8Array) {
  await page
    .locator('input[type="file"]')
    .first()
    .setInputFiles({
      name,
      mimeType: "image/png",
      buffer: Buffer.from(picture),
    });
  const held = page.getByRole("region", { name: /waits? for (its|their)/ });
  await expect(held).toBeVisible();
  return held;
}

test("the notes on a picture and a pasted table are there at another desk, until the picture is sent", async ({
  page,
  browser,
}) => {
  const STAFF = "staff@demo.lung-iris";
  const note = { name: "Clinical note", exact: true };
  const [picture, next] = await Promise.all(
    [0, 1].map((more) =>
      encodePhantomPng(
        makePhantom({ seed: randomInt(1_000_000) + more, size: 256 }),
        { bits: 8 },
      ),
    ),
  );
  if (!picture || !next) throw new Error("two pictures were drawn");
  await signInAs(page, STAFF, PASSWORD);
  await page.goto(`${address()}/upload`);
  const held = await choosePicture(page, "first.png", picture);
  await typeBeside(page, held.getByRole("textbox", note), "From ward four");
  await page
    .getByRole("button", { name: "All details of first.png" })
    .press("Enter");
  const details = page.getByRole("dialog");
  await typeBeside(page, details.getByRole("textbox", note), "Fell yesterday");
  await page.keyboard.press("Escape");
  await expect(details).toBeHidden();
  await held.getByRole("button", { name: "Paste a table" }).press("Enter");
  const table = { name: "Table", exact: true };
  await typeBeside(
    page,
    page.getByRole("dialog").getByRole("textbox", table),
    "file;mrn",
  );

  const other = await (await browser.newContext()).newPage();
  await signInAs(other, STAFF, PASSWORD);
  await other.goto(`${address()}/upload`);
  // A picture is known by what it shows, not by its name.
  const there = await choosePicture(other, "renamed.png", picture);
  await expect(other.getByText("Clinical note: Fell yesterday")).toBeVisible();
  await expect(there.getByRole("textbox", note)).toHaveValue("From ward four");
  await there.getByRole("button", { name: "Paste a table" }).press("Enter");
  await expect(
    other.getByRole("dialog").getByRole("textbox", table),
  ).toHaveValue("file;mrn");
  await other.keyboard.press("Escape");
  await expect(other.getByRole("dialog")).toBeHidden();

  await there.getByRole("button", { name: "Send 1 film" }).press("Enter");
  await expect(
    other.getByRole("status").filter({ hasText: "1 on the worklist" }),
  ).toBeVisible({ timeout: 60_000 });
  // The next one is another patient's.
  const after = await choosePicture(other, "next.png", next);
  await expect(after.getByRole("textbox", note)).toHaveValue("");
  await after.getByRole("button", { name: "Paste a table" }).press("Enter");
  await expect(
    other.getByRole("dialog").getByRole("textbox", table),
  ).toHaveValue("");
  await other.context().close();
});
