import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { address, hasBrowser, signIn } from "./desk.ts";

test.skip(!hasBrowser(), "no Chromium on this machine");

test("an admin exports labelled data and gets the file that the page names", async ({
  page,
}) => {
  await signIn(page, "admin");
  await page.goto(`${address()}/export`);
  await expect(
    page.getByRole("status", { name: "What it would hold" }),
  ).toContainText(/\d+ films? of/);
  await page.getByLabel("Name").fill("Journey export");
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

for (const path of ["/users", "/export", "/models", "/audit"])
  test(`the page ${path} has no barrier that axe knows`, async ({ page }) => {
    await signIn(page, "admin");
    await page.goto(address() + path);
    await expect(page.getByRole("heading").first()).toBeVisible();
    await page.waitForLoadState("networkidle");
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(
      violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ""}`),
    ).toEqual([]);
  });
