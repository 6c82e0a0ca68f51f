import { performance } from "node:perf_hooks";
import type pg from "pg";
import { userViewer } from "../apps/api/src/access/viewer.ts";
import { AuditLog } from "../apps/api/src/audit/audit-log.ts";
import { CaseCommands } from "../apps/api/src/features/cases/case.commands.ts";
import { SitePolicies } from "../apps/api/src/features/policies/site-policies.ts";
import { INDEPENDENT_GRADES } from "../apps/api/src/features/thresholds/threshold-desk.rules.ts";
import { ThresholdDeskService } from "../apps/api/src/features/thresholds/threshold-desk.service.ts";
import { PolicyPlacementService } from "../apps/api/src/features/urgency/policy-placement.service.ts";
import { systemClock } from "../apps/api/src/platform/clock.ts";
import type { Benchmark, Measurement } from "./benchmark.ts";
import {
  fillTable,
  givePolicies,
  quantile,
  withBenchDatabase,
} from "./bench-database.ts";
import { BENCH_SITES } from "./bench-people.ts";

/** `LUNG_IRIS_LOOP_PREDICTIONS` is another number, for a quick look. */
export const PREDICTIONS = Number(
  process.env["LUNG_IRIS_LOOP_PREDICTIONS"] ?? 1_000_000,
);
export const DECIDED = PREDICTIONS / 10;
const OPEN = 500;
const BUDGET_MS = 500;
const REPEATS = 40;
const [SITE = ""] = BENCH_SITES;
/** The live one of the seeded cases. */
export const MODEL = "00000000-0000-7000-b000-000000000001";

/** The threshold desk of a site with many decided cases. */
export const thresholdsBenchmark: Benchmark = {
  name: "thresholds",
  description:
    "the threshold desk with 1,000,000 predictions and 100,000 decided cases",
  run: (note) =>
    withBenchDatabase(async ({ database, seed }) => {
      note(`  seeding ${PREDICTIONS.toLocaleString("en")} predictions`);
      await seedCases(seed);
      const { client } = database;
      const audit = new AuditLog(client, systemClock);
      const policies = new SitePolicies(client, () => true);
      const ruled = { client, audit, clock: systemClock, policies };
      const commands = new CaseCommands(systemClock);
      const placement = new PolicyPlacementService({ ...ruled, commands });
      const desk = new ThresholdDeskService({ ...ruled, placement });
      const read = (step: number) =>
        desk.read(VIEWER, {
          siteId: SITE,
          ageGroup: step % 5 === 0 ? "child" : "adult",
          harmWeight: 1 + step,
          grades:
            step % 2 === 0
              ? INDEPENDENT_GRADES
              : [...INDEPENDENT_GRADES, "ONE_AFTER_AI"],
        });
      const first = await read(1);
      if (first === null || first.cases < DECIDED / 2)
        throw new Error("the desk counts less than was seeded");
      const preview = (step: number) =>
        desk.preview(VIEWER, SITE, {
          ageGroup: "adult",
          threshold: (1 + step) / 100,
        });
      return [
        measure("p95, the desk", await timeEach(read)),
        measure(
          `p95, the preview of ${String(OPEN)} open cases`,
          await timeEach(preview),
        ),
      ];
    }),
};

async function timeEach(
  work: (step: number) => Promise<unknown>,
): Promise<number[]> {
  const times: number[] = [];
  for (let step = 0; step < REPEATS; step++) {
    const start = performance.now();
    await work(step);
    times.push(performance.now() - start);
  }
  return times;
}

function measure(what: string, times: readonly number[]): Measurement {
  const value = quantile(times, 0.95);
  return {
    what,
    value,
    unit: "ms",
    budget: `≤ ${String(BUDGET_MS)} ms`,
    met: value <= BUDGET_MS,
  };
}

const VIEWER = userViewer(
  {
    userId: "00000000-0000-7000-9000-000000000001",
    sessionId: "bench",
    name: "Bench",
    email: "bench@example.org",
    role: "ADMIN",
    siteIds: BENCH_SITES,
    sessionExpiresAt: new Date("2100-01-01"),
  },
  { address: null, userAgent: null, requestId: "bench" },
);

/** Three years of cases: the newest are open, every tenth of the others decided. */
export async function seedCases(seed: pg.Client): Promise<void> {
  await seed.query(
    `INSERT INTO "Site" ("id", "code", "name") VALUES ($1, 'S', 'Site')`,
    [SITE],
  );
  await givePolicies(seed);
  await seed.query(
    `INSERT INTO "ModelVersion" ("id", "name", "sha256", "fingerprint", "manifest")
     VALUES ($1, 'bench', repeat('a', 64), repeat('a', 64), $2)`,
    [MODEL, MANIFEST],
  );
  await seed.query(
    `INSERT INTO "ModelRole" ("id", "modelVersionId", "role", "since", "byId", "byName")
     VALUES (gen_random_uuid(), $1, 'LIVE', now(), 'SYSTEM', 'bench')`,
    [MODEL],
  );
  for (const [table, sql] of Object.entries(FILLS))
    await fillTable(seed, table, () => seed.query(sql));
}

const MANIFEST = {
  id: "bench",
  weights: { sha256: "a".repeat(64), bytes: 1, parameters: 1 },
  input: { size: 64 },
  findings: [
    {
      code: "pneumonia",
      thresholds: { adult: { balanced: 0.42 }, child: { balanced: 0.37 } },
    },
  ],
};

/** A number in 0…1 that depends on n and a salt only. */
const dice = (salt: number): string =>
  `((hashint8(n * 31 + ${String(salt)})::bigint & 1048575) / 1048576.0)`;
const id = (kind: string, n = "n"): string =>
  `('00000000-0000-7000-${kind}-' || lpad((${n})::text, 12, '0'))::uuid`;
const ALL = `generate_series(1, ${String(PREDICTIONS)}::bigint) n`;
const STEP = PREDICTIONS / DECIDED;
const IS_OPEN = `n > ${String(PREDICTIONS - OPEN)}`;
const ARRIVED = `now() - (${String(PREDICTIONS)} - n) * interval '95 seconds'`;
/** Films with the finding score higher: squares of a die, turned round. */
const PROBABILITY = `CASE WHEN ${dice(2)} < 0.2 THEN 1 - ${dice(1)} ^ 2
  ELSE ${dice(1)} ^ 2 END * 0.98 + 0.01`;

/** What is read of cases, films and labels; the rest has its defaults. */
const FILLS: Record<string, string> = {
  Study: `INSERT INTO "Study" ("id", "siteId", "patientId", "studyInstanceUid",
      "createdAt")
    SELECT ${id("a001")}, '${SITE}', ${id("a000", "1 + n % 400000")},
      '2.25.' || n, ${ARRIVED} FROM ${ALL}`,
  Image: `INSERT INTO "Image" ("id", "siteId", "studyId", "sha256", "format",
      "bytes", "width", "height", "bitsStored", "windowCenter", "windowWidth",
      "originalName")
    SELECT ${id("a002")}, '${SITE}', ${id("a001")}, n::text, 'DICOM', 1, 1, 1,
      12, 1, 1, '' FROM ${ALL}`,
  Prediction: `INSERT INTO "Prediction" ("id", "imageId", "modelVersionId",
      "gateStatus", "engine", "milliseconds")
    SELECT ${id("a003")}, ${id("a002")}, '${MODEL}', 'ASSESSED', 'wasm', 1
    FROM ${ALL}`,
  PredictionFinding: `INSERT INTO "PredictionFinding" ("predictionId", "code",
      "probability", "low", "high", "ownThreshold", "ageGroup", "groupFrom")
    SELECT ${id("a003")}, 'pneumonia', ${PROBABILITY}, 0, 1, 0.42,
      CASE WHEN ${dice(3)} < 0.1 THEN 'child' ELSE 'adult' END, 'age'
    FROM ${ALL}`,
  Case: `INSERT INTO "Case" ("id", "siteId", "studyId", "state", "assessment",
      "probability", "threshold", "shownPredictionId", "decidedLabel",
      "patientId", "patientName", "mrn", "searchText", "arrivedAt", "updatedAt")
    SELECT ${id("a004")}, '${SITE}', ${id("a001")},
      CASE WHEN ${IS_OPEN} THEN 'WAITING' ELSE 'SIGNED' END::"CaseState",
      'ASSESSED', ${PROBABILITY}, 0.42, ${id("a003")},
      CASE WHEN ${IS_OPEN} THEN NULL ELSE 'NORMAL' END::"Label",
      ${id("a000", "1 + n % 400000")}, '', '', '', ${ARRIVED}, now()
    FROM ${ALL}`,
  CaseLabel: `INSERT INTO "CaseLabel" ("id", "siteId", "caseId", "version",
      "readingVersionId", "label", "grade", "since")
    SELECT ${id("a005")}, '${SITE}', ${id("a004")}, 1, ${id("a006")},
      CASE WHEN ${dice(2)} < 0.2 THEN 'PNEUMONIA' ELSE 'NORMAL' END::"Label",
      (ARRAY['ONE_BLIND', 'ONE_AFTER_AI', 'TWO_AGREE', 'ONE_BLIND'])[1 +
        floor(${dice(4)} * 4)::int]::"LabelGrade", now()
    FROM generate_series(${String(STEP)}, ${String(PREDICTIONS - OPEN)}::bigint,
      ${String(STEP)}) n`,
  DecidedScore: `INSERT INTO "DecidedScore" SELECT * FROM decided_scores_of(NULL)`,
};
