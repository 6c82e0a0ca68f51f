import { rm } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { defaultModelDir } from "@lung-iris/inference";
import { systemClock } from "../apps/api/src/platform/clock.ts";
import { chestPng, uploadOne } from "../tests/testkit/films.ts";
import { recalibratedFolder } from "../tests/testkit/models.ts";
import { promotedByTwo } from "../tests/testkit/promotions.ts";
import { asStaff, signedInAs } from "../tests/testkit/viewers.ts";
import { withBenchDesk, type BenchDesk } from "./bench-desk.ts";
import { quantile } from "./bench-database.ts";
import type { Benchmark, Measurement } from "./benchmark.ts";

const ROUNDS = 5;
const BUDGET_MS = 5_000;
const WAIT_MS = 120_000;
const ROLL_BACK = `mutation ($input: DecidePromotionInput!) {
  rollBackPromotion(input: $input) { state } }`;

/** How soon films are answered by what was live before a promotion. */
export const rollbackBenchmark: Benchmark = {
  name: "rollback",
  description:
    "a promotion taken back, until a film is answered by the model before",
  async run(note) {
    const folder = await recalibratedFolder();
    // The desk's processes are given this one's environment.
    process.env["LUNG_IRIS_MODEL"] = `${defaultModelDir()},${folder}`;
    try {
      return await withBenchDesk((desk) => measure(desk, note));
    } finally {
      delete process.env["LUNG_IRIS_MODEL"];
      await rm(dirname(folder), { recursive: true, force: true });
    }
  },
};

async function measure(
  { database, url }: BenchDesk,
  note: (line: string) => void,
): Promise<Measurement[]> {
  const server = { database, address: url, clock: systemClock };
  const { client } = database;
  const candidate = await client.modelVersion.findFirstOrThrow({
    where: { name: "recalibrated" },
  });
  const { id: siteId } = await client.site.findFirstOrThrow();
  const first = await signedInAs(server, "ADMIN", [siteId]);
  const second = await signedInAs(server, "ADMIN", [siteId]);
  const staff = await asStaff(server, siteId);
  const answeredBy = async (seed: number): Promise<string> => {
    const { imageId } = await uploadOne(staff, await chestPng(seed));
    const end = Date.now() + WAIT_MS;
    while (Date.now() < end) {
      const found = await client.prediction.findFirst({
        where: { imageId, role: "LIVE" },
        include: { modelVersion: true },
      });
      if (found !== null) return found.modelVersion.name;
      await sleep(20);
    }
    throw new Error("no film was answered");
  };
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const admins = [first, second] as const;
    const promotionId = await promotedByTwo(
      server,
      admins,
      siteId,
      candidate.id,
    );
    const under = await answeredBy(9_000 + 2 * round);
    if (under !== candidate.name) throw new Error(`${under} is live`);
    const input = { promotionId, reason: "a benchmark" };
    const start = performance.now();
    (await first.execute(ROLL_BACK, { input })).anyData();
    const before = await answeredBy(9_001 + 2 * round);
    times.push(performance.now() - start);
    if (before === candidate.name) throw new Error("it is still live");
    note(`  round ${String(round + 1)}: ${times.at(-1)?.toFixed(0) ?? ""} ms`);
  }
  const slowest = Math.max(...times);
  return [
    {
      what: "rolled back to answered by the model before, median",
      value: quantile(times, 0.5),
      unit: "ms",
    },
    {
      what: "the same, slowest",
      value: slowest,
      unit: "ms",
      budget: "≤ 5 s",
      met: slowest <= BUDGET_MS,
    },
  ];
}
