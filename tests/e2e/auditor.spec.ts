import { readFile } from "node:fs/promises";
import { expect, test } from "@playwright/test";
import { address, hasBrowser, signIn } from "./desk.ts";

test.skip(!hasBrowser(), "no Chromium on this machine");

test("an auditor lands on the trail, reads it as sentences and verifies the chain", async ({
  page,
}) => {
  await signIn(page, "auditor");
  await expect(page).toHaveURL(/\/audit/);
  await expect(page.getByText(/signed in/).first()).toBeVisible();
  await page.getByRole("button", { name: "Verify now" }).click();
  await expect(
    page.getByText(/The chain is intact through event/),
  ).toBeVisible();
});

test("an auditor takes the events and the whole chain away", async ({
  page,
}) => {
  await signIn(page, "auditor");
  for (const [name, ending, first] of [
    [/Events as a table/, /\.csv$/, /"?seq/i],
    [/The whole chain/, /\.jsonl$/, /^\{/],
  ] as const) {
    await page.getByRole("button", { name: "Export", exact: true }).click();
    const waiting = page.waitForEvent("download");
    await page.getByRole("menuitem", { name }).click();
    const file = await waiting;
    expect(file.suggestedFilename()).toMatch(ending);
    expect(await readFile(await file.path(), "utf8")).toMatch(first);
  }
  await page.getByRole("button", { name: "Refresh" }).click();
  await expect(
    page.getByText(/exported the audit trail/).first(),
  ).toBeVisible();
});

test("an auditor sees no film and no worklist", async ({ page }) => {
  await signIn(page, "auditor", "/worklist");
  await expect(page.locator('a[href*="/cases/"]')).toHaveCount(0);
  await expect(page.getByRole("heading").first()).toBeVisible();
});

test("the sign-in page refuses a wrong password in words and keeps the address", async ({
  page,
}) => {
  await page.goto(`${address()}/sign-in`);
  await page.getByLabel("Email").fill("auditor@demo.lung-iris");
  await page.locator('input[type="password"]').fill("a wrong password");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("alert")).toBeVisible();
  await expect(page.getByLabel("Email")).toHaveValue("auditor@demo.lung-iris");
});
