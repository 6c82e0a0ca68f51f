import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { encodePhantomDicom, makePhantom } from "@lung-iris/phantom";
import { address, hasBrowser, signIn } from "./desk.ts";

test.skip(!hasBrowser(), "no Chromium on this machine");

/** A film of one woman under a number of hers, another for each seed. */
function film(seed: number, id: string, givenName: string) {
  const bytes = encodePhantomDicom(
    makePhantom({ seed: 9_500 + seed, size: 256 }),
    { familyName: "MERGE", givenName, id, sex: "F", birthDate: "19610402" },
    { study: { date: `202502${String(10 + seed)}` } },
  );
  return {
    name: `${id}-${String(seed)}.dcm`,
    mimeType: "application/dicom",
    buffer: Buffer.from(bytes),
  };
}

/** @param before how many the page shows of former uploads */
async function bringIn(
  page: Page,
  films: readonly ReturnType<typeof film>[],
  before = 0,
): Promise<void> {
  await page.goto(`${address()}/upload`);
  await page
    .locator('input[type="file"]')
    .first()
    .setInputFiles([...films]);
  await expect(
    page.getByRole("status").filter({ hasText: /films?: / }),
  ).toContainText(`${String(before + films.length)} on the worklist`, {
    timeout: 60_000,
  });
}

/** The row of the pair in the list, by the name that both have. */
function pairOf(page: Page, given: string) {
  return page.getByRole("listitem").filter({ hasText: given }).first();
}

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations).toEqual([]);
}

test("staff merge two records by keyboard, see what changes, and part them again with a film that came since", async ({
  page,
}) => {
  await signIn(page, "staff");
  await bringIn(page, [film(1, "M-1", "Anna"), film(2, "M-2", "Anna")]);
  await page.goto(`${address()}/patients/duplicates`);
  const pair = pairOf(page, "M-1");
  await expect(pair).toContainText("M-2");
  await expect(pair).toContainText("same name and birth date");
  await expectAccessible(page);
  await pair.focus();
  await page.keyboard.press("m");
  const merging = page.getByRole("dialog");
  await expect(merging).toContainText("1 study with 1 film go over");
  await expectAccessible(page);
  await merging.getByRole("radio", { name: /M-1/ }).check();
  await merging.getByRole("textbox", { name: "Reason" }).fill("Two cards");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Records merged")).toBeVisible();

  // A film under the other number comes to the record that counts.
  await bringIn(page, [film(3, "M-2", "Anna")], 2);
  await page.goto(`${address()}/patients/duplicates`);
  await page.getByText("Merges", { exact: true }).click();
  const merged = pairOf(page, "Two cards");
  await merged.getByRole("button", { name: "Undo…" }).click();
  const undoing = page.getByRole("dialog");
  await expect(undoing).toContainText("1 study goes back");
  await undoing.getByRole("textbox", { name: "Reason" }).fill("Two women");
  const undo = undoing.getByRole("button", { name: "Undo", exact: true });
  await expect(undo).toBeDisabled();
  await undoing.getByRole("radio", { name: /M-2/ }).check();
  await expectAccessible(page);
  await undo.click();
  await expect(page.getByText("Merge undone")).toBeVisible();
  await expect(pairOf(page, "Two cards")).toContainText("Two women");
});

test("two people are said to be two once", async ({ page }) => {
  await signIn(page, "staff");
  await bringIn(page, [film(4, "T-1", "Twin"), film(5, "T-2", "Twin")]);
  await page.goto(`${address()}/patients/duplicates`);
  await pairOf(page, "T-1").focus();
  await page.keyboard.press("t");
  const denying = page.getByRole("dialog");
  await denying.getByRole("textbox", { name: "Reason" }).fill("Both are here");
  await denying.getByRole("button", { name: "These are two people" }).click();
  await expect(page.getByText("Kept: two people")).toBeVisible();
  await expect(page.getByText("T-1")).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.getByText("T-1")).toHaveCount(0);
  await page.getByText("Two people", { exact: true }).click();
  await expect(pairOf(page, "T-1")).toContainText("Both are here");
});
