import { expect, type Locator, type Page, test } from "@playwright/test";
import { hasBrowser, signIn } from "./desk.ts";
import { lastWaiting } from "./waiting-case.ts";

test.skip(!hasBrowser(), "no Chromium on this machine");

const film = (page: Page) => page.locator("[data-painted]").first();
const marks = (page: Page) => page.locator('svg[data-by="reader"] [data-kind]');
/** What is written under the film: what it is, how it lies, its window. */
const window = (page: Page) =>
  page.getByText(/^C \d+ · W \d+ · \d+ %$/).first();

/** What of the browser a function below uses; the tests run in Node. */
declare function getComputedStyle(
  element: unknown,
  pseudo: string,
): { borderTopWidth: string };

/** Opens a waiting case that nobody reads; the last, so that others are left. */
async function openCase(page: Page, reader: string): Promise<void> {
  await signIn(
    page,
    reader,
    `/cases/${await lastWaiting({ unassigned: true })}`,
  );
  await expect(film(page)).toBeVisible();
}

/** Chooses a tool by its key and waits until it draws. */
async function take(page: Page, key: string, kind: string): Promise<void> {
  await page.keyboard.press(key);
  await expect(page.locator(`[data-drawing="${kind}"]`).first()).toBeVisible();
}

/** Draws by the main button, places in parts of the film's frame. */
async function pen(page: Page) {
  const bounds = await film(page).boundingBox();
  if (!bounds) throw new Error("The film has no place on the screen");
  const go = (x: number, y: number) =>
    page.mouse.move(bounds.x + x * bounds.width, bounds.y + y * bounds.height);
  return async (...places: readonly (readonly [number, number])[]) => {
    const [first, ...others] = places;
    if (!first) return;
    await go(...first);
    await page.mouse.down();
    for (const place of others) await go(...place);
    await page.mouse.up();
  };
}

const kindsOf = (shapes: Locator) =>
  shapes
    .all()
    .then((all) =>
      Promise.all(all.map((one) => one.getAttribute("data-kind"))),
    );

test("six kinds of marks are drawn, kept as drawn, and taken back", async ({
  page,
}) => {
  await openCase(page, "radiologist");
  await page.keyboard.press("3");
  await expect(page.getByText("claimed by you")).toBeVisible();
  const draw = await pen(page);
  await take(page, "d", "BOX");
  await draw([0.3, 0.3], [0.35, 0.4], [0.4, 0.45]);
  await take(page, "e", "ELLIPSE");
  await draw([0.6, 0.3], [0.65, 0.4], [0.7, 0.5]);
  await take(page, "x", "FREEHAND");
  await draw([0.6, 0.6], [0.65, 0.62], [0.66, 0.7], [0.6, 0.72], [0.58, 0.65]);
  await take(page, "l", "RULER");
  await draw([0.3, 0.8], [0.4, 0.8], [0.5, 0.85]);
  await take(page, "v", "ANGLE");
  await draw([0.3, 0.55]);
  await draw([0.4, 0.65]);
  await draw([0.5, 0.55]);
  await take(page, "Shift+H", "RATIO");
  await draw([0.42, 0.6], [0.5, 0.6], [0.58, 0.6]);
  await draw([0.3, 0.62], [0.5, 0.62], [0.7, 0.62]);
  await expect(marks(page)).toHaveCount(6);
  // 0.16 of the frame by 0.4 of it
  await expect(marks(page).last()).toContainText("CTR 0.40");
  const list = page.getByRole("list", { name: "Marks" });
  await expect(list.getByRole("listitem")).toHaveCount(6);
  await expect(list).toContainText(/Length: \d+/u);

  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+z");
  await expect(marks(page)).toHaveCount(5);
  const shapes = await marks(page).locator("path").first().getAttribute("d");
  await expect(page.getByText(/Draft kept/)).toBeVisible();
  await page.reload();
  await expect(marks(page)).toHaveCount(5);
  expect(await kindsOf(marks(page))).toEqual([
    "BOX",
    "ELLIPSE",
    "FREEHAND",
    "RULER",
    "ANGLE",
  ]);
  await expect(marks(page).locator("path").first()).toHaveAttribute(
    "d",
    shapes ?? "",
  );
  await page.keyboard.press("u");
});

test("a region is drawn and moved by keyboard alone", async ({ page }) => {
  // not the reader of the test before: his draft of the case is kept
  await openCase(page, "radiologist2");
  const url = page.url();
  await page.keyboard.press("3");
  await expect(page.getByText("claimed by you")).toBeVisible();
  await take(page, "e", "ELLIPSE");
  await expect(film(page)).toBeFocused();
  await page.keyboard.press("Shift+ArrowLeft");
  await expect(page.getByTestId("cross-hair")).toBeVisible();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Shift+ArrowDown");
  await page.keyboard.press("Shift+ArrowRight");
  await page.keyboard.press("Enter");
  await expect(marks(page)).toHaveCount(1);
  // Esc leaves the tool, then the mark, and never the case by the way.
  await page.keyboard.press("Escape");
  await expect(page.locator("[data-drawing]")).toHaveCount(0);
  const path = marks(page).locator("path").first();
  const before = (await path.getAttribute("d")) ?? "";
  await page.keyboard.press("ArrowRight");
  await expect(path).not.toHaveAttribute("d", before);
  await page.keyboard.press("Control+z");
  await expect(path).toHaveAttribute("d", before);
  await page.keyboard.press("Delete");
  await expect(marks(page)).toHaveCount(0);
  expect(page.url()).toBe(url);
  await page.keyboard.press("u");
});

test("a film is turned, mirrored, windowed and magnified, and says so", async ({
  page,
}) => {
  await openCase(page, "radiologist");
  await page.keyboard.press("t");
  await expect(page.getByText("turned 90°")).toBeVisible();
  await page.keyboard.press("Shift+F");
  await expect(page.getByText("turned 90° · mirrored")).toBeVisible();
  await page.keyboard.press("Shift+F");
  await page.keyboard.press("Shift+T");
  await expect(page.getByText("turned 90°")).toHaveCount(0);

  const own = await window(page).innerText();
  await page.keyboard.press("7");
  await expect(window(page)).not.toHaveText(own);
  await page.keyboard.press("Shift+W");
  await expect(window(page)).toHaveText(own);

  await film(page).hover();
  await page.keyboard.press("q");
  await film(page).hover({ position: { x: 200, y: 200 } });
  await expect(page.getByTestId("lens")).toBeVisible();
  await page.keyboard.press("q");
  await expect(page.getByTestId("lens")).toHaveCount(0);
});

test("the header of a film is searched", async ({ page }) => {
  await openCase(page, "radiologist");
  await page.keyboard.press("k");
  const search = page.getByPlaceholder("Name, number or value");
  await expect(search.or(page.getByText("No DICOM header"))).toBeVisible();
  await page.getByRole("tab", { name: "Read" }).click();
  await expect(page.getByRole("tab", { name: "Read" })).toHaveAttribute(
    "aria-selected",
    "true",
  );
});

test("the film has the keys as soon as it is painted, and + and - always work", async ({
  page,
}) => {
  await openCase(page, "radiologist");
  await expect(film(page)).toBeFocused();
  // A ring above what is drawn over the film, thin after a click.
  const ring = await film(page).evaluate(
    (element) => getComputedStyle(element, "::after").borderTopWidth,
  );
  expect(["1px", "2px"]).toContain(ring);
  const zoom = async () =>
    Number(/(\d+) %$/.exec(await window(page).innerText())?.[1]);
  const fitted = await zoom();
  await page.getByRole("tab", { name: "Details" }).click();
  await page.keyboard.press("+");
  await expect.poll(zoom).toBeGreaterThan(fitted);
  await page.keyboard.press("-");
  await expect.poll(zoom).toBe(fitted);
  await page.keyboard.press("?");
  const list = page.getByRole("dialog");
  await expect(list.getByText("Move the film")).toBeVisible();
  await expect(list.getByText("Larger", { exact: true })).toBeVisible();
});

test("a drag up or to the right zooms in, and no zoom loses the film", async ({
  page,
}) => {
  await openCase(page, "radiologist");
  const zoom = async () =>
    Number(/(\d+) %$/.exec(await window(page).innerText())?.[1]);
  const fitted = await zoom();
  const draw = await pen(page);
  await page.keyboard.press("z");
  await draw([0.5, 0.5], [0.5, 0.45], [0.5, 0.4]);
  await expect.poll(zoom).toBeGreaterThan(fitted);
  const up = await zoom();
  await draw([0.5, 0.5], [0.55, 0.5], [0.6, 0.5]);
  await expect.poll(zoom).toBeGreaterThan(up);
  await page.keyboard.press("0");
  await expect.poll(zoom).toBe(fitted);
  await draw([0.5, 0.4], [0.5, 0.42], [0.5, 0.44]);
  await expect.poll(zoom).toBeLessThan(fitted);

  await page.keyboard.press("0");
  await expect.poll(zoom).toBe(fitted);
  for (let notch = 0; notch < 20; notch++) await page.mouse.wheel(0, 500);
  await expect.poll(zoom).toBeLessThan(fitted);
  // Half of what shows the whole film, to the rounding of both.
  expect(Math.abs((await zoom()) - fitted / 2)).toBeLessThanOrEqual(1);
});
