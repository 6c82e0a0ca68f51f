import { createHash, randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { aNewReader } from "./desk-api.ts";
import { address, hasBrowser, signIn } from "./desk.ts";

test.skip(!hasBrowser(), "no Chromium on this machine");

test("an admin exports labelled data and gets the file that the page names", async ({
  page,
}) => {
  await signIn(page, "admin", "/export");
  await expect(
    page.getByRole("status", { name: "What it would hold" }),
  ).toContainText(/\d+ films? of/);
  await page.getByRole("textbox", { name: "Name" }).fill("Journey export");
  await page.getByRole("button", { name: "Create export" }).click();
  const link = page.locator('a[href*="/download"]').first();
  await expect(link).toBeVisible({ timeout: 90_000 });
  const waiting = page.waitForEvent("download");
  await link.click();
  const file = await readFile(await (await waiting).path());
  // A ZIP begins with the signature of its first entry (APPNOTE 4.3.7).
  expect(file.subarray(0, 4)).toEqual(Buffer.from("PK\u0003\u0004"));
  const sha256 = createHash("sha256").update(file).digest("hex");
  await expect(page.getByText(sha256.slice(0, 8)).first()).toBeVisible();
});

test("an admin sees the users and what the model is", async ({ page }) => {
  await signIn(page, "admin");
  await expect(page).toHaveURL(/\/users/);
  await expect(page.getByText("radiologist2@demo.lung-iris")).toBeVisible();
  await page.goto(`${address()}/models`);
  await expect(page.getByText("AUROC on each set of films")).toBeVisible();
});

test("another role is asked about before it is given, and taken back", async ({
  page,
}) => {
  const id = randomUUID().slice(0, 8);
  const name = `Reader ${id}`;
  await aNewReader(`role-${id}@demo.lung-iris`, name, randomUUID());
  await signIn(page, "admin", "/users");
  const row = page.getByRole("row").filter({ hasText: name });
  await row.getByRole("button").first().click();
  await page.getByRole("radio", { name: "Administrator", exact: true }).focus();
  await page.keyboard.press("Space");
  await page.getByRole("button", { name: "Save" }).click();
  const question = page.getByRole("dialog", { name: /Change what .* may do/ });
  await expect(question).toContainText("Radiologist becomes Administrator.");
  await expect(question).toContainText("Manages users and exports");
  await expect(row).toContainText("Radiologist");
  await question.getByRole("button", { name: "Change it" }).click();
  await expect(row).toContainText("Administrator");
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(row).toContainText("Radiologist");
});

test("staff read the policy and cannot change it", async ({ page }) => {
  await signIn(page, "staff", "/policies");
  await expect(page.getByLabel("Routine waits at most")).toHaveValue("120 min");
  await expect(page.getByText("admins change it")).toBeVisible();
  await expect(
    page.getByRole("button", { name: "Save as a new version" }),
  ).toHaveCount(0);
  await expect(page.getByLabel("Routine waits at most")).not.toBeEditable();
});

test("an admin tries a policy out on the open worklist, saves it with a reason, and puts it back", async ({
  page,
}) => {
  await signIn(page, "admin", "/policies");
  const lift = page.getByLabel("Past its ceiling at least");
  const save = page.getByRole("button", { name: "Save as a new version" });
  await expect(lift).toHaveValue("URGENT");
  const history = page.getByRole("region", { name: "History" });
  const newest = history.getByRole("listitem").first();
  await expect(newest).toContainText(/Version \d+/);
  const first = Number(/Version (\d+)/.exec(await newest.innerText())?.[1]);
  await expect(save).toBeDisabled();
  await lift.selectOption("CRITICAL");
  await page.getByRole("button", { name: "Show what would move" }).click();
  // The demo's night cases wait longer than the shipped ceiling.
  await expect(
    page.getByText(/^[1-9]\d* of \d+ open cases would move/),
  ).toBeVisible();
  const rows = page
    .getByRole("table", { name: "Cases that would move" })
    .getByRole("row");
  await expect(rows.nth(1)).toContainText("critical");
  await expect(save).toBeDisabled();
  await page.getByLabel("Reason").fill("Winter nights");
  await save.click();
  await expect(
    page.getByText(`Version ${first + 1} is in force`),
  ).toBeVisible();
  await expect(newest).toContainText("Winter nights");
  await expect(newest).toContainText(
    "Past its ceiling at least: urgent → critical",
  );
  await page.goto(`${address()}/worklist`);
  await page
    .getByRole("link", { name: /.+, .+/ })
    .first()
    .click();
  await expect(page).toHaveURL(/\/cases\//);
  await page.getByRole("tab", { name: "Details" }).click();
  await expect(page.getByText(`policy version ${first + 1}`)).toBeVisible();

  await page.goto(`${address()}/policies`);
  await page.getByLabel("Routine waits at most").fill("30");
  await page.getByLabel("Reason").fill("A mistake");
  await save.click();
  await expect(page.getByRole("alert", { name: "Not taken" })).toBeVisible();
  await page.getByRole("button", { name: "Undo all" }).click();
  await expect(page.getByLabel("Routine waits at most")).toHaveValue("120 min");
  await lift.selectOption("URGENT");
  await page.getByLabel("Reason").fill("Back to what was");
  await save.click();
  await expect(
    page.getByText(`Version ${first + 2} is in force`),
  ).toBeVisible();
});

for (const path of [
  "/users",
  "/export",
  "/models",
  "/audit",
  "/policies",
  "/thresholds",
  "/training",
])
  test(`the page ${path} has no barrier that axe knows`, async ({ page }) => {
    await signIn(page, "admin", path);
    await expect(page.getByRole("heading").first()).toBeVisible();
    await page.waitForLoadState("networkidle");
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(
      violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ""}`),
    ).toEqual([]);
  });
