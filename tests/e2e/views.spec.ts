import AxeBuilder from "@axe-core/playwright";
import { type Browser, expect, type Page, test } from "@playwright/test";
import { address, hasBrowser, signIn } from "./desk.ts";

test.skip(!hasBrowser(), "no Chromium on this machine");

const rows = (page: Page) => page.locator("[data-row-link]");

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations).toEqual([]);
}

/** Opens the menu of saved views and takes one of its lines, by keyboard. */
async function choose(page: Page, line: string): Promise<void> {
  await page.getByRole("button", { name: /^Saved views/ }).focus();
  await page.keyboard.press("Enter");
  const item = page.getByRole("menuitem", { name: line });
  await expect(item).toBeVisible();
  // An opening menu moves the focus itself, and later on a busy machine.
  await expect(async () => {
    if (await item.isVisible()) await item.press("Enter");
    await expect(item).toBeHidden({ timeout: 2_000 });
  }).toPass();
}

async function save(page: Page, name: string): Promise<void> {
  await choose(page, "Save as a new view");
  await page.getByRole("textbox", { name: "Name" }).fill(name);
  await page.keyboard.press("Enter");
  await expect(page.getByText(`“${name}” is saved`)).toBeVisible();
}

async function asReader(browser: Browser): Promise<Page> {
  const page = await (await browser.newContext()).newPage();
  await signIn(page, "radiologist", "/worklist?view=all");
  await expect(rows(page).first()).toBeVisible();
  return page;
}

test("staff set the list out by keyboard, keep it and open with it", async ({
  page,
}) => {
  await signIn(page, "staff", "/worklist?view=everything");
  await expect(rows(page).first()).toBeVisible();

  await page.getByRole("button", { name: "Columns and rows" }).focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Columns and rows" });
  await expectAccessible(page);
  const record = dialog.getByRole("checkbox", { name: "Record" });
  await record.focus();
  await page.keyboard.press("Space");
  await expect(record).toBeChecked();
  await page.keyboard.press("Alt+ArrowUp");
  await expect(record).toBeFocused();
  await dialog.getByText("One line").click();
  await page.keyboard.press("Escape");
  await expect(page).toHaveURL(
    /rows=compact.*columns=urgency%2Cpatient%2Cmrn|columns=urgency%2Cpatient%2Cmrn.*rows=compact/,
  );
  await expect(dialog).toBeHidden();
  await page.getByRole("button", { name: "Sex, age", exact: true }).click();
  await expect(
    page.getByRole("columnheader", { name: "Sex, age" }),
  ).toHaveAttribute("aria-sort", "descending");

  await save(page, "By age");
  await expect(page).toHaveURL(/saved=/);
  await choose(page, "Manage views");
  const manage = page.getByRole("dialog", { name: "Saved views" });
  await expectAccessible(page);
  await manage
    .getByRole("button", { name: "Open the worklist with “By age”" })
    .click();
  await expect(
    page.getByText("The worklist opens with “By age”"),
  ).toBeVisible();
  await page.keyboard.press("Escape");

  await page.goto(`${address()}/worklist`);
  await expect(page).toHaveURL(/sort=age_oldest/);
  await expect(
    page.getByRole("columnheader", { name: "Record" }),
  ).toBeVisible();

  // Removed and brought back, still the first that opens.
  await choose(page, "Manage views");
  await page.getByRole("button", { name: "Delete “By age”" }).click();
  await expect(page.getByText("“By age” is deleted")).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).last().click();
  await expect(page.getByText("“By age” is as it was")).toBeVisible();
  await page.goto(`${address()}/worklist`);
  await expect(page).toHaveURL(/sort=age_oldest/);
  await page.goto(`${address()}/worklist?view=all`);
  await choose(page, "Manage views");
  await page
    .getByRole("button", { name: "No longer open the worklist with “By age”" })
    .click();
  await expect(
    page.getByText("The worklist opens with all open cases"),
  ).toBeVisible();
});

test("a view is shared, and one of the AI is closed to a blind reader", async ({
  page,
  browser,
}) => {
  await signIn(page, "staff", "/worklist?view=all&rows=compact");
  await expect(rows(page).first()).toBeVisible();
  await save(page, "Short rows");
  await page.goto(`${address()}/worklist?view=all&finding=ai-positive`);
  await expect(rows(page).first()).toBeVisible();
  await save(page, "AI says so");
  await choose(page, "Manage views");
  for (const name of ["Short rows", "AI says so"]) {
    await page.getByRole("button", { name: `Share “${name}”` }).click();
    await expect(page.getByText(`“${name}” is shared`)).toBeVisible();
  }

  const reader = await asReader(browser);
  await reader.getByRole("button", { name: "Saved views" }).click();
  await expect(
    reader.getByRole("menuitem", { name: /AI says so/ }),
  ).toBeDisabled();
  await expectAccessible(reader);
  await reader.getByRole("menuitem", { name: "Short rows" }).click();
  await expect(reader).toHaveURL(/rows=compact/);
  // The same by hand: the filter is dropped, and the AI's order with it.
  await reader.goto(
    `${address()}/worklist?view=all&finding=ai-positive&sort=probability`,
  );
  await expect(rows(reader).first()).toBeVisible();
  await expect(
    reader.getByRole("columnheader", { name: "AI: pneumonia" }),
  ).toHaveCount(0);
  await reader.context().close();
});
