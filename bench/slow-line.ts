import { setTimeout as sleep } from "node:timers/promises";
import type { Page } from "playwright-core";
import { encodePhantomDicom, makePhantom } from "@lung-iris/phantom";
import { DEMO_PASSWORD } from "../apps/api/src/demo/demo-login.ts";
import { launchBrowser } from "../scripts/browser.ts";
import { startOwnDesk } from "../scripts/own-desk.ts";
import {
  GOOD_LINE,
  openSlowLine,
  type LineFaults,
  type SlowLine,
} from "../scripts/slow-line.ts";
import type { Benchmark, Measurement } from "./benchmark.ts";

/** Of a film, at the pace that makes it ten minutes with its pauses. */
const MINUTES = 10;
const SIDE = 1_536;
const STALLS = 8;
const STALL_MS = 25_000;
/** The line breaks once, when about half has left. */
const BREAK_AT = 0.5;

/** Films that take ten minutes over a line with pauses that breaks. */
export const slowLineBenchmark: Benchmark = {
  name: "slow-line",
  description: `films over a line of ${String(MINUTES)} minutes with pauses and a break`,
  async run(note) {
    const desk = await startOwnDesk();
    try {
      return await measureSlowLine(desk, note);
    } finally {
      await desk.stop();
    }
  },
};

/**
 * One film as a form, another in pieces whose line breaks in the middle: each
 * must be there afterwards, once.
 *
 * @param desk a running desk with demo users.
 */
export async function measureSlowLine(
  desk: { web: string },
  note: (line: string) => void,
  minutes = MINUTES,
): Promise<Measurement[]> {
  const films = [film(1), film(2)] as const;
  const { hostname, port } = new URL(desk.web);
  const steady = await openSlowLine({ host: hostname, port: Number(port) });
  const breaking = await openSlowLine({ host: hostname, port: Number(port) });
  const browser = await launchBrowser();
  const pageOver = async (line: SlowLine): Promise<Page> => {
    const page = await (await browser.newContext()).newPage();
    await signIn(page, `http://127.0.0.1:${String(line.port)}`);
    line.setFaults(faultsFor(films[0].length, minutes));
    return page;
  };
  try {
    const pages = [await pageOver(steady), await pageOver(breaking)] as const;
    note(`  sending two films of ${String(films[0].length >> 20)} MB`);
    const start = performance.now();
    const breaks = sleep(minutes * 60_000 * BREAK_AT).then(() => {
      breaking.breakAll();
      note("  the second line broke");
    });
    const [asForm, inPieces] = await Promise.all([
      timed(start, sendAsForm(pages[0], films[0])),
      timed(start, sendInPieces(pages[1], films[1])),
    ]);
    await breaks;
    steady.setFaults(GOOD_LINE);
    breaking.setFaults(GOOD_LINE);
    const again = [
      await sendAsForm(pages[0], films[0]),
      await sendAsForm(pages[1], films[1]),
    ];
    return [
      ...arrived("as a form", asForm, again[0]),
      ...arrived("in pieces over a line that broke", inPieces, again[1]),
      {
        what: "requests that the break cut in the middle",
        value: breaking.broken(),
        unit: "requests",
        budget: "≥ 1",
        met: breaking.broken() >= 1,
      },
    ];
  } finally {
    await browser.close();
    await steady.close();
    await breaking.close();
  }
}

function film(seed: number): Uint8Array {
  const patient = {
    familyName: "SLOW",
    givenName: `Line ${String(seed)}`,
    id: `slow-line-${String(seed)}`,
    sex: "F",
    birthDate: "19700302",
  } as const;
  return encodePhantomDicom(makePhantom({ seed, size: SIDE }), patient);
}

/** So slow, and with such pauses, that the film takes as long as is wanted. */
function faultsFor(bytes: number, minutes: number): LineFaults {
  const stallMs = Math.min(STALL_MS, (minutes * 60_000) / (2 * STALLS));
  const seconds = minutes * 60 - (STALLS * stallMs) / 1000;
  return {
    bytesPerSecond: bytes / seconds,
    stallEvery: bytes / STALLS,
    stallMs,
  };
}

async function signIn(page: Page, web: string): Promise<void> {
  await page.goto(`${web}/sign-in`);
  await page.getByLabel("Email").fill("staff@demo.lung-iris");
  await page.locator('input[type="password"]').fill(DEMO_PASSWORD);
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => !url.pathname.includes("sign-in"));
  await page.goto(`${web}/upload`);
}

/** What became of a film, and when. */
interface Sent {
  outcome: string;
  seconds: number;
}

async function timed(start: number, sent: Promise<string>): Promise<Sent> {
  const outcome = await sent;
  return { outcome, seconds: (performance.now() - start) / 1000 };
}

/** POST /api/upload from the page, as every program may send. */
function sendAsForm(page: Page, bytes: Uint8Array): Promise<string> {
  const base64 = Buffer.from(bytes).toString("base64");
  // Text, since this file has no DOM types.
  return page.evaluate<string>(`(async () => {
    const bytes = Uint8Array.from(atob(${JSON.stringify(base64)}), (c) => c.charCodeAt(0));
    const form = new FormData();
    form.append("film", new Blob([bytes]), "slow.dcm");
    const answer = await fetch("/api/upload", { method: "POST", body: form });
    const text = await answer.text();
    try { return JSON.parse(text).results[0].outcome; } catch { return answer.status + " " + text.slice(0, 200); }
  })()`);
}

/** The page's own way: a file is chosen, and nothing more is done. */
async function sendInPieces(page: Page, bytes: Uint8Array): Promise<string> {
  // The answer to the last piece is the film's; those before have none.
  const last = page.waitForResponse(
    (answer) =>
      answer.request().method() === "PATCH" && answer.status() === 200,
    { timeout: 3 * MINUTES * 60_000 },
  );
  await page
    .locator('input[type="file"]')
    .first()
    .setInputFiles({
      name: "pieces.dcm",
      mimeType: "application/dicom",
      buffer: Buffer.from(bytes),
    });
  const { results } = (await (await last).json()) as {
    results: { outcome: string }[];
  };
  return results[0]?.outcome ?? "no answer";
}

function arrived(
  what: string,
  sent: Sent,
  again: string | undefined,
): Measurement[] {
  return [
    { what: `film ${what}, until its answer`, value: sent.seconds, unit: "s" },
    {
      what: `film ${what}: ${sent.outcome}, the same again: ${again ?? "—"}`,
      value: sent.outcome === "accepted" && again === "duplicate" ? 1 : 0,
      unit: "film",
      budget: "1",
      met: sent.outcome === "accepted" && again === "duplicate",
    },
  ];
}
