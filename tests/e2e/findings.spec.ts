import { expect, type Locator, type Page, test } from "@playwright/test";
import { hasBrowser, signIn } from "./desk.ts";
import { lastWaiting, waitingCases } from "./waiting-case.ts";

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

const UNGIVEN_NEGATIVE = { aiPositive: false, unassigned: true };
const NOT_ASSESSED = { assessments: ["NOT_ASSESSED"] };

/** Opens the list and finds on it a case that the AI calls negative; its row. */
async function negativeRow(page: Page): Promise<Locator> {
  const wanted = new Set(await waitingCases(UNGIVEN_NEGATIVE));
  await signIn(page, "radiologist", "/worklist?state=waiting&assignee=none");
  const rows = page.locator("[data-case]");
  await expect(rows.first()).toBeVisible();
  const shown = await Promise.all(
    (await rows.all()).map((row) => row.getAttribute("data-case")),
  );
  const id = shown.findLast((one) => one !== null && wanted.has(one));
  if (id === undefined) throw new Error("the list shows no negative case");
  return page.locator(`[data-case="${String(id)}"] [data-row-link]`);
}

const film = (page: Page) => page.locator("[data-painted]").first();

test("a normal film is read and signed in five keys", async ({ page }) => {
  const link = await negativeRow(page);
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

test("an override with a region takes fourteen keys at most", async ({
  page,
}) => {
  await (await negativeRow(page)).focus();
  const keys = counted(page);
  await keys.press("Enter");
  await expect(film(page)).toBeFocused();
  // At once, before the server can have answered the claim.
  await keys.press("2");
  await keys.press("d");
  await expect(page.getByText("claimed by you")).toBeVisible();
  // From the middle of the film to its lower right.
  await keys.press("Enter");
  await keys.press("Shift+ArrowRight");
  await keys.press("Shift+ArrowDown");
  await keys.press("Enter");
  await expect(
    page.getByRole("combobox", { name: "Region 1 shows" }),
  ).toBeVisible();
  await keys.press("r");
  await expect(page.getByTestId("ai-result")).toBeVisible();
  await keys.press("o");
  const reason = page.getByRole("combobox", { name: "Reason" });
  await expect(reason).toBeFocused();
  await keys.press("ArrowDown");
  await expect(page.getByRole("listbox")).toBeVisible();
  await keys.press("ArrowDown");
  await keys.press("Enter");
  await expect(reason).not.toHaveValue("");
  await keys.press("s");
  await expect(page.getByRole("dialog")).toContainText("Overrides the AI");
  await keys.press("Enter");
  await expect(page.getByText("Signed reading, version 1")).toBeVisible();
  await expect(
    page.locator('svg[data-by="reader"] [data-kind="BOX"]'),
  ).toHaveCount(1);
  expect(keys.count()).toBeLessThanOrEqual(14);
});

test("findings are typed ahead, placed by letters and signed", async ({
  page,
}) => {
  const id = await lastWaiting(NOT_ASSESSED);
  await signIn(page, "radiologist2", `/cases/${id}`);
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
  const id = await lastWaiting(NOT_ASSESSED);
  await signIn(page, "radiologist", `/cases/${id}`);
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
  await signIn(staff, "staff", "/worklist?view=retakes");
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
