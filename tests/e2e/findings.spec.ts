import { expect, type Page, test } from "@playwright/test";
import { address, hasBrowser, signIn } from "./desk.ts";

test.skip(!hasBrowser(), "no Chromium on this machine");

/** Keys pressed so far, counted where they are pressed. */
function counted(page: Page) {
  let count = 0;
  return {
    press: async (key: string) => {
      count += 1;
      await page.keyboard.press(key);
    },
    count: () => count,
  };
}

const film = (page: Page) => page.locator("[data-painted]").first();

/** A waiting case that the worklist's query finds, looked up by staff. */
async function caseOf(page: Page, query: string): Promise<string> {
  const context = await page.context().browser()?.newContext();
  if (!context) throw new Error("the browser is gone");
  const staff = await context.newPage();
  await signIn(staff, "staff");
  await staff.goto(`${address()}/worklist?${query}&state=waiting`);
  const row = staff.locator("[data-case]").last();
  await expect(row).toBeVisible();
  const id = await row.getAttribute("data-case");
  await context.close();
  if (id === null) throw new Error("no case is left to read");
  return id;
}

test("a normal film is read and signed in five keys", async ({ page }) => {
  await signIn(page, "radiologist");
  const id = await caseOf(page, "finding=ai-negative&assignee=none");
  await page.goto(`${address()}/worklist?state=waiting&assignee=none`);
  const link = page.locator(`[data-case="${id}"] [data-row-link]`);
  await link.focus();
  const keys = counted(page);
  await keys.press("Enter");
  await expect(film(page)).toBeVisible();
  await keys.press("1");
  await keys.press("r");
  await keys.press("s");
  await expect(page.getByRole("dialog")).toContainText("Confirms the AI");
  await keys.press("Enter");
  await expect(page.getByText("Signed reading, version 1")).toBeVisible();
  expect(keys.count()).toBeLessThanOrEqual(5);
});

test("findings are typed ahead, placed by letters and signed", async ({
  page,
}) => {
  await signIn(page, "radiologist2");
  await page.goto(
    `${address()}/cases/${await caseOf(page, "view=not-assessed")}`,
  );
  await expect(film(page)).toBeVisible();
  await page.keyboard.press("a");
  const field = page.getByLabel("Add a finding");
  await expect(field).toBeFocused();
  await page.keyboard.type("eff");
  await page.keyboard.press("Enter");
  const effusion = page.getByRole("listitem", { name: /Pleural effusion/ });
  await expect(effusion).toBeFocused();
  // Letters of the room mean something else here: `r` is no reveal.
  await page.keyboard.press("r");
  await expect(effusion).toHaveAccessibleName("Pleural effusion: right");
  await expect(page.getByRole("radio", { name: /Other/ })).toBeChecked();
  await page.keyboard.press("Enter");
  await page.keyboard.type("consol");
  await page.keyboard.press("Enter");
  const dense = page.getByRole("listitem", { name: /Consolidation/ });
  await expect(dense).toBeFocused();
  for (const key of ["q", "d"]) await page.keyboard.press(key);
  await expect(dense).toHaveAccessibleName(
    "Consolidation: uncertain, lower zone",
  );
  await page.keyboard.press("Enter");
  await page.keyboard.type("edem");
  await page.keyboard.press("Enter");
  const oedema = page.getByRole("listitem", { name: /oedema/ });
  await expect(oedema).toBeFocused();
  await page.keyboard.press("Delete");
  await expect(oedema).toHaveCount(0);
  await expect(field).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(page.getByText(/Draft kept/)).toBeVisible();
  await page.reload();
  await expect(effusion).toBeVisible();
  // Normal denies what is named, and says so instead of taking it away.
  await page.keyboard.press("1");
  await expect(page.getByText("the findings contradict")).toBeVisible();
  await page.keyboard.press("3");
  await page.keyboard.press("s");
  await expect(page.getByRole("dialog")).toContainText("lower zone");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Signed reading, version 1")).toBeVisible();
  await expect(page.getByText("Pleural effusion: right")).toBeVisible();
});

test("a film that says nothing goes back to its senders for another one", async ({
  page,
  browser,
}) => {
  await signIn(page, "radiologist");
  const id = await caseOf(page, "view=not-assessed");
  await page.goto(`${address()}/cases/${id}`);
  await expect(film(page)).toBeVisible();
  await page.keyboard.press("4");
  const reason = page.getByRole("combobox", { name: /answer nothing/ });
  await expect(reason).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await page.getByRole("option", { name: "Positioned wrong" }).click();
  await page.getByLabel("Ask for another film").check();
  await page.getByRole("button", { name: "Sign report" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("Not diagnostic");
  await expect(dialog).toContainText("Positioned wrong");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Another film is asked for")).toBeVisible();

  const staff = await browser.newPage();
  await signIn(staff, "staff");
  await staff.goto(`${address()}/worklist?view=retakes`);
  const row = staff.locator(`[data-case="${id}"]`);
  await expect(row).toContainText("retake asked: Positioned wrong");
  await row.locator('a[href*="/cases/"]').first().click();
  await staff.getByRole("button", { name: "No film will come…" }).click();
  await staff.getByRole("combobox", { name: /Why will no film/ }).click();
  await staff.getByRole("option", { name: /The patient left/ }).click();
  await staff.getByRole("button", { name: "End the wait" }).click();
  await expect(staff.getByText("Another film was asked for")).toBeVisible();
  await staff.close();
});
