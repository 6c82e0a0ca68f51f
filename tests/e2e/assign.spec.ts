import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { hasBrowser, signIn } from "./desk.ts";

test.skip(!hasBrowser(), "no Chromium on this machine");

/** A look by axe at the page as it stands. */
async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations).toEqual([]);
}

test("an admin makes a pool, staff give a case to it, name a reader in a comment, and the bell says so", async ({
  page,
  browser,
}) => {
  await signIn(page, "admin", "/pools");
  const name = `Nights ${String(Date.now() % 10_000)}`;
  await page.getByRole("button", { name: "New pool…" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill(name);
  await dialog.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText(name)).toBeVisible();
  await expectAccessible(page);

  const context = await browser.newContext();
  const staff = await context.newPage();
  await signIn(staff, "staff", "/worklist?state=waiting");
  await expect(staff.getByRole("row").nth(1)).toBeVisible();
  await staff.keyboard.press("j");
  await staff.keyboard.press("a");
  const assign = staff.getByRole("dialog");
  await assign.getByLabel("Reader or pool").fill(name);
  await staff.keyboard.press("Enter");
  await assign.getByRole("button", { name: "Assign" }).click();
  await expect(staff.getByText(`Assigned to ${name}`)).toBeVisible();
  await expect(staff.getByText(`${name} (pool)`).first()).toBeVisible();

  // Comments: who is named hears of it.
  await staff
    .getByRole("row")
    .filter({ hasText: `${name} (pool)` })
    .first()
    .locator('a[href*="/cases/"]')
    .first()
    .click();
  await staff.getByRole("tab", { name: "Comments" }).click();
  await staff.getByRole("combobox", { name: "Name somebody…" }).click();
  await staff.keyboard.press("ArrowDown");
  await staff.keyboard.press("Enter");
  await expect(staff.getByText(/^Tells /)).toBeVisible();
  await staff.getByRole("button", { name: "Comment", exact: true }).click();
  await expect(staff.locator("ol li").filter({ hasText: "@" })).toBeVisible();
  await expectAccessible(staff);
  await context.close();
});
