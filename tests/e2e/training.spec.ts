import { randomUUID } from "node:crypto";
import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { decidedFilms } from "./decided-films.ts";
import { caller } from "./desk-api.ts";
import { hasBrowser, signIn } from "./desk.ts";
import { finishedDataset } from "./finished-dataset.ts";

test.skip(!hasBrowser(), "no Chromium on this machine");

/** A trainer at the lowest priority, on a machine that does other things. */
const TRAINED_MS = 600_000;
/** One in seven is of the evergreen test; forty are needed. */
const FILMS = 64;

test("an admin starts a run from the page, sees it end, and finds the candidate among the models", async ({
  page,
}) => {
  test.setTimeout(TRAINED_MS + 480_000);
  const admin = await caller("admin@demo.lung-iris");
  await decidedFilms(FILMS);
  await finishedDataset(admin, `All decided ${randomUUID().slice(0, 8)}`);
  const name = `journey-${randomUUID().slice(0, 8)}`;

  await signIn(page, "admin", "/models");
  await page.getByRole("link", { name: "Training", exact: true }).click();
  await page.getByRole("button", { name: "Start a run" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByText("Fine-tuning", { exact: true }).click();
  await expect(dialog.getByText(/held to version \d+/)).toBeVisible();
  await dialog.getByLabel("Dataset").selectOption({ index: 0 });
  await dialog.getByLabel("Name of the candidate").fill(name);
  await dialog.getByLabel("Steps").fill("24");
  await dialog.getByLabel("Changed looks of a film").fill("1");
  await dialog.getByLabel("Synthetic films").fill("12");
  await dialog.getByRole("button", { name: "Start", exact: true }).click();
  await expect(dialog).toHaveCount(0);

  await expect(page.getByRole("heading", { name, exact: true })).toBeVisible();
  await expect(
    page.getByRole("link", { name: "Show the candidate" }),
  ).toBeVisible({
    timeout: TRAINED_MS,
  });
  await expect(
    page.getByText("Synthetic films with the base's own answers"),
  ).toBeVisible();
  await expect(page.getByRole("region", { name: "Curves" })).toBeVisible();
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations).toEqual([]);

  await page.getByRole("link", { name: "Show the candidate" }).click();
  await expect(page.getByRole("region", { name, exact: true })).toBeVisible();
  await expect(
    page.getByRole("button", { name: "Have it judged…" }),
  ).toBeVisible();
});
