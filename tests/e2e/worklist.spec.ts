import AxeBuilder from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { address, hasBrowser, signIn } from "./desk.ts";

test.skip(!hasBrowser(), "no Chromium on this machine");

const rows = (page: Page) => page.locator("tbody[data-case]");

/** How many rows stand whole between the headings and the keys below. */
async function wholeRows(page: Page): Promise<number> {
  const headings = await page.locator("thead").boundingBox();
  const keys = await page.getByRole("note", { name: "Keys" }).boundingBox();
  if (!headings || !keys) throw new Error("the list is not there");
  const boxes = await Promise.all(
    (await rows(page).all()).map((row) => row.boundingBox()),
  );
  return boxes.filter(
    (box) =>
      box !== null &&
      box.y >= headings.y + headings.height - 1 &&
      box.y + box.height <= keys.y + 1,
  ).length;
}

/** The strip of a journey's critical result has its height beside the list's. */
async function giveRoomToStrip(page: Page): Promise<void> {
  const strip = page
    .getByRole("status")
    .filter({ hasText: /critical results? open/ });
  const box = (await strip.isVisible()) ? await strip.boundingBox() : null;
  const height = 800 + Math.ceil(box?.height ?? 0);
  await page.setViewportSize({ width: 1280, height });
}

async function openList(page: Page, query: string): Promise<void> {
  await page.goto(`${address()}/worklist?${query}`);
  await expect(rows(page).first()).toBeVisible();
}

/** Journeys before this one leave more open cases than a page has rows. */
async function showAll(page: Page): Promise<void> {
  const more = page.getByRole("button", { name: "Show more" });
  while (await more.isVisible()) {
    const before = await rows(page).count();
    await more.click();
    await expect.poll(() => rows(page).count()).toBeGreaterThan(before);
  }
}

test("eighteen rows are seen at once, in two lines each, and news do not push them", async ({
  page,
}) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await signIn(page, "staff");
  await openList(page, "view=everything");
  expect(await rows(page).count()).toBeGreaterThan(18);
  await giveRoomToStrip(page);
  expect(await wholeRows(page)).toBeGreaterThanOrEqual(18);
  const box = await rows(page).first().boundingBox();
  expect(box?.height).toBeLessThanOrEqual(33);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations).toEqual([]);
});

test("signed cases stand below all open ones, with who signed and without an urgency", async ({
  page,
}) => {
  await signIn(page, "staff");
  await openList(page, "view=everything&rows=compact");
  await showAll(page);
  const states = await page
    .locator('td[data-column="state"]')
    .allTextContents();
  const isSigned = states.map((text) => text.startsWith("signed"));
  expect(isSigned).toContain(true);
  expect(isSigned.slice(isSigned.indexOf(true))).not.toContain(false);
  await openList(page, "view=signed");
  const row = rows(page).first();
  await expect(row).toContainText(/signed: .*· after /s);
  await expect(row).not.toContainText("waiting too long");
  await expect(row.locator('td[data-column="urgency"]')).toHaveText("—");
});

test("a second click turns a column round; the tab says how many there are", async ({
  page,
}) => {
  await signIn(page, "staff");
  await openList(page, "view=everything");
  await expect(page).toHaveTitle(/^\(\d+\) Worklist/);
  const heading = page.getByRole("columnheader", { name: "Patient" });
  await heading.getByRole("button").click();
  await expect(heading).toHaveAttribute("aria-sort", "ascending");
  await heading.getByRole("button").click();
  await expect(heading).toHaveAttribute("aria-sort", "descending");
  await expect(page).toHaveURL(/sort=patient_reversed/);
});

test("an empty list leads to everything with what was sought; filters name their values", async ({
  page,
}) => {
  await signIn(page, "staff");
  await openList(page, "view=signed");
  const name = await page.locator("[data-row-link]").first().textContent();
  if (!name) throw new Error("a row without a name");
  await page.goto(`${address()}/worklist?view=identity`);
  const search = page.getByRole("searchbox");
  await search.fill(name);
  await page.getByRole("button", { name: "Look in “Everything”" }).click();
  await expect(page).toHaveURL(/view=everything/);
  await expect(search).toHaveValue(name);
  await expect(page.getByRole("link", { name }).first()).toBeVisible();

  const filters = page.getByRole("search");
  await filters.getByRole("button", { name: "State", exact: true }).click();
  // The address has it a moment later.
  await filters.getByRole("checkbox", { name: "signed" }).click();
  await page.keyboard.press("Escape");
  await expect(
    filters.getByRole("button", { name: "State: signed" }),
  ).toHaveText("signed");
});

test("the palette opens a page by its name and a patient by his", async ({
  page,
}) => {
  await signIn(page, "staff");
  await openList(page, "view=everything");
  const name = await page.locator("[data-row-link]").first().textContent();
  if (!name) throw new Error("a row without a name");
  await page.keyboard.press("Control+k");
  const field = page.getByPlaceholder("Page, command or patient");
  await field.fill(name.slice(0, 6));
  const top = (await field.boundingBox())?.y;
  const found = page.getByRole("dialog").getByRole("button", { name });
  await expect(found.first()).toBeVisible();
  expect((await field.boundingBox())?.y).toBe(top);
  await field.fill("zzzz");
  expect((await field.boundingBox())?.y).toBe(top);
  await field.fill(name.slice(0, 6));
  await found.first().click();
  await page.waitForURL(/\/cases\//);

  await page.keyboard.press("Control+k");
  // A program types before the page has opened it.
  await expect(field).toBeFocused();
  await page.keyboard.type("upload");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/upload/);
});
