import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { address, hasBrowser, signIn } from "./desk.ts";
import { openUnread } from "./unread-case.ts";

test.skip(!hasBrowser(), "no Chromium on this machine");

/** A look by axe at the page as it stands. */
async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations).toEqual([]);
}

/** A signature that is critical, which begins the call. */
async function signCritical(
  page: Page,
): Promise<{ url: string; name: string }> {
  const name = await openUnread(page, "radiologist");
  await page.keyboard.press("2");
  await expect(page.getByText("claimed by you")).toBeVisible();
  await page.keyboard.press("r");
  await expect(page.getByTestId("ai-result")).toBeVisible();
  await page.keyboard.press("s");
  const signing = page.getByRole("dialog");
  await expect(signing).toContainText(name);
  await page.keyboard.press("!");
  await signing.getByRole("textbox", { name: "Reason" }).fill("Large effusion");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Report signed")).toBeVisible();
  return { url: page.url(), name };
}

test("an admin writes a procedure, a signature begins one, staff do and correct its step", async ({
  page,
  browser,
}) => {
  // The admin: a new procedure, tried on the last month before it is saved.
  await signIn(page, "admin", "/procedures");
  await expect(page.getByText("Critical result call")).toBeVisible();
  await expectAccessible(page);
  await page.getByRole("button", { name: "New procedure…" }).click();
  const editor = page.getByRole("dialog");
  await editor.getByLabel("Name, English").fill("Old patients");
  await editor.getByLabel("Name, Vietnamese").fill("Người cao tuổi");
  await editor.getByLabel("It begins").selectOption("READING");
  await editor.getByLabel("What is done, English").fill("Ward is told");
  await editor.getByLabel("What is done, Vietnamese").fill("Đã báo khoa");
  await editor.getByRole("button", { name: /^Try it/ }).click();
  await expect(editor.getByText(/It would have begun for/)).toBeVisible();
  await expectAccessible(page);
  await editor.getByLabel("Why").fill("Asked for by the ward");
  await editor.getByRole("button", { name: "Save version" }).click();
  const written = page.getByRole("listitem", { name: "Old patients" });
  await expect(written).toContainText("off");

  // The reader: the signature begins the call and holds nothing up.
  const reading = await (await browser.newContext()).newPage();
  const { url, name } = await signCritical(reading);

  // Staff: the list by keyboard, then the correction on the case.
  const staff = await (await browser.newContext()).newPage();
  await signIn(staff, "staff", "/procedures");
  const row = staff.getByRole("listitem", {
    name: `${name}: The call stands in the patient record`,
  });
  // Steps of other journeys' films are due earlier and may fill the first page.
  const more = staff.getByRole("button", { name: "Show more" });
  await expect(staff.getByText(/due in/).first()).toBeVisible();
  await expect(async () => {
    if ((await row.count()) === 0)
      await more.press("Enter", { timeout: 1_000 });
    await expect(row).toHaveCount(1, { timeout: 3_000 });
  }).toPass();
  await expect(row).toContainText(/due in/);
  await row.focus();
  await staff.keyboard.press("t");
  await expect(staff.getByRole("dialog")).toContainText(
    "The call stands in the patient record",
  );
  await staff.getByRole("button", { name: "It is done" }).press("Enter");
  await expect(row).toHaveCount(0);
  await staff.goto(url);
  const panel = staff.getByRole("list", { name: "Critical result call" });
  await expect(panel).toContainText("An Tran");
  await expect(panel).toContainText("Result is told and read back");

  // The board says how far it is kept to.
  await page.goto(`${address()}/board`);
  const board = page.getByRole("region", { name: /^Steps of procedures/ });
  await expect(board).toContainText("Critical result call");
  await expectAccessible(page);
});
