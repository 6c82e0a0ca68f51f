import { tmpdir } from "node:os";
import { performance } from "node:perf_hooks";
import type pg from "pg";
import { userViewer } from "../apps/api/src/access/viewer.ts";
import { AuditLog } from "../apps/api/src/audit/audit-log.ts";
import { AuditService } from "../apps/api/src/audit/audit.service.ts";
import type { AuditRequest } from "../apps/api/src/audit/audit-query.ts";
import { CheckpointFolder } from "../apps/api/src/audit/checkpoints/checkpoint-folder.ts";
import { RecentLooks } from "../apps/api/src/audit/recent-looks.ts";
import { systemClock } from "../apps/api/src/platform/clock.ts";
import type { Benchmark, Measurement } from "./benchmark.ts";
import { fillTable, quantile, withBenchDatabase } from "./bench-database.ts";
import { BENCH_SITES, benchReader } from "./bench-people.ts";

const EVENTS = 5_000_000;
const PATIENTS = 200_000;
const BUDGET_MS = 300;
/** Pages of each search: the first, and three further down. */
const PAGES = 4;
const REPEATS = 3;

const patientId = (n: number): string =>
  `00000000-0000-7000-a000-${String(n).padStart(12, "0")}`;

/** A page of the audit trail at five million events, by every filter. */
export const auditSearchBenchmark: Benchmark = {
  name: "audit-search",
  description: "a page of the audit trail with 5,000,000 events",
  run: (note) =>
    withBenchDatabase(async ({ database, seed }) => {
      note(`  seeding ${EVENTS.toLocaleString("en")} events`);
      await seedEvents(seed);
      const { client } = database;
      const audit = new AuditLog(client, systemClock);
      const recent = new RecentLooks(systemClock);
      const checkpoints = new CheckpointFolder(tmpdir()); // verifies nothing here
      const service = new AuditService({ client, audit, recent, checkpoints });
      const all: number[] = [];
      const measurements: Measurement[] = [];
      for (const [name, request] of Object.entries(FILTERS)) {
        const times: number[] = [];
        for (let repeat = 0; repeat < REPEATS; repeat++)
          times.push(...(await timePages(service, request)));
        all.push(...times);
        measurements.push(measure(`p95, ${name}`, times));
      }
      return [measure("p95, all filters", all), ...measurements];
    }),
};

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

async function timePages(
  service: AuditService,
  request: AuditRequest,
): Promise<number[]> {
  const times: number[] = [];
  let after: string | null = null;
  for (let page = 0; page < PAGES; page++) {
    const start = performance.now();
    const result = await service.search(VIEWER, request, { first: 50, after });
    times.push(performance.now() - start);
    after = result.pageInfo.hasNextPage ? result.pageInfo.endCursor : null;
    if (after === null) break;
  }
  return times;
}

const VIEWER = userViewer(
  {
    userId: "00000000-0000-7000-9000-000000000001",
    sessionId: "bench",
    name: "Bench",
    email: "bench@example.org",
    role: "AUDITOR",
    siteIds: BENCH_SITES,
    sessionExpiresAt: new Date("2100-01-01"),
  },
  { address: null, userAgent: null, requestId: "bench" },
);

const FILTERS: Record<string, AuditRequest> = {
  "no filter": {},
  "a common type": { types: ["case.opened"] },
  "a rare type": { types: ["user.created"] },
  "a type that never was": { types: ["audit.exported"] },
  "one user": { actorId: benchReader(7) },
  "fifty users of one name": { actorSearch: "nguyen" },
  "fifty users, a day two years ago": {
    actorSearch: "nguyen",
    after: new Date("2024-03-05T00:00:00Z"),
    before: new Date("2024-03-06T00:00:00Z"),
  },
  "one user, a type they never did": {
    actorId: benchReader(7),
    types: ["audit.verified"],
  },
  "fifty users and one patient": {
    actorSearch: "nguyen",
    patientId: patientId(4711),
  },
  "one patient": { patientId: patientId(4711) },
  "patients by name": { patientSearch: "quach 123" },
  "a record number": { patientSearch: "0123456" },
  "one subject": { subjectId: "case-123456" },
  "one day, two years ago": {
    after: new Date("2024-03-05T00:00:00Z"),
    before: new Date("2024-03-06T00:00:00Z"),
  },
  "one user in one month": {
    actorId: benchReader(3),
    after: new Date("2023-03-01T00:00:00Z"),
    before: new Date("2023-04-01T00:00:00Z"),
  },
  "a rare type before last year": {
    types: ["user.created", "user.updated"],
    before: new Date("2025-01-01T00:00:00Z"),
  },
};

async function seedEvents(seed: pg.Client): Promise<void> {
  await seed.query(
    `INSERT INTO "Site" ("id", "code", "name")
     SELECT s::uuid, 'S' || n, 'Site ' || n
     FROM unnest($1::text[]) WITH ORDINALITY AS t(s, n)`,
    [BENCH_SITES],
  );
  await seed.query(USERS_SQL, [BENCH_SITES]);
  await fillTable(seed, "Patient", () =>
    seed.query(PATIENTS_SQL, [BENCH_SITES]),
  );
  await fillTable(seed, "AuditEvent", () =>
    seed.query(EVENTS_SQL, [BENCH_SITES]),
  );
  await seed.query(`UPDATE "AuditHead" SET "seq" = ${String(EVENTS)}`);
}

/** A number in 0…1 that depends on n and a salt only. */
const dice = (salt: number): string =>
  `((hashint8(n * 31 + ${String(salt)})::bigint & 1048575) / 1048576.0)`;

/** Two hundred, of whom fifty have the same name. */
const USERS_SQL = `
  WITH made AS (
    INSERT INTO "User" ("id", "email", "name", "role", "updatedAt")
    SELECT ('00000000-0000-7000-9000-' || lpad(n::text, 12, '0'))::uuid,
      'reader' || n || '@example.org',
      CASE WHEN n < 50 THEN 'Nguyen ' ELSE 'Reader ' END || n, 'RADIOLOGIST',
      now()
    FROM generate_series(0, 199) n RETURNING "id")
  INSERT INTO "SiteMember" ("userId", "siteId")
  SELECT made."id", s::uuid FROM made CROSS JOIN unnest($1::text[]) s`;

const PATIENTS_SQL = `
  INSERT INTO "Patient" ("id", "siteId", "mrn", "name", "updatedAt")
  SELECT ('00000000-0000-7000-a000-' || lpad(n::text, 12, '0'))::uuid,
    (($1::text[])[1 + (n % 3)])::uuid, 'MRN-' || lpad(n::text, 7, '0'),
    (ARRAY['NGUYỄN', 'NGUYỄN', 'TRẦN', 'LÊ', 'PHẠM', 'SMITH', 'QUÁCH'])[1 +
      floor(${dice(3)} * 7)::int] || ', ' || (n % 1000), now()
  FROM generate_series(1, ${String(PATIENTS)}::bigint) n`;

/**
 * Four years of looks and changes; contents as short as an event's can be,
 * hashes left out: searching reads neither.
 */
const EVENTS_SQL = `
  INSERT INTO "AuditEvent" ("seq", "at", "type", "actorId", "actorName",
    "actorRole", "siteId", "subjectType", "subjectId", "patientId", "content",
    "previousHash", "hash")
  SELECT n, '2022-11-01'::timestamptz + n * interval '25 seconds',
    CASE WHEN ${dice(1)} < 0.5 THEN 'case.opened'
      WHEN ${dice(1)} < 0.7 THEN 'worklist.viewed'
      WHEN ${dice(1)} < 0.8 THEN 'image.viewed'
      WHEN ${dice(1)} < 0.88 THEN 'case.claimed'
      WHEN ${dice(1)} < 0.95 THEN 'reading.signed'
      WHEN ${dice(1)} < 0.9999 THEN 'study.uploaded'
      WHEN ${dice(1)} < 0.99995 THEN 'user.updated' ELSE 'user.created' END,
    '00000000-0000-7000-9000-' || lpad(
      (floor(${dice(2)} ^ 2 * 200)::int)::text, 12, '0'), 'Somebody', 'RADIOLOGIST',
    CASE WHEN ${dice(4)} < 0.99 THEN (($1::text[])[1 + (n % 3)])::uuid END,
    'case', 'case-' || (n / 5),
    CASE WHEN ${dice(5)} < 0.75 THEN ('00000000-0000-7000-a000-' || lpad((1 +
      floor(${dice(6)} * ${String(PATIENTS)})::int)::text, 12, '0'))::uuid END,
    '{"details":{}}', '', ''
  FROM generate_series(1, ${String(EVENTS)}::bigint) n`;
