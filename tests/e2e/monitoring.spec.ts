import { readFile } from "node:fs/promises";
import { expect, test } from "@playwright/test";
import { hasBrowser, signIn } from "./desk.ts";

test.skip(!hasBrowser(), "no Chromium on this machine");

/** The days are counted each minute; a busy machine takes its time. */
const COUNTED_MS = 180_000;

test("an admin sees what the AI does, turns a chart into its table and takes it away", async ({
  page,
}) => {
  test.setTimeout(COUNTED_MS + 60_000);
  await signIn(page, "admin");
  await page.getByRole("link", { name: "Monitoring" }).click();
  await expect(page).toHaveURL(/\/monitoring$/);
  await expect(page.getByText("No alarm is open.")).toBeVisible();

  const exposure = page.getByRole("region", { name: /^Exposure/ });
  await expect(exposure).toBeVisible({ timeout: COUNTED_MS });
  await expect(
    exposure.getByText(/What is normal is known from 200 on; so far \d+/),
  ).toBeVisible();
  await exposure.getByRole("button", { name: "As a table" }).press("Enter");
  await expect(exposure.getByRole("table")).toBeVisible();
  const waiting = page.waitForEvent("download");
  await exposure.getByRole("button", { name: /Save as CSV/ }).press("Enter");
  const file = await waiting;
  expect(file.suggestedFilename()).toBe("monitoring-grey-mean.csv");
  expect(await readFile(await file.path(), "utf8")).toMatch(
    /^\uFEFFDay,Films,Mean,Normal from,Normal to\r\n\d{4}-\d\d-\d\d,\d+,0\.\d+,,\r\n/,
  );

  const groups = page.getByRole("region", { name: "By source, age and sex" });
  await groups.getByText("Age", { exact: true }).click();
  await expect(
    groups.getByRole("rowheader", { name: "18-64 years" }),
  ).toBeVisible();
  await page.getByText("Over", { exact: true }).click();
  // Other journeys may have raised some.
  const alarms = page.getByRole("region", { name: "Alarms" });
  await expect(
    alarms.getByText(/No alarm has ended yet\.|over since/).first(),
  ).toBeVisible();
});

test("an auditor reads it, a radiologist does not", async ({ page }) => {
  await signIn(page, "auditor", "/monitoring");
  await expect(page.getByRole("heading", { name: "Alarms" })).toBeVisible();
  await page.context().clearCookies();
  await signIn(page, "radiologist", "/monitoring");
  await expect(page.getByRole("heading", { name: "Alarms" })).toHaveCount(0);
  await expect(page.getByRole("heading").first()).toBeVisible();
});
