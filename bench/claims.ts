import { randomUUID } from "node:crypto";
import { performance } from "node:perf_hooks";
import { userViewer } from "../apps/api/src/access/viewer.ts";
import { AuditLog } from "../apps/api/src/audit/audit-log.ts";
import { RecentLooks } from "../apps/api/src/audit/recent-looks.ts";
import { AppError } from "../apps/api/src/errors.ts";
import { CaseCommands } from "../apps/api/src/features/cases/case.commands.ts";
import { SitePolicies } from "../apps/api/src/features/policies/site-policies.ts";
import { CaseService } from "../apps/api/src/features/cases/case.service.ts";
import { SecondReadService } from "../apps/api/src/features/second-reads/second-read.service.ts";
import { NextCaseService } from "../apps/api/src/features/worklist/next-case/next-case.service.ts";
import { systemClock } from "../apps/api/src/platform/clock.ts";
import type { Benchmark } from "./benchmark.ts";
import { givePolicies, withBenchDatabase } from "./bench-database.ts";
import type { BenchDatabase } from "./bench-database.ts";

/** Each case is fought over by this many readers at once. */
const READERS = 10;
const CASES = 10_000;
const SITE = "00000000-0000-7000-8000-000000000001";
const readerId = (n: number): string =>
  `00000000-0000-7000-9000-${String(n).padStart(12, "0")}`;
const caseId = (n: number): string =>
  `00000000-0000-7000-8001-${String(n).padStart(12, "0")}`;

/**
 * A hundred thousand claims on ten thousand cases, then readers who all ask
 * for the next until nothing waits: nobody gets a case twice.
 */
export const claimsBenchmark: Benchmark = {
  name: "claims",
  description:
    "100,000 claims by ten readers at once, then all ask for the next: no case given twice",
  run: (note) =>
    withBenchDatabase(async (bench) => {
      await seedPeople(bench);
      await seedCases(bench, 0);
      const { client } = bench.database;
      const audit = new AuditLog(client, systemClock);
      const recent = new RecentLooks(systemClock);
      const policies = new SitePolicies(client);
      const ruled = { client, clock: systemClock, audit, recent, policies };
      const commands = new CaseCommands(systemClock);
      const cases = new CaseService({ ...ruled, commands });
      const secret = "only-for-benchmarks";
      const secondReads = new SecondReadService({
        ...ruled,
        commands,
        cases,
        secret,
      });
      const start = performance.now();
      let won = 0;
      for (let n = 1; n <= CASES; n++) {
        const claims = Array.from({ length: READERS }, (_, reader) =>
          claim(cases, reader + 1, n),
        );
        won += (await Promise.all(claims)).filter(Boolean).length;
        if (n % 1_000 === 0)
          note(`  ${(n * READERS).toLocaleString("en")} claims`);
      }
      const seconds = (performance.now() - start) / 1000;
      const events = await client.auditEvent.count({
        where: { type: "case.claimed" },
      });
      await seedCases(bench, CASES);
      const next = new NextCaseService({ ...ruled, cases, secondReads });
      const nextStart = performance.now();
      const given = await giveAll(next, note);
      const nextSeconds = (performance.now() - nextStart) / 1000;
      return [
        {
          what: "cases given as the next twice or never",
          value: 2 * given.length - new Set(given).size - CASES,
          unit: "cases",
          budget: "0",
          met: given.length === CASES && new Set(given).size === CASES,
        },
        {
          what: "next cases given",
          value: given.length / nextSeconds,
          unit: "cases/s",
        },
        {
          what: "cases claimed twice or never",
          value: Math.abs(won - CASES),
          unit: "cases",
          budget: "0",
          met: won === CASES,
        },
        {
          what: "claims without their event, or events without a claim",
          value: Math.abs(events - CASES),
          unit: "events",
          budget: "0",
          met: events === CASES,
        },
        {
          what: "claims tried",
          value: (CASES * READERS) / seconds,
          unit: "claims/s",
        },
      ];
    }),
};

/** Every reader asks for the next case until none waits; what they got. */
async function giveAll(
  next: NextCaseService,
  note: (line: string) => void,
): Promise<string[]> {
  const given: string[] = [];
  await Promise.all(
    Array.from({ length: READERS }, async (_, reader) => {
      const viewer = viewerOf(reader + 1);
      for (;;) {
        const request = { siteId: SITE, passed: [] };
        const row = await next.claim(viewer, request, null);
        if (row === null) return;
        given.push(row.id);
        if (given.length % 2_000 === 0)
          note(`  ${given.length.toLocaleString("en")} given`);
      }
    }),
  );
  return given;
}

/** Whether the claim won; a loss must be the refusal that it should be. */
async function claim(
  cases: CaseService,
  reader: number,
  n: number,
): Promise<boolean> {
  try {
    await cases.claim(viewerOf(reader), caseId(n));
    return true;
  } catch (error) {
    const isLoss =
      error instanceof AppError && error.code === "CASE_CLAIMED_BY_ANOTHER";
    if (!isLoss) throw error;
    return false;
  }
}

function viewerOf(n: number) {
  return userViewer(
    {
      userId: readerId(n),
      sessionId: `bench-${String(n)}`,
      name: `Reader ${String(n)}`,
      email: `reader${String(n)}@example.org`,
      role: "RADIOLOGIST",
      siteIds: [SITE],
      sessionExpiresAt: new Date("2100-01-01"),
    },
    { address: null, userAgent: null, requestId: randomUUID() },
  );
}

async function seedPeople({ seed }: BenchDatabase): Promise<void> {
  await seed.query(
    `INSERT INTO "Site" ("id", "code", "name") VALUES ($1, 'S1', 'Site 1')`,
    [SITE],
  );
  await givePolicies(seed);
  await seed.query(
    `INSERT INTO "User" ("id", "email", "name", "role", "updatedAt")
     SELECT ('00000000-0000-7000-9000-' || lpad(n::text, 12, '0'))::uuid,
       'reader' || n || '@example.org', 'Reader ' || n, 'RADIOLOGIST', now()
     FROM generate_series(1, ${String(READERS)}) n`,
  );
}

/** Waiting cases of every urgency, numbered from `after`. */
async function seedCases(
  { seed }: BenchDatabase,
  after: number,
): Promise<void> {
  await seed.query(
    `INSERT INTO "Case" ("id", "siteId", "studyId", "patientId", "patientName",
       "mrn", "searchText", "urgency", "updatedAt")
     SELECT ('00000000-0000-7000-8001-' || lpad(n::text, 12, '0'))::uuid, $1,
       gen_random_uuid(), gen_random_uuid(), 'PATIENT, ' || n, 'MRN-' || n, '',
       (enum_range(NULL::"Urgency"))[1 + n % 4], now()
     FROM generate_series(${String(after + 1)}, ${String(after + CASES)}) n`,
    [SITE],
  );
}
