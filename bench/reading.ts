import type { CDPSession, Page } from "playwright-core";
import { launchBrowser } from "../scripts/browser.ts";
import { startOwnDesk, type OwnDesk } from "../scripts/own-desk.ts";
import type { Benchmark, Measurement } from "./benchmark.ts";
import { quantile } from "./bench-database.ts";
import { benchFilms } from "./bench-films.ts";
import { untilQuiet } from "./processor-time.ts";
import { readAndSign } from "./read-and-sign.ts";
import { sendFilms, signInOn } from "./desk-browser.ts";

/** `LUNG_IRIS_READING_CASES` in the environment is another number. */
const CASES = Number(process.env["LUNG_IRIS_READING_CASES"] ?? 200);
/** Of three films one is DICOM, the only ones with a patient of their own. */
const FILMS = 3 * CASES;
const CLICKS = 20;
const RELOADS = 10;
const BAR_PICTURE_MS = 300;
const BAR_RELOAD_MS = 1_000;
/** Growth of the browser's heap from the tenth case to the last. */
const BAR_HEAP_RATIO = 1.25;
/** From here on the heap is compared: code and caches are there. */
const WARM_CASES = 10;

/** A reader's hour in Chromium: list to picture, picture to picture, reload. */
export const readingBenchmark: Benchmark = {
  name: "reading",
  description: `${String(CASES)} cases read in Chromium on a demo desk`,
  async run(note) {
    note(`  drawing ${String(CASES)} films`);
    const films = (await benchFilms(FILMS)).filter(({ name }) =>
      name.endsWith(".dcm"),
    );
    const desk = await startOwnDesk();
    const browser = await launchBrowser();
    try {
      note("  sending them");
      await sendFilms(desk, films);
      note("  waiting until the desk has made them ready");
      await untilQuiet(desk.pid);
      const context = await browser.newContext({
        viewport: { width: 1280, height: 800 },
      });
      const page = await context.newPage();
      // Before the first page: the film's shapes, in the page's own clock.
      await page.addInitScript(WATCH);
      await signInOn(page, desk, "radiologist");
      note("  opening, reloading, reading");
      const early = await timeClicks(page, desk, 0);
      note(`  clicks on a desk that has just started, in ms: ${whole(early)}`);
      const clicks = await timeClicks(page, desk, CLICKS + 1);
      note(`  clicks after these, in ms: ${whole(clicks)}`);
      const reloads = await timeReloads(page);
      note(`  reloads in ms: ${whole(reloads)}`);
      return [
        ...picture("click, desk just started, median", early, 0.5),
        ...picture("click on a row to picture, median", clicks, 0.5),
        ...picture("click on a row to picture, p95", clicks, 0.95),
        ...reload(reloads),
        ...(await readAll(page, desk, note)),
      ];
    } finally {
      await browser.close();
      await desk.stop();
    }
  },
};

/**
 * From the last click or key that was noted to the frame after another
 * patient's film is painted; text, since this file has no DOM types. The name
 * over the film and the film both belong to the case that was asked for.
 */
const WATCH = `(() => {
  let since = 0, before = "";
  const name = () => document.querySelector("h1")?.textContent ?? "";
  const note = () => { since = performance.now(); before = location.pathname + name(); };
  addEventListener("click", (e) => { if (e.isTrusted) note(); }, true);
  addEventListener("keydown", (e) => { if (e.key === "n") note(); }, true);
  window.pictureAfter = () => new Promise((resolve, reject) => {
    const look = () => {
      const isNew = location.pathname.startsWith("/cases/") && location.pathname + name() !== before;
      if (isNew && document.querySelector("[data-painted]")) {
        requestAnimationFrame(() => resolve(performance.now() - since));
      } else if (performance.now() - since > 30000) reject(new Error("no picture in 30 s at " + location.pathname + ", from " + before + ", on the page: " + document.body.innerText.slice(0, 2000)));
      else requestAnimationFrame(look);
    };
    look();
  });
})()`;

function pictureAfter(page: Page): Promise<number> {
  return page.evaluate<number>("window.pictureAfter()");
}

/** Opens row after row of the list, from a place on, and goes back each time. */
async function timeClicks(
  page: Page,
  { web }: OwnDesk,
  from: number,
): Promise<number[]> {
  await page.goto(`${web}/worklist?state=waiting&assignee=none`);
  const links = page.locator("[data-row-link]");
  await links.first().waitFor();
  const times: number[] = [];
  for (let row = from; row <= from + CLICKS; row++) {
    await links.nth(row).click();
    const time = await pictureAfter(page);
    // The first loads the page's code, as the first of a working day does.
    if (row > from) times.push(time);
    await page.keyboard.press("Escape");
    await page.waitForURL(/worklist/);
    await links.nth(row + 1).waitFor();
  }
  return times;
}

async function timeReloads(page: Page): Promise<number[]> {
  await page.locator("[data-row-link]").first().click();
  await pictureAfter(page);
  const times: number[] = [];
  for (let turn = 0; turn < RELOADS; turn++) {
    await page.reload({ waitUntil: "commit" });
    // The page's clock begins anew with the navigation.
    times.push(await pictureAfter(page));
  }
  return times;
}

/** Reads and signs case after case, with the keys that a reader presses. */
async function readAll(
  page: Page,
  desk: OwnDesk,
  note: (line: string) => void,
): Promise<Measurement[]> {
  await openList(page, desk);
  const devtools = await page.context().newCDPSession(page);
  const times: number[] = [];
  const heaps: number[] = [];
  let read = 0;
  try {
    for (; read < CASES; read++) {
      await page.keyboard.press("n");
      const time = await pictureAfter(page);
      // The first is opened from the list: nothing was loaded ahead of it.
      if (read > 0) times.push(time);
      await readAndSign(page);
      if (read >= WARM_CASES && read % 10 === 0)
        heaps.push(await heap(devtools));
    }
  } catch (error) {
    // What was measured until then is worth its minutes.
    note(`  ended at case ${String(read + 1)}: ${String(error)}`);
    const shown = await page.locator("body").innerText();
    note(`  on the page: ${shown.replaceAll(/\s+/g, " ").slice(-1_500)}`);
  }
  note(`  next pictures in ms: ${whole(times)}`);
  const [first = 0] = heaps;
  const ratio = (heaps.at(-1) ?? 0) / first;
  return [
    ...picture("signed case to the next picture, median", times, 0.5),
    ...picture("signed case to the next picture, p95", times, 0.95),
    { what: "heap of the browser after 10 cases", value: first, unit: "MB" },
    {
      what: "heap after all cases against it",
      value: ratio,
      unit: "times",
      budget: `≤ ${String(BAR_HEAP_RATIO)}`,
      met: ratio <= BAR_HEAP_RATIO,
    },
    {
      what: "cases read and signed",
      value: read,
      unit: "cases",
      budget: String(CASES),
      met: read === CASES,
    },
  ];
}

function whole(times: readonly number[]): string {
  return times.map((time) => time.toFixed(0)).join(" ");
}

async function openList(page: Page, { web }: OwnDesk): Promise<void> {
  await page.goto(`${web}/worklist`);
  await page.locator("[data-row-link]").first().waitFor();
}

/** Megabytes of the page's heap after a collection. */
async function heap(devtools: CDPSession): Promise<number> {
  await devtools.send("HeapProfiler.collectGarbage");
  const { usedSize } = await devtools.send("Runtime.getHeapUsage");
  return usedSize / 1e6;
}

function picture(
  what: string,
  times: readonly number[],
  q: number,
): Measurement[] {
  return [ms(what, quantile(times, q), BAR_PICTURE_MS)];
}

function reload(times: readonly number[]): Measurement[] {
  const value = quantile(times, 0.95);
  return [ms("reload of a case to its picture, p95", value, BAR_RELOAD_MS)];
}

function ms(what: string, value: number, bar: number): Measurement {
  const budget = `≤ ${String(bar)} ms`;
  return { what, value, unit: "ms", budget, met: value <= bar };
}
