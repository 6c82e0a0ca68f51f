import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { startEmbeddedPostgres } from "@lung-iris/local-postgres";
import { connectionConfig, createDatabase } from "@lung-iris/prisma";
import {
  APPLICATION_ROLE,
  grantApplication,
  migrateDeploy,
} from "@lung-iris/prisma/migrate";
import pg from "pg";
import { hashSecret, newSecret } from "../apps/api/src/platform/ids.ts";
import { migrateJobs } from "../apps/api/src/platform/job-queue.ts";
import { API_NODE_ARGUMENTS } from "../scripts/start/services.ts";
import {
  raceForCases,
  type RaceDesk,
  type RaceTally,
} from "../tests/testkit/races.ts";
import { givePolicies } from "./bench-database.ts";
import { startProcess } from "./bench-desk.ts";
import { BENCH_SITES, benchReader } from "./bench-people.ts";
import type { Benchmark, Measurement } from "./benchmark.ts";
import { seededNumbers } from "./mutate.ts";

/** Asked in all; `LUNG_IRIS_RACES=100000` is the bar of the reading room. */
const OPERATIONS = Number(process.env["LUNG_IRIS_RACES"] ?? 10_000);
const READERS = 8;
const CASES = Math.ceil(OPERATIONS / 250);
const SEED = 11;
const PASSWORD = "only-for-benchmarks";
const [SITE = ""] = BENCH_SITES;

/**
 * `next`, claim and take-over by eight readers over HTTP at two API processes
 * on one database: no case is held by two, none is lost.
 */
export const racesBenchmark: Benchmark = {
  name: "races",
  description: `${OPERATIONS.toLocaleString("en")} next, claim and take-over by ${String(READERS)} readers at two API processes`,
  run: (note) =>
    withTwoApis(async (desk) => {
      const start = performance.now();
      const tally = await raceForCases(
        desk,
        OPERATIONS,
        seededNumbers(SEED),
        (done) => {
          if (done % 5_000 === 0) note(`  ${done.toLocaleString("en")} asked`);
        },
      );
      const seconds = (performance.now() - start) / 1_000;
      for (const code of tally.unexpected) note(`  unexpected: ${code}`);
      return measurementsOf(tally, seconds);
    }),
};

function measurementsOf(tally: RaceTally, seconds: number): Measurement[] {
  const none = (what: string, value: number): Measurement => ({
    what,
    value,
    unit: "",
    budget: "0",
    met: value === 0,
  });
  return [
    none("cases held by two, by the trail", tally.heldByTwo),
    none("cases lost, or held by another than the trail says", tally.lost),
    none("readers given a case without an event", tally.withoutEvent),
    none("events without an answer", tally.withoutAnswer),
    none("unexpected refusals", tally.unexpected.length),
    { what: "given", value: tally.given, unit: "cases" },
    { what: "too late", value: tally.tooLate, unit: "answers" },
    {
      what: "next, claim and take-over",
      value: tally.operations / seconds,
      unit: "/s",
    },
  ];
}

/** Two APIs as the launcher starts them, each with a folder of its own. */
async function withTwoApis<T>(
  work: (desk: RaceDesk) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "lung-iris-races-"));
  const server = await startEmbeddedPostgres({ dataDir: folder });
  const stops: (() => Promise<void>)[] = [];
  try {
    await migrateDeploy(server.url);
    await migrateJobs(server.url);
    const role = { name: APPLICATION_ROLE, password: PASSWORD };
    await grantApplication(server.url, role);
    const { readers, caseIds } = await fill(server.url);
    const url = new URL(server.url);
    url.username = role.name;
    url.password = role.password;
    const database = createDatabase(server.url, { poolSize: 2 });
    stops.push(() => database.close());
    const addresses: string[] = [];
    for (const name of ["a", "b"]) {
      const api = await startProcess(
        "main.ts",
        /"port":(\d+)/,
        join(folder, name),
        url.href,
        API_NODE_ARGUMENTS,
      );
      stops.push(api.stop);
      addresses.push(`http://127.0.0.1:${api.match[1] ?? ""}`);
    }
    const { client } = database;
    return await work({ addresses, readers, caseIds, client });
  } finally {
    for (const stop of stops.reverse()) await stop();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

/** A site, readers with an open session each, and cases that wait. */
async function fill(
  url: string,
): Promise<Omit<RaceDesk, "addresses" | "client">> {
  const seed = new pg.Client(connectionConfig(url));
  await seed.connect();
  try {
    await seed.query("SET session_replication_role = replica");
    await seed.query(
      `INSERT INTO "Site" ("id", "code", "name") VALUES ($1, 'S1', 'Site 1')`,
      [SITE],
    );
    await givePolicies(seed);
    const readers: { id: string; token: string }[] = [];
    for (let reader = 1; reader <= READERS; reader++) {
      const id = benchReader(reader);
      const token = newSecret();
      await seed.query(
        `INSERT INTO "User" ("id", "email", "name", "role", "passwordState", "updatedAt")
         VALUES ($1::uuid, $2, $3, 'RADIOLOGIST', 'OWN', now())`,
        [id, `reader${String(reader)}@example.org`, `Reader ${String(reader)}`],
      );
      await seed.query(
        `INSERT INTO "SiteMember" ("siteId", "userId") VALUES ($1, $2)`,
        [SITE, id],
      );
      await seed.query(
        `INSERT INTO "Session" ("id", "userId", "tokenHash", "createdAt",
           "lastSeenAt", "expiresAt")
         VALUES (gen_random_uuid(), $1, $2, now(), now(), now() + interval '6 hours')`,
        [id, hashSecret(token)],
      );
      readers.push({ id, token });
    }
    const { rows } = await seed.query<{ id: string }>(CASES_SQL, [SITE]);
    return { readers, caseIds: rows.map(({ id }) => id) };
  } finally {
    await seed.end();
  }
}

/** Patients, studies and cases that wait, of every urgency. */
const CASES_SQL = `
  WITH made AS (
    SELECT n, gen_random_uuid() AS "patientId", gen_random_uuid() AS "studyId"
    FROM generate_series(1, ${String(CASES)}) n),
  patients AS (
    INSERT INTO "Patient" ("id", "siteId", "mrn", "name", "updatedAt")
    SELECT "patientId", $1::uuid, 'MRN-' || n, 'PATIENT, ' || n, now() FROM made),
  studies AS (
    INSERT INTO "Study" ("id", "siteId", "patientId", "studyInstanceUid")
    SELECT "studyId", $1::uuid, "patientId", '2.25.' || n FROM made)
  INSERT INTO "Case" ("id", "siteId", "studyId", "patientId", "patientName",
    "mrn", "searchText", "urgency", "updatedAt")
  SELECT gen_random_uuid(), $1::uuid, "studyId", "patientId", 'PATIENT, ' || n,
    'MRN-' || n, '', (enum_range(NULL::"Urgency"))[1 + n % 4], now()
  FROM made RETURNING "id"`;
