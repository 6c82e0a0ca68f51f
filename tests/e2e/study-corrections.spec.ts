import { expect, type Locator, type Page, test } from "@playwright/test";
import { encodePhantomDicom, makePhantom } from "@lung-iris/phantom";
import { expectAccessible } from "./both-themes.ts";
import { caller } from "./desk-api.ts";
import { address, hasBrowser, signIn } from "./desk.ts";

test.skip(!hasBrowser(), "no Chromium on this machine");

/** Brings in a film of an invented patient; the id of its case. */
async function aFilm(seed: number, id: string, name: string): Promise<string> {
  const staff = await caller("staff@demo.lung-iris");
  const film = makePhantom({ seed: 9_800 + seed, size: 256 });
  const bytes = encodePhantomDicom(
    film,
    {
      familyName: "WHOSE",
      givenName: name,
      id,
      sex: "F",
      birthDate: "19610402",
    },
    { study: { ward: "ICU^2^Bed 4" } },
  );
  return staff.bringIn(`${id}.dcm`, bytes);
}

async function openDetails(page: Page, caseId: string): Promise<void> {
  await page.goto(`${address()}/cases/${caseId}`);
  const tab = page.getByRole("tab", { name: "Details" });
  await tab.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Films" })).toBeVisible();
}

/** Presses a button by keyboard. */
async function press(page: Page, button: Locator): Promise<void> {
  await button.focus();
  await page.keyboard.press("Enter");
}

test("staff see what changes, give a study to whose it is, and take it back, by keyboard", async ({
  page,
}) => {
  await signIn(page, "staff");
  const wrong = await aFilm(1, "WHO-1", "Ada");
  await aFilm(2, "WHO-2", "Eve");
  await openDetails(page, wrong);
  await expect(page.getByText("ICU^2^Bed 4")).toBeVisible();
  await press(page, page.getByRole("button", { name: "Correct…" }));
  const dialog = page.getByRole("dialog");
  const save = dialog.getByRole("button", { name: "Save" });
  await dialog.getByLabel("Record number").focus();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("WHO-2");
  await expect(dialog).toContainText("The study goes from WHOSE, Ada");
  await expect(dialog).toContainText("to WHOSE, Eve · WHO-2");
  await expect(save).toBeDisabled();
  await dialog.getByRole("textbox", { name: "Reason" }).focus();
  await page.keyboard.type("Wrong patient on the console");
  await expectAccessible(page);
  await press(page, save);
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("heading", { name: "WHOSE, Eve" })).toBeVisible();
  const corrections = page.getByRole("region", { name: "Corrected patient" });
  await expect(corrections).toContainText("Wrong patient on the console");

  await press(page, corrections.getByRole("button", { name: "Undo…" }));
  await expect(dialog).toContainText("The study goes from WHOSE, Eve");
  await expectAccessible(page);
  await dialog.getByRole("textbox", { name: "Why" }).focus();
  await page.keyboard.type("It was right");
  await press(page, dialog.getByRole("button", { name: "Undo it" }));
  await expect(page.getByText("The correction was undone")).toBeVisible();
  await expect(page.getByRole("heading", { name: "WHOSE, Ada" })).toBeVisible();
  await expect(corrections).toContainText("It was right");
});
