import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { freePort } from "@lung-iris/local-postgres";

import {
  isHealthy,
  startDesk,
  watchHealth,
  type RunningDesk,
} from "../tests/testkit/desk.ts";
import { chestPng, upload } from "../tests/testkit/films.ts";
import { signalFamily } from "../tests/testkit/signals.ts";
import { aSite, asStaff, type SignedIn } from "../tests/testkit/viewers.ts";
import { measureSilentStore } from "./bad-day-store.ts";
import type { Benchmark, Measurement } from "./benchmark.ts";

const WEB_BUILD = new URL("../apps/web/.next/BUILD_ID", import.meta.url);
/** Bars of a bad day. */
const ANSWER_MS = 2_000;
const BACK_SECONDS = 60;

/** What a signal is sent to, and how it shows that it is back. */
interface Trial {
  what: string;
  strike: (desk: RunningDesk) => Promise<void>;
  isBack: (on: Stage) => Promise<boolean>;
  /** The API itself is struck: it cannot answer before it is back. */
  strikesApi?: true;
}

interface Stage {
  desk: RunningDesk;
  staff: SignedIn;
  web: string;
  /** Predictions before the trial's film, which then makes one more. */
  predictions: number;
  /** The trainer's process before the trial. */
  trainer: number;
}

const stop =
  (name: "api" | "worker" | "trainer" | "web") => async (desk: RunningDesk) =>
    signalFamily(await desk.pidOf(name), "SIGSTOP");
const strikeDatabase =
  (signal: "SIGSTOP" | "SIGKILL") => async (desk: RunningDesk) =>
    signalFamily(await desk.postgresPid(), signal);
const hasPrediction = async ({ desk, predictions }: Stage): Promise<boolean> =>
  (await desk.database.client.prediction.count().catch(() => 0)) > predictions;
/** Films go on without it: another process in its place is what shows it. */
const hasOtherTrainer = async ({ desk, trainer }: Stage): Promise<boolean> =>
  ![0, trainer].includes(await desk.pidOf("trainer"));

const TRIALS: readonly Trial[] = [
  {
    what: "worker stopped (SIGSTOP)",
    strike: stop("worker"),
    isBack: hasPrediction,
  },
  {
    what: "worker killed",
    strike: async (desk) => signalFamily(await desk.pidOf("worker"), "SIGKILL"),
    isBack: hasPrediction,
  },
  {
    what: "trainer stopped (SIGSTOP)",
    strike: stop("trainer"),
    isBack: hasOtherTrainer,
  },
  {
    what: "API stopped (SIGSTOP)",
    strike: stop("api"),
    isBack: hasPrediction,
    strikesApi: true,
  },
  {
    what: "database stopped (SIGSTOP)",
    strike: strikeDatabase("SIGSTOP"),
    isBack: hasPrediction,
  },
  {
    what: "database killed",
    strike: strikeDatabase("SIGKILL"),
    isBack: hasPrediction,
  },
];
const WEB_TRIAL: Trial = {
  what: "web stopped (SIGSTOP)",
  strike: stop("web"),
  isBack: ({ web }) => isServed(web),
};

/**
 * Each process of a desk stopped or killed once: the slowest answer of
 * /healthz meanwhile, and the seconds from the signal until a film that was
 * sent afterwards has its prediction (of the web: until a page is served; of
 * the trainer: until another is in its place).
 */
export const badDayBenchmark: Benchmark = {
  name: "bad-day",
  description:
    "each process stopped or killed, the object store silent: /healthz meanwhile, seconds until all is back",
  async run(note) {
    const folder = await mkdtemp(join(tmpdir(), "lung-iris-bad-day-"));
    const webPort = await freePort();
    const hasWeb = existsSync(WEB_BUILD);
    if (!hasWeb) note("The web is not built, so it is left out: npm run build");
    const desk = await startDesk(join(folder, "data"), {
      LUNG_IRIS_WEB_PORT: String(webPort),
      LUNG_IRIS_SERVICES: `api,worker,trainer${hasWeb ? ",web" : ""}`,
    });
    try {
      const staff = await asStaff(desk, (await aSite(desk)).id);
      const web = `http://127.0.0.1:${String(webPort)}/sign-in`;
      const measurements: Measurement[] = [];
      const trials = hasWeb ? [...TRIALS, WEB_TRIAL] : TRIALS;
      for (const [at, trial] of trials.entries()) {
        note(`  ${trial.what}`);
        const predictions = await desk.database.client.prediction.count();
        const trainer = await desk.pidOf("trainer");
        const stage = { desk, staff, web, predictions, trainer };
        measurements.push(...(await measure(trial, stage, at)));
      }
      note("  object store silent for a minute");
      measurements.push(...(await measureSilentStore()));
      return measurements;
    } finally {
      await desk.stop();
      await rm(folder, { recursive: true, force: true });
    }
  },
};

async function measure(
  { what, strike, isBack, strikesApi }: Trial,
  stage: Stage,
  seed: number,
): Promise<Measurement[]> {
  const { desk, staff } = stage;
  await strike(desk);
  const struckAt = performance.now();
  const health = strikesApi ? null : watchHealth(desk.address);
  if (strikesApi) while (!(await isHealthy(desk.address))) await sleep(250);
  const bytes = await chestPng(1_000 + seed);
  // Refused while the database is away: sent until it is taken, as people do.
  while (!(await isTaken(staff, bytes))) await sleep(500);
  while (!(await isBack(stage))) await sleep(250);
  const seconds = (performance.now() - struckAt) / 1_000;
  const seen = await health?.();
  const back: Measurement = {
    what: `${what}: all back after`,
    value: seconds,
    unit: "s",
    budget: `≤ ${String(BACK_SECONDS)} s`,
    met: seconds <= BACK_SECONDS,
  };
  if (seen === undefined) return [back];
  const answers: Measurement = {
    what: `${what}: slowest of ${String(seen.asked)} answers of /healthz`,
    value: seen.slowestMs,
    unit: "ms",
    budget: `≤ ${String(ANSWER_MS)} ms, none missing`,
    met: seen.failed === 0 && seen.slowestMs <= ANSWER_MS,
  };
  return [answers, back];
}

async function isTaken(staff: SignedIn, bytes: Buffer): Promise<boolean> {
  const answer = await upload(staff, [{ name: "film.png", bytes }]).catch(
    () => null,
  );
  const outcome = answer?.results[0]?.outcome;
  return outcome === "accepted" || outcome === "duplicate";
}

async function isServed(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(5_000) });
    return response.ok;
  } catch {
    return false;
  }
}
