import { mkdtemp, rm } from "node:fs/promises";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { startEmbeddedPostgres } from "@lung-iris/local-postgres";
import { connectionConfig } from "@lung-iris/prisma";
import {
  APPLICATION_ROLE,
  grantApplication,
  migrateDeploy,
} from "@lung-iris/prisma/migrate";
import pg from "pg";
import { API_NODE_ARGUMENTS } from "../scripts/start/services.ts";
import { hashSecret, newSecret } from "../apps/api/src/platform/ids.ts";
import { migrateJobs } from "../apps/api/src/platform/job-queue.ts";
import { quantile } from "./bench-database.ts";
import { startProcess } from "./bench-desk.ts";
import { BENCH_SITES, benchReader } from "./bench-people.ts";
import type { Benchmark, Measurement } from "./benchmark.ts";
import { drive } from "./graphql-load.ts";
import type { Question } from "./graphql-load.ts";
import { seedStudies } from "./worklist.ts";

const STUDIES = 100_000;
const READERS = 20;
const SECONDS = 10;
const WARM_UP_SECONDS = 5;
/** Requests on their way at once; the generator shares the cores. */
const AT_ONCE = 32;
const BUDGET = { perSecond: 300, p95Ms: 250 };
const PASSWORD = "only-for-benchmarks";

const WORKLIST = `query ($filter: WorklistFilter, $sort: WorklistSort!) {
  worklist(filter: $filter, sort: $sort, first: 50) { edges { node {
    id state urgency arrivedAt patient { name mrn sex }
    study { description patientAgeYears images { id } }
    assignee { name } claimedBy { name } } } pageInfo { endCursor } } }`;
const CASE = `query ($id: ID!) { case(id: $id) { id state urgency version
  patient { name mrn sex birthDate } study { description images { id } }
  readings { id opinion } priors { id } } }`;
const ASSIGN = `mutation ($id: ID!, $user: ID) {
  assignCase(caseId: $id, userId: $user) { id version } }`;

/** Many readers at one desk: lists, cases and changes over HTTP. */
export const graphqlBenchmark: Benchmark = {
  name: "graphql",
  description:
    "70 % worklist pages, 20 % cases, 10 % changes over HTTP at 100,000 studies",
  run: (note) =>
    withDesk(note, async (url, tokens) => {
      const tiny = (token: string | null): Question => ({
        token,
        body: { query: "{ __typename }" },
      });
      const someone = () => pick(tokens);
      await drive(url, () => mixed(someone()), WARM_UP_SECONDS, AT_ONCE);
      const phases = {
        "{__typename} without a session": () => tiny(null),
        "{__typename} with a session": () => tiny(someone()),
        "worklist pages only": () => worklistPage(someone()),
        "the mix": () => mixed(someone()),
      };
      const rates: number[] = [];
      const measurements: Measurement[] = [];
      for (const [what, ask] of Object.entries(phases)) {
        const { times, refused } = await drive(url, ask, SECONDS, AT_ONCE);
        const rate = times.length / SECONDS;
        rates.push(rate);
        if (refused.size > 0)
          note(`  ${what}: refused ${JSON.stringify([...refused])}`);
        measurements.push(...measure(what, rate, times, what === "the mix"));
      }
      const [bare = 0, signedIn = 0, , mix = 0] = rates;
      return [
        ...measurements,
        ratio("{__typename} with a session to without", signedIn / bare),
        ratio("the mix to {__typename} with a session", mix / signedIn),
        {
          what: "load of the machine, a core",
          value: (loadavg()[0] ?? 0) / cpus().length,
          unit: "",
        },
      ];
    }),
};

function measure(
  what: string,
  rate: number,
  times: readonly number[],
  isBudgeted: boolean,
): Measurement[] {
  const p95 = quantile(times, 0.95);
  const { perSecond, p95Ms } = BUDGET;
  return [
    {
      what,
      value: rate,
      unit: "requests/s",
      ...(isBudgeted
        ? { budget: `≥ ${String(perSecond)}`, met: rate >= perSecond }
        : {}),
    },
    { what: `${what}, p50`, value: quantile(times, 0.5), unit: "ms" },
    {
      what: `${what}, p95`,
      value: p95,
      unit: "ms",
      ...(isBudgeted
        ? { budget: `≤ ${String(p95Ms)} ms`, met: p95 <= p95Ms }
        : {}),
    },
  ];
}

function ratio(what: string, value: number): Measurement {
  return { what, value, unit: "" };
}

function mixed(token: string): Question {
  const die = Math.random();
  if (die < 0.7) return worklistPage(token);
  const id = someCase();
  if (die < 0.9) return { token, body: { query: CASE, variables: { id } } };
  const user = Math.random() < 0.5 ? null : benchReader(someNumber(READERS));
  return { token, body: { query: ASSIGN, variables: { id, user } } };
}

function worklistPage(token: string): Question {
  const filter = pick([
    {},
    { states: ["WAITING", "READING"] },
    { siteId: pick(BENCH_SITES) },
    { assigneeId: benchReader(someNumber(READERS)) },
    { search: pick(["nguyen", "tran", "quach", "123"]) },
  ]);
  const sort = pick(["URGENCY", "ARRIVED_NEWEST", "ARRIVED_OLDEST"]);
  const variables = { filter, sort };
  return { token, body: { query: WORKLIST, variables } };
}

function someCase(): string {
  return `00000000-0000-7000-8001-${String(someNumber(STUDIES)).padStart(12, "0")}`;
}

function someNumber(most: number): number {
  return 1 + Math.floor(Math.random() * most);
}

function pick<T>(items: readonly T[]): T {
  const item = items[Math.floor(Math.random() * items.length)];
  if (item === undefined) throw new Error("nothing to pick from");
  return item;
}

/** One API on a filled database, connected as in the product. */
async function withDesk(
  note: (line: string) => void,
  work: (url: string, tokens: string[]) => Promise<Measurement[]>,
): Promise<Measurement[]> {
  const dataDir = await mkdtemp(join(tmpdir(), "lung-iris-bench-"));
  const server = await startEmbeddedPostgres({ dataDir });
  try {
    await migrateDeploy(server.url);
    await migrateJobs(server.url);
    const role = { name: APPLICATION_ROLE, password: PASSWORD };
    await grantApplication(server.url, role);
    note(`  seeding ${STUDIES.toLocaleString("en")} studies`);
    const tokens = await fill(server.url);
    const appUrl = new URL(server.url);
    appUrl.username = role.name;
    appUrl.password = role.password;
    const profile = process.env["LUNG_IRIS_BENCH_PROFILE"];
    const api = await startProcess(
      "main.ts",
      /"port":(\d+)/,
      dataDir,
      appUrl.href,
      profile === undefined
        ? API_NODE_ARGUMENTS
        : [...API_NODE_ARGUMENTS, "--cpu-prof", `--cpu-prof-dir=${profile}`],
    );
    try {
      return await work(`http://127.0.0.1:${api.match[1] ?? ""}`, tokens);
    } finally {
      await api.stop();
    }
  } finally {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

/** Studies, and readers of every site with an open session each. */
async function fill(url: string): Promise<string[]> {
  const seed = new pg.Client(connectionConfig(url));
  await seed.connect();
  try {
    await seed.query("SET session_replication_role = replica");
    await seedStudies(seed, STUDIES);
    const tokens: string[] = [];
    for (let reader = 1; reader <= READERS; reader++) {
      const token = newSecret();
      tokens.push(token);
      const id = benchReader(reader);
      await seed.query(
        `INSERT INTO "SiteMember" ("siteId", "userId")
         SELECT s::uuid, $2::uuid FROM unnest($1::text[]) s`,
        [BENCH_SITES, id],
      );
      await seed.query(
        `UPDATE "User" SET "passwordState" = 'OWN' WHERE "id" = $1`,
        [id],
      );
      await seed.query(
        `INSERT INTO "Session" ("id", "userId", "tokenHash", "createdAt",
           "lastSeenAt", "expiresAt")
         VALUES (gen_random_uuid(), $1, $2, now(), now(), now() + interval '1 hour')`,
        [id, hashSecret(token)],
      );
    }
    return tokens;
  } finally {
    await seed.end();
  }
}
