import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { address, hasBrowser, signIn } from "./desk.ts";

test.skip(!hasBrowser(), "no Chromium on this machine");

/** What axe has against the page, in both themes. */
async function barriers(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const theme of ["dark", "light"]) {
    await page.evaluate(
      `document.documentElement.setAttribute("data-mantine-color-scheme", "${theme}")`,
    );
    const { violations } = await new AxeBuilder({ page }).analyze();
    for (const { id, nodes } of violations)
      found.push(`${theme} ${id}: ${nodes[0]?.html ?? ""}`);
  }
  return found;
}

test("n claims the sickest case from the list, and passes it over for the next", async ({
  page,
}) => {
  await signIn(page, "radiologist", "/worklist");
  await expect(page.locator('a[href*="/cases/"]').first()).toBeVisible();
  await page.keyboard.press("n");
  await page.waitForURL(/\/cases\//);
  await expect(page.getByText("claimed by you")).toBeVisible();
  const first = new URL(page.url()).pathname;
  await page.keyboard.press("n");
  await page.waitForURL((url) => url.pathname !== first);
  await expect(page.getByText("claimed by you")).toBeVisible();
  // The one that was passed over untouched is free again.
  await page.goto(`${address()}${first}`);
  await expect(
    page.getByRole("button", { name: "Claim", exact: true }),
  ).toBeVisible();
});

test("the end of a shift hands everything back in one step", async ({
  page,
}) => {
  await signIn(page, "radiologist", "/worklist");
  await expect(page.locator('a[href*="/cases/"]').first()).toBeVisible();
  await page.keyboard.press("n");
  await page.waitForURL(/\/cases\//);
  await expect(page.getByText("claimed by you")).toBeVisible();
  await page.getByRole("button", { name: "Dr Minh Le" }).click();
  await page.getByRole("menuitem", { name: "Hand over my cases…" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog.getByRole("status")).toContainText("You hold");
  await dialog.getByRole("button", { name: /^Hand over .* cases?$/ }).click();
  await expect(page.getByText(/cases? handed over/)).toBeVisible();
  await expect(
    page.getByRole("button", { name: "Claim", exact: true }),
  ).toBeVisible();
});

test("the board shows the department without a patient's name", async ({
  page,
}) => {
  await signIn(page, "staff");
  await page.getByRole("link", { name: "Board" }).click();
  await expect(page.getByText("the department now")).toBeVisible();
  await expect(
    page.getByRole("region", { name: "Next to miss the ceiling" }),
  ).toBeVisible();
  const unsigned = page.getByRole("region", {
    name: "Unsigned cases over the last 24 hours",
  });
  await unsigned.getByRole("button", { name: "As a table" }).click();
  await expect(unsigned.getByRole("table")).toContainText("critical");
  const saved = page.waitForEvent("download");
  await unsigned.getByRole("button", { name: "CSV" }).click();
  expect((await saved).suggestedFilename()).toBe("board-waiting.csv");
  expect(await barriers(page)).toEqual([]);
});

test("a month is played through the orders of reading, readers by keyboard", async ({
  page,
}) => {
  await signIn(page, "admin", "/policies");
  const panel = page.getByRole("region", {
    name: "How long cases would wait",
  });
  await panel.getByRole("button", { name: "Play" }).click();
  const table = panel.getByRole("table", { name: "Waits by order" });
  await expect(table.getByRole("rowheader")).toHaveText([
    "First come",
    "AI only",
    "Policy in force",
  ]);
  const before = await panel.getByRole("status").innerText();
  await panel.getByRole("slider", { name: "Readers" }).press("ArrowRight");
  await expect(panel.getByRole("status")).not.toHaveText(before);
  expect(await barriers(page)).toEqual([]);
});
