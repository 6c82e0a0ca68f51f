import { expect, type Page } from "@playwright/test";
import { z } from "zod";
import { caller } from "./desk-api.ts";
import { address } from "./desk.ts";
import type { HospitalFilm } from "./simulated-hospital.ts";

/** A recalibration at the lowest priority, on a machine that is busy. */
export const TRAINED_MS = 1_800_000;
/** A fine-tuning as shipped is 1,800 steps, each a second of a processor or more. */
export const TUNED_MS = 7_200_000;
const ARRIVED_MS = 120_000;

/** Drops films on the page; their cases, in the same order. */
export async function uploadOnPage(
  page: Page,
  films: readonly HospitalFilm[],
): Promise<string[]> {
  await page
    .locator('input[type="file"]')
    .first()
    .setInputFiles(
      films.map(({ name, bytes }) => ({
        name: `${name}.dcm`,
        mimeType: "application/dicom",
        buffer: Buffer.from(bytes),
      })),
    );
  await expect(
    page.getByRole("status").filter({ hasText: /films?: / }),
  ).toContainText(`${String(films.length)} on the worklist`, {
    timeout: ARRIVED_MS,
  });
  const ids: string[] = [];
  for (const { name } of films) {
    const row = page.getByRole("row").filter({ hasText: `${name}.dcm` });
    const href = await row
      .locator('a[href*="/cases/"]')
      .first()
      .getAttribute("href");
    ids.push(/\/cases\/([0-9a-f-]+)/u.exec(href ?? "")?.[1] ?? "");
  }
  return ids;
}

/** A reader says what the script says, looks at the AI, and keeps to it. */
export async function readOnPage(
  page: Page,
  id: string,
  label: HospitalFilm["label"],
): Promise<void> {
  const isPositive = await saysPneumonia(id);
  const isSick = label === "PNEUMONIA";
  await page.goto(`${address()}/cases/${id}`);
  await expect(page.locator("[data-painted]").first()).toBeVisible();
  await page.keyboard.press(isSick ? "2" : "1");
  await expect(page.getByText("claimed by you")).toBeVisible();
  await page.keyboard.press("r");
  await expect(page.getByTestId("ai-result")).toBeVisible();
  if (isPositive !== isSick) {
    await page.keyboard.press("o");
    await page.getByRole("combobox", { name: "Reason" }).click();
    const reason = isSick ? /^Missed/u : /^False alarm/u;
    await page.getByRole("option", { name: reason }).click();
    await page.keyboard.press("Escape");
  }
  await page.getByRole("button", { name: "Sign report" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Sign" }).click();
  await expect(page.getByText("Report signed")).toBeVisible();
}

const answered = z.object({
  case: z.object({
    probability: z.number().nullable(),
    threshold: z.number().nullable(),
  }),
});

/** Whether the AI calls a film positive, once it has been asked. */
async function saysPneumonia(id: string): Promise<boolean> {
  const staff = await caller("staff@demo.lung-iris");
  let isPositive = false;
  await expect
    .poll(
      async () => {
        const { probability, threshold } = answered.parse(
          await staff.ask(
            "query ($id: ID!) { case(id: $id) { probability threshold } }",
            { id },
          ),
        ).case;
        isPositive = (probability ?? 0) >= (threshold ?? 1);
        return probability;
      },
      { timeout: ARRIVED_MS },
    )
    .not.toBeNull();
  return isPositive;
}

/** Every signed case as a dataset, from the page, until it is frozen. */
export async function makeDataset(page: Page, name: string): Promise<void> {
  await page.goto(`${address()}/export`);
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByRole("button", { name: "Create export" }).click();
  const row = page.getByRole("listitem").filter({ hasText: name });
  await expect(row.getByRole("status")).toHaveText("Ready", {
    timeout: TRAINED_MS,
  });
}

/** Asks for a run on the page; it is shown afterwards. */
export async function startRun(
  page: Page,
  run: {
    kind: "Recalibration" | "Fine-tuning";
    dataset: string;
    name: string;
  },
): Promise<void> {
  await page.goto(`${address()}/training`);
  await page.getByRole("button", { name: "Start a run" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText(run.kind, { exact: true }).click();
  const datasets = dialog.getByLabel("Dataset");
  await expect(datasets).toContainText(run.dataset);
  const option = datasets.locator("option").filter({ hasText: run.dataset });
  await datasets.selectOption(await option.getAttribute("value"));
  await dialog.getByLabel("Name of the candidate").fill(run.name);
  await dialog.getByRole("button", { name: "Start", exact: true }).click();
  await expect(dialog).toHaveCount(0);
  await expect(
    page.getByRole("heading", { name: run.name, exact: true }),
  ).toBeVisible();
}

/** What the run's page says of the evergreen films before and after. */
export async function calibrationErrors(
  page: Page,
): Promise<{ before: number; after: number }> {
  const told = page
    .getByRole("region", { name: "Probabilities before and after" })
    .getByText(/^Calibration error \(ECE\)/u);
  // Under the films of the site, of which the fits are made.
  const text = await told.last().innerText();
  const figures = /: (\d\.\d+) .* before, (\d\.\d+) /u.exec(text);
  return { before: Number(figures?.[1]), after: Number(figures?.[2]) };
}
