import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import { startFakeS3 } from "../apps/api/src/platform/testing/fake-s3.ts";
import { startDesk, watchHealth } from "../tests/testkit/desk.ts";
import { chestPng, upload } from "../tests/testkit/films.ts";
import { aSite, asStaff, type SignedIn } from "../tests/testkit/viewers.ts";
import type { Measurement } from "./benchmark.ts";

const SILENT_SECONDS = 60;
/** Bars of a bad day. */
const ANSWER_MS = 2_000;
const BACK_SECONDS = 60;

/**
 * A desk whose films lie in a bucket that takes connections and answers none for
 * a minute: /healthz and lists meanwhile, and what became of the film that was
 * accepted just before.
 */
export async function measureSilentStore(): Promise<Measurement[]> {
  const folder = await mkdtemp(join(tmpdir(), "lung-iris-silent-store-"));
  const bucket = await startFakeS3();
  const desk = await startDesk(join(folder, "data"), {
    LUNG_IRIS_OBJECT_STORE: "s3://films/desk",
    AWS_ENDPOINT_URL: bucket.endpoint,
    AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: "bench",
    AWS_SECRET_ACCESS_KEY: "bench",
  });
  try {
    const staff = await asStaff(desk, (await aSite(desk)).id);
    const predictions = () => desk.database.client.prediction.count();
    await outcomeOf(staff, 1);
    while ((await predictions()) < 1) await sleep(250);
    await outcomeOf(staff, 2);
    bucket.fallSilent(true);
    const health = watchHealth(desk.address);
    const silence = await askWhileSilent(staff);
    bucket.fallSilent(false);
    const backAt = performance.now();
    while ((await outcomeOf(staff, 3)) !== "accepted") await sleep(500);
    while ((await predictions()) < 3) await sleep(250);
    const seconds = (performance.now() - backAt) / 1_000;
    const seen = await health();
    const what = "object store silent";
    return [
      {
        what: `${what}: slowest of ${String(seen.asked)} answers of /healthz`,
        value: seen.slowestMs,
        unit: "ms",
        budget: `≤ ${String(ANSWER_MS)} ms, none missing`,
        met: seen.failed === 0 && seen.slowestMs <= ANSWER_MS,
      },
      {
        what: `${what}: lists refused, of ${String(silence.lists)}`,
        value: silence.refusedLists,
        unit: "lists",
        budget: "0",
        met: silence.refusedLists === 0,
      },
      {
        what: `${what}: films accepted without a place for them`,
        value: silence.accepted,
        unit: "films",
        budget: "0",
        met: silence.accepted === 0,
      },
      {
        what: `${what}: all back after`,
        value: seconds,
        unit: "s",
        budget: `≤ ${String(BACK_SECONDS)} s`,
        met: seconds <= BACK_SECONDS,
      },
    ];
  } finally {
    await desk.stop();
    await bucket.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Lists and films, all the while, as people ask for them. */
async function askWhileSilent(
  staff: SignedIn,
): Promise<{ lists: number; refusedLists: number; accepted: number }> {
  const seen = { lists: 0, refusedLists: 0, accepted: 0 };
  const end = performance.now() + 1_000 * SILENT_SECONDS;
  while (performance.now() < end) {
    const answer = await staff.execute("{ worklist { totalCount } }");
    seen.lists += 1;
    if (answer.code !== null) seen.refusedLists += 1;
    if ((await outcomeOf(staff, 3)) === "accepted") seen.accepted += 1;
    await sleep(500);
  }
  return seen;
}

async function outcomeOf(
  staff: SignedIn,
  seed: number,
): Promise<string | undefined> {
  const bytes = await chestPng(2_000 + seed);
  const answer = await upload(staff, [{ name: "film.png", bytes }]).catch(
    () => null,
  );
  return answer?.results[0]?.outcome;
}
