import { expect, type Locator, type Page, test } from "@playwright/test";
import { encodePhantomDicom, makePhantom } from "@lung-iris/phantom";
import { expectAccessible } from "./both-themes.ts";
import { caller } from "./desk-api.ts";
import { address, hasBrowser, signIn } from "./desk.ts";

test.skip(!hasBrowser(), "no Chromium on this machine");

/** Brings in a film of an invented patient; the id of its case. */
async function aFilm(seed: number, id: string): Promise<string> {
  const staff = await caller("staff@demo.lung-iris");
  const film = makePhantom({ seed: 9_700 + seed, size: 256 });
  const bytes = encodePhantomDicom(film, {
    familyName: "CORRECT",
    givenName: id,
    id,
    sex: "F",
    birthDate: "19610402",
  });
  return staff.bringIn(`${id}.dcm`, bytes);
}

async function openDetails(page: Page, caseId: string): Promise<void> {
  await page.goto(`${address()}/cases/${caseId}`);
  const tab = page.getByRole("tab", { name: "Details" });
  await tab.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Films" })).toBeVisible();
}

/** Opens what a button opens, by keyboard. */
async function press(page: Page, button: Locator): Promise<void> {
  await button.focus();
  await page.keyboard.press("Enter");
}

/** From the last field of a dialog to its button, past "Cancel". */
async function submit(page: Page): Promise<void> {
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
}

async function giveReason(page: Page, reason: string): Promise<void> {
  await page.getByRole("dialog").getByRole("textbox", { name: "Why" }).focus();
  await page.keyboard.type(reason);
}

/** Takes the newest correction back. */
async function undo(page: Page, reason: string): Promise<void> {
  await press(page, page.getByRole("button", { name: "Undo…" }));
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByText("What changes")).toBeVisible();
  await expectAccessible(page);
  await giveReason(page, reason);
  await submit(page);
  await expect(page.getByText("The correction was undone")).toBeVisible();
  await expect(dialog).toBeHidden();
}

test("staff lay a film right that was stored mirrored, by keyboard, and back", async ({
  page,
}) => {
  await signIn(page, "staff");
  const id = await aFilm(1, "COR-1");
  await openDetails(page, id);
  const start = page.getByRole("button", { name: /^Correct side or view of/ });
  await press(page, start);
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("Turn or mirror the film");
  const mirror = dialog.getByRole("button", { name: "Mirror left and right" });
  await press(page, mirror);
  await expect(dialog.getByText("What changes")).toBeVisible();
  await expect(dialog).toContainText("The AI is asked again");
  const views = dialog.getByRole("radiogroup", { name: "View" });
  await views.getByRole("radio", { name: "AP" }).focus();
  await page.keyboard.press("Space");
  await expectAccessible(page);
  await giveReason(page, "The side marker says so");
  await submit(page);
  await expect(page.getByText("The film was corrected")).toBeVisible();
  // The viewer has laid it anew, and says that its file is otherwise.
  await expect(page.getByText("corrected: mirrored")).toBeVisible();
  const corrections = page.getByRole("region", { name: "Corrected films" });
  await expect(corrections).toContainText("to AP, mirrored");
  await expect(corrections).toContainText("The side marker says so");

  await undo(page, "It was right");
  await expect(page.getByText("corrected: mirrored")).toBeHidden();
  await expect(corrections).toContainText("It was right");
});

test("staff move a film to the study of whom it is of, and back, by keyboard", async ({
  page,
}) => {
  await signIn(page, "staff");
  const from = await aFilm(2, "COR-2");
  await aFilm(3, "COR-3");
  await openDetails(page, from);
  await press(page, page.getByRole("button", { name: /^Move .* to another/ }));
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: "Whose film is it?" }).focus();
  await page.keyboard.type("COR-3");
  await page.keyboard.press("Enter");
  const places = dialog.getByRole("radio");
  await expect(places).toHaveCount(2);
  await places.first().focus();
  await page.keyboard.press("Space");
  await expect(dialog).toContainText("its case leaves the worklist");
  await expectAccessible(page);
  await giveReason(page, "Wrong patient on the console");
  await submit(page);
  await expect(page.getByText("The film was moved")).toBeVisible();
  const corrections = page.getByRole("region", { name: "Corrected films" });
  await expect(corrections).toContainText("was moved to a study of");
  await expect(corrections).toContainText("COR-3");

  await undo(page, "It was right");
  await expect(
    page.getByRole("button", { name: /^Move .* to another/ }),
  ).toBeVisible();
});

test("staff take a film out of sight, and bring it back, by keyboard", async ({
  page,
}) => {
  await signIn(page, "staff");
  const id = await aFilm(4, "COR-4");
  await openDetails(page, id);
  const remove = page.getByRole("button", { name: /^Remove .* from sight/ });
  await press(page, remove);
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("its case leaves the worklist");
  await expectAccessible(page);
  await giveReason(page, "A test exposure");
  await submit(page);
  await expect(page.getByText("The film was removed from sight")).toBeVisible();
  await expect(remove).toBeHidden();
  await undo(page, "It is hers");
  await expect(remove).toBeVisible();
});
