import { randomInt, randomUUID } from "node:crypto";
import { expect, test, type Locator, type Page } from "@playwright/test";
import { trainingPatient } from "@lung-iris/inference";
import { readZip } from "../testkit/zip.ts";
import { arrive, restartWorker } from "./arriving-model.ts";
import { expectAccessible } from "./both-themes.ts";
import { decidedFilms } from "./decided-films.ts";
import { caller, type Caller } from "./desk-api.ts";
import { hasBrowser, ownFolders, signIn } from "./desk.ts";
import { finishedDataset } from "./finished-dataset.ts";

const FOLDERS = ownFolders();

test.skip(!hasBrowser(), "no Chromium on this machine");
test.skip(
  FOLDERS === null,
  "a desk that was given: its worker is not this journey's to restart",
);

test("an admin withdraws a patient from learning by keyboard, and sees what was learnt before and what no longer is", async ({
  page,
}) => {
  const admin = await caller("admin@demo.lung-iris");
  const run = randomUUID().slice(0, 8);
  const [before, after] = [`Before ${run}`, `After ${run}`];
  const filter = { signedAfter: new Date().toISOString() };
  const [withdrawn] = await decidedFilms(2);
  if (withdrawn === undefined) throw new Error("no film");
  const earlier = await finishedDataset(admin, before, filter);
  expect(earlier.total).toBe(2);
  const model = `learnt-${run}`;
  await learntFrom(admin, earlier.id, model);

  await signIn(page, "admin");
  await openByPalette(page, withdrawn.mrn);
  await page.getByRole("tab", { name: "Details" }).press("Enter");
  await page
    .getByRole("button", { name: "Withdraw from learning" })
    .press("Enter");
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("From now on no export takes films");
  await say(dialog, `Asked in writing ${run}`);
  await expectAccessible(page);
  await page.keyboard.press("Enter");
  await expect(dialog).toHaveCount(0);
  await expect(
    page.getByText(`Withdrawn from learning: Asked in writing ${run}`),
  ).toBeVisible();
  await expectAccessible(page);

  // The same choice once more, after it was said.
  const later = await finishedDataset(admin, after, filter);
  expect(later.total).toBe(1);

  await page.keyboard.press("Control+k");
  await expect(page.getByPlaceholder(/command or patient/)).toBeFocused();
  await page.keyboard.type("Export");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/export/);
  const exports = page.getByRole("region", { name: "Exports" });
  const toDelete = "1 patient in it was withdrawn from learning since";
  await expect(rowOf(exports, before)).toContainText(toDelete);
  await expect(rowOf(exports, after)).toContainText("1 film");
  await expect(rowOf(exports, after)).not.toContainText("withdrawn");
  const tombstone = page
    .getByRole("region", { name: "Withdrawn from learning" })
    .getByRole("listitem")
    .filter({ hasText: `Asked in writing ${run}` });
  await expect(tombstone).toContainText(
    `In 1 export made before: ${before} · Delete its file wherever it lies`,
  );
  const learnt = tombstone.getByRole("listitem");
  await expect(learnt).toContainText(`${model} has no role: delete its file`);
  await expectAccessible(page);

  // What was said stays when it is taken back.
  await tombstone.getByRole("button", { name: /to learning$/ }).press("Enter");
  await say(dialog, `Agreed again ${run}`);
  await page.keyboard.press("Enter");
  await expect(dialog).toHaveCount(0);
  await expect(tombstone).toContainText(`Agreed again ${run}`);
  await expect(tombstone).toContainText(before);
  await expect(tombstone.getByRole("button")).toHaveCount(0);
  await expect(rowOf(exports, before)).not.toContainText(toDelete);
});

/** A model that says it learnt from everybody in a dataset. */
async function learntFrom(
  admin: Caller,
  datasetId: string,
  name: string,
): Promise<void> {
  const zip = await admin.download(`/datasets/${datasetId}/download`);
  const lines = readZip(zip).get("manifest.csv")?.toString("utf8") ?? "";
  const [head = "", ...rows] = lines
    .replace("\uFEFF", "")
    .trim()
    .split(/\r?\n/);
  const at = head.split(",").indexOf("patient_id");
  const patients = rows.map((row) => trainingPatient(row.split(",")[at] ?? ""));
  const { data, candidate } = FOLDERS ?? { data: "", candidate: "" };
  await arrive(candidate, name, 0.001 + randomInt(1_000) / 1e6, patients);
  await restartWorker(data);
  await expect
    .poll(
      async () =>
        JSON.stringify(
          await admin.ask(
            "{ modelVersions(first: 50) { edges { node { name } } } }",
          ),
        ),
      { timeout: 120_000 },
    )
    .toContain(name);
}

/** Finds a patient's case by his number, from wherever the page is. */
async function openByPalette(page: Page, mrn: string): Promise<void> {
  await page.keyboard.press("Control+k");
  await expect(page.getByPlaceholder(/command or patient/)).toBeFocused();
  await page.keyboard.type(mrn);
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /^DECIDED, / })
    .press("Enter");
  await page.waitForURL(/\/cases\//);
}

/** Types why where the dialog has put the cursor. */
async function say(dialog: Locator, why: string): Promise<void> {
  const reason = dialog.getByRole("textbox", { name: /^Reason/ });
  await expect(reason).toBeFocused();
  await reason.pressSequentially(why);
  await tabToAction(dialog);
}

/** Tabs to the button that does it, past the one that does not. */
async function tabToAction(dialog: Locator): Promise<void> {
  const page = dialog.page();
  for (let tabs = 0; tabs < 6; tabs += 1) {
    await page.keyboard.press("Tab");
    const type = await page.locator(":focus").getAttribute("type");
    if (type === "submit") return;
  }
  throw new Error("no way to the button by keyboard");
}

function rowOf(list: Locator, name: string): Locator {
  return list.getByRole("listitem").filter({ hasText: name });
}
