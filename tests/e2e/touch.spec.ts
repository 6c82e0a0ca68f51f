import { randomInt } from "node:crypto";
import { expect, type Locator, type Page, test } from "@playwright/test";
import { encodePhantomDicom, makePhantom } from "@lung-iris/phantom";
import { hasBrowser, signIn } from "./desk.ts";
import { caller } from "./desk-api.ts";
import { fingersOn } from "./fingers.ts";

test.skip(!hasBrowser(), "no Chromium on this machine");
test.use({ hasTouch: true, isMobile: true, actionTimeout: 20_000 });

/** A telephone, a tablet, a screen that is touched. */
const SIZES = [
  [390, 844],
  [820, 1180],
  [1280, 800],
] as const;
/** What a finger hits, in CSS pixels. */
const FINGER_PX = 40;

/** What of the browser a function below uses; the tests run in Node. */
interface PageElement {
  readonly textContent: string | null;
  getAttribute(name: string): string | null;
  getBoundingClientRect(): { width: number; height: number };
}
declare const document: {
  querySelectorAll(selector: string): Iterable<PageElement>;
};

/** What fingers press around a film. */
const PRESSED = [
  "header button",
  "[role=toolbar] button",
  "[role=tab]",
  "nav button",
  "fieldset label",
].join();

/** Of what is pressed, what is smaller than a finger, by its name. */
function tooSmall({ pressed, least }: { pressed: string; least: number }) {
  const found: string[] = [];
  for (const button of document.querySelectorAll(pressed)) {
    const { width, height } = button.getBoundingClientRect();
    if (width <= 2 || (width >= least && height >= least)) continue;
    const name = button.getAttribute("aria-label") ?? button.textContent;
    found.push(`${name ?? ""}: ${width} × ${height}`);
  }
  return found;
}

interface Scrolled {
  readonly scrollLeft: number;
  readonly scrollWidth: number;
  readonly clientWidth: number;
}

const film = (page: Page) => page.locator("[data-painted]").first();
const numbers = (page: Page) =>
  page.getByText(/^C \d+ · W \d+ · \d+ %$/).first();
const zoom = async (page: Page) =>
  Number(/(\d+) %$/.exec(await numbers(page).innerText())?.[1]);
const window = async (page: Page) =>
  /^(.*) · \d+ %$/.exec(await numbers(page).innerText())?.[1] ?? "";

async function boundsOf(locator: Locator) {
  const bounds = await locator.boundingBox();
  if (!bounds) throw new Error("it has no place on the screen");
  return bounds;
}

/** A case of a patient with two films today and three studies before. */
async function caseWithStrip(): Promise<string> {
  const staff = await caller("staff@demo.lung-iris");
  const id = `touched-${String(randomInt(1_000_000))}`;
  const bring = (seed: number, date: string) =>
    staff.bringIn(
      `${id}-${String(seed)}.dcm`,
      encodePhantomDicom(
        makePhantom({ seed: seed + randomInt(1_000), size: 512 }),
        { familyName: "TOUCHED", givenName: id, id, sex: "F" },
        { study: { date } },
      ),
    );
  for (const [seed, date] of ["20230101", "20230601", "20240101"].entries())
    await bring(1_000 * seed, date);
  await bring(4_000, "20250101");
  return bring(5_000, "20250101");
}

let caseId = "";
test.beforeAll(async () => {
  caseId = await caseWithStrip();
});

for (const [width, height] of SIZES)
  test(`fingers look at a film at ${String(width)} px, and claim nothing`, async ({
    page,
  }) => {
    await page.setViewportSize({ width, height });
    await signIn(page, "radiologist2", `/cases/${caseId}`);
    await expect(film(page)).toBeVisible();
    const fingers = await fingersOn(page);
    const bounds = await boundsOf(film(page));
    const [x, y] = [bounds.x + bounds.width / 2, bounds.y + bounds.height / 2];

    // One finger windows…
    const own = await window(page);
    const fitted = await zoom(page);
    await fingers.drag([
      [x, y],
      [x + 60, y - 40],
    ]);
    await expect.poll(() => window(page)).not.toBe(own);
    expect(await zoom(page)).toBe(fitted);

    // …or moves the film, with the tool for it.
    const move = page.getByRole("button", { name: "Move", exact: true });
    await move.tap();
    await expect(move).toHaveAttribute("aria-pressed", "true");
    const shown = await film(page).screenshot();
    const windowed = await window(page);
    await fingers.drag([
      [x, y],
      [x + 50, y + 30],
    ]);
    await expect
      .poll(async () => (await film(page).screenshot()).equals(shown))
      .toBe(false);
    expect(await window(page)).toBe(windowed);

    // Two zoom, whatever the tool; two taps show the whole film again.
    await fingers.pinch([x, y], 3);
    await expect.poll(() => zoom(page)).toBeGreaterThan(2.5 * fitted);
    expect(await window(page)).toBe(windowed);
    await fingers.tapTwice([x, y]);
    await expect.poll(() => zoom(page)).toBe(fitted);

    // The strip's films pass under a finger, and one is shown by a tap.
    const strip = page.getByRole("navigation", { name: "Films" });
    await strip.scrollIntoViewIfNeeded();
    const place = await boundsOf(strip);
    const left = () => strip.evaluate(({ scrollLeft }: Scrolled) => scrollLeft);
    const isWide = await strip.evaluate(
      ({ scrollWidth, clientWidth }: Scrolled) =>
        scrollWidth > clientWidth + 40,
    );
    if (isWide) {
      const at = place.y + 22;
      await fingers.drag([
        [place.x + place.width - 40, at],
        [place.x + 40, at],
      ]);
      await expect.poll(left).toBeGreaterThan(20);
    }
    const thumbnails = strip.getByRole("button");
    await expect(thumbnails).toHaveCount(5);
    await thumbnails.last().tap();
    await expect(page.locator("[data-painted]")).toHaveCount(2);
    await thumbnails.last().tap();
    await expect(page.locator("[data-painted]")).toHaveCount(1);

    // A finger that moves the page from a button on does not press it.
    const opinion = page
      .locator("fieldset label")
      .filter({ hasText: "Pneumonia" })
      .first();
    await opinion.scrollIntoViewIfNeeded();
    const from = await boundsOf(opinion);
    await fingers.drag([
      [from.x + 5, from.y + 5],
      [from.x + 5, Math.max(5, from.y - 150)],
    ]);
    const around = { pressed: PRESSED, least: FINGER_PX };
    expect(await page.evaluate(tooSmall, around)).toEqual([]);
    await expect(page.getByText("claimed by you")).toHaveCount(0);
    await expect(page.getByRole("dialog")).toHaveCount(0);
    const staff = await caller("staff@demo.lung-iris");
    const { case: row } = await staff.ask(
      "query ($id: ID!) { case(id: $id) { state } }",
      { id: caseId },
    );
    expect(row).toEqual({ state: "WAITING" });
  });
