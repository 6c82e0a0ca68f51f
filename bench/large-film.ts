import { encodePhantomDicom, makePhantom } from "@lung-iris/phantom";
import type { Page } from "playwright-core";
import { launchBrowser } from "../scripts/browser.ts";
import { startOwnDesk } from "../scripts/own-desk.ts";
import type { Benchmark, Measurement } from "./benchmark.ts";
import { quantile } from "./bench-database.ts";
import { sendFilms, signInOn } from "./desk-browser.ts";

/** A chest is drawn at this side, and each of its pixels becomes many. */
const DRAWN = 1_000;
const SIDE = 6_000;
const SCREEN = { width: 3_840, height: 2_160 };
const DRAG_MS = 4_000;
const OPENINGS = 5;
/** Thirty pictures a second, as films of a cinema and more. */
const BAR_FRAME_MS = 34;

/** The largest film that there is on the largest screen that there is. */
export const largeFilmBenchmark: Benchmark = {
  name: "large-film",
  description: `a film of ${String(SIDE)} × ${String(SIDE)} pixels, 16 bit, in Chromium at ${String(SCREEN.width)} × ${String(SCREEN.height)}`,
  async run(note) {
    note("  drawing it");
    const film = { name: "large.dcm", bytes: largeFilm() };
    const desk = await startOwnDesk();
    const browser = await launchBrowser();
    try {
      note("  sending it");
      const [caseId = ""] = await sendFilms(desk, [film]);
      const context = await browser.newContext({ viewport: SCREEN });
      const page = await context.newPage();
      await page.addInitScript(FRAMES);
      await signInOn(page, desk, "radiologist");
      note("  opening it");
      const opened: number[] = [];
      const fetched: number[] = [];
      page.on("requestfinished", (request) => {
        if (/\/(film|pixels)$/.test(new URL(request.url()).pathname))
          fetched.push(request.timing().responseEnd);
      });
      for (let turn = 0; turn <= OPENINGS; turn++) {
        const time = await open(page, `${desk.web}/cases/${caseId}`);
        // The first loads the page's code and has the film decoded.
        if (turn > 0) opened.push(time);
      }
      note("  moving it");
      const measurements: Measurement[] = [
        {
          what: "reload to its picture, median",
          value: quantile(opened, 0.5),
          unit: "ms",
        },
        {
          what: "of that its pixels, from request to last byte, median",
          value: quantile(fetched, 0.5),
          unit: "ms",
        },
      ];
      for (const [what, keys] of DRAGS)
        measurements.push(...(await drag(page, what, keys)));
      return measurements;
    } finally {
      await browser.close();
      await desk.stop();
    }
  },
};

/** The tool's key, and how often the film is made larger before. */
const DRAGS = [
  ["window, whole film", { tool: "w", larger: 0 }],
  ["window, one to one", { tool: "w", larger: 6 }],
  ["pan, one to one", { tool: "g", larger: 6 }],
  ["zoom", { tool: "z", larger: 0 }],
] as const;

/** Sixteen bits deep, with a grain in each pixel of its own. */
function largeFilm(): Uint8Array {
  const drawn = makePhantom({ seed: 6_000, size: DRAWN });
  const times = SIDE / DRAWN;
  const pixels = new Uint16Array(SIDE * SIDE);
  const depth = 65_000 / drawn.maxValue;
  let grain = 1;
  for (let y = 0; y < SIDE; y++)
    for (let x = 0; x < SIDE; x++) {
      grain = (Math.imul(grain, 1_103_515_245) + 12_345) & 0x7fffffff;
      const at = Math.trunc(y / times) * DRAWN + Math.trunc(x / times);
      pixels[y * SIDE + x] = (drawn.pixels[at] ?? 0) * depth + (grain >> 22);
    }
  const film = { width: SIDE, height: SIDE, pixels, maxValue: 65_535 };
  const patient = {
    familyName: "LARGE",
    givenName: "Film",
    id: "large-film",
    sex: "O",
  } as const;
  return encodePhantomDicom(film, patient, {
    bitsStored: 16,
    pixelSpacing: 0.07,
  });
}

/**
 * Milliseconds between frames while the film is dragged in circles, in the
 * page's own clock; text, since this file has no DOM types.
 */
const FRAMES = `window.framesFor = (ms) => new Promise((resolve) => {
  const frames = [];
  let last = 0, begun = 0;
  const next = (now) => {
    begun ||= now;
    if (last) frames.push(now - last);
    last = now;
    if (now - begun < ms) requestAnimationFrame(next); else resolve(frames);
  };
  requestAnimationFrame(next);
})`;

async function open(page: Page, address: string): Promise<number> {
  const begun = performance.now();
  await page.goto(address);
  await page.locator("[data-painted]").waitFor();
  return performance.now() - begun;
}

async function drag(
  page: Page,
  what: string,
  { tool, larger }: (typeof DRAGS)[number][1],
): Promise<Measurement[]> {
  const film = page.locator("[data-painted]");
  const bounds = await film.boundingBox();
  if (!bounds) throw new Error("the film has no place on the screen");
  const x = bounds.x + bounds.width / 2;
  const y = bounds.y + bounds.height / 2;
  await page.keyboard.press("0");
  for (let step = 0; step < larger; step++) await page.keyboard.press("+");
  await page.keyboard.press(tool);
  await page.mouse.move(x, y);
  await page.mouse.down();
  const measured = page.evaluate<number[]>(`framesFor(${String(DRAG_MS)})`);
  const end = performance.now() + DRAG_MS;
  for (let step = 0; performance.now() < end; step++)
    await page.mouse.move(
      x + 300 * Math.sin(step / 20),
      y + 200 * (1 - Math.cos(step / 25)),
    );
  const frames = await measured;
  await page.mouse.up();
  return [
    frame(`${what}: frame, median`, quantile(frames, 0.5)),
    frame(`${what}: frame, p95`, quantile(frames, 0.95)),
  ];
}

function frame(what: string, value: number): Measurement {
  const budget = `≤ ${String(BAR_FRAME_MS)} ms`;
  return { what, value, unit: "ms", budget, met: value <= BAR_FRAME_MS };
}
