import { cpus, loadavg } from "node:os";
import type pg from "pg";
import { quantile } from "./bench-database.ts";
import { BENCH_SITES, benchReader } from "./bench-people.ts";
import type { Benchmark, Measurement } from "./benchmark.ts";
import { signedIn, withFilledApi } from "./filled-api.ts";
import { usedBy } from "./processor-time.ts";
import { drive } from "./graphql-load.ts";
import type { Question } from "./graphql-load.ts";
import { seedStudies } from "./worklist.ts";

const STUDIES = 100_000;
const READERS = 20;
const SECONDS = 10;
const WARM_UP_SECONDS = 5;
const WARM_UP_REQUESTS = 2_000;
/** Requests on their way at once; the generator shares the cores. */
const AT_ONCE = 32;
const BUDGET = { perSecond: 300, p95Ms: 250 };

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
  run: (note) => {
    note(`  seeding ${STUDIES.toLocaleString("en")} studies`);
    return withFilledApi(fill, async ({ url, parts }, tokens) => {
      const tiny = (token: string | null): Question => ({
        token,
        body: { query: "{ __typename }" },
      });
      const someone = () => pick(tokens);
      await drive(url, () => mixed(someone()), WARM_UP_SECONDS, AT_ONCE);
      // Programs and plans that are made once are no part of what is measured.
      for (let warm = 0; warm < WARM_UP_REQUESTS;) {
        const ask = () => mixed(someone());
        warm += (await drive(url, ask, 1, AT_ONCE)).times.length;
      }
      const phases = {
        "{__typename} without a session": () => tiny(null),
        "{__typename} with a session": () => tiny(someone()),
        "worklist pages only": () => worklistPage(someone()),
        "the mix": () => mixed(someone()),
      };
      const rates: number[] = [];
      const measurements: Measurement[] = [];
      for (const [what, ask] of Object.entries(phases)) {
        const before = await usedBy(parts);
        const { times, refused } = await drive(url, ask, SECONDS, AT_ONCE);
        const used = await usedBy(parts);
        const rate = times.length / SECONDS;
        rates.push(rate);
        if (refused.size > 0)
          note(`  ${what}: refused ${JSON.stringify([...refused])}`);
        measurements.push(...measure(what, rate, times, what === "the mix"));
        for (const [part, ms] of used) {
          const value = (ms - (before.get(part) ?? 0)) / times.length;
          const name = `${what}, processor time of ${part}`;
          measurements.push({ what: name, value, unit: "ms a request" });
        }
      }
      const [bare = 0, session = 0, , mix = 0] = rates;
      return [
        ...measurements,
        ratio("{__typename} with a session to without", session / bare),
        ratio("the mix to {__typename} with a session", mix / session),
        {
          what: "load of the machine, a core",
          value: (loadavg()[0] ?? 0) / cpus().length,
          unit: "",
        },
      ];
    });
  },
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

/** Studies, and readers of every site with an open session each. */
async function fill(seed: pg.Client): Promise<string[]> {
  await seedStudies(seed, STUDIES);
  const tokens: string[] = [];
  for (let reader = 1; reader <= READERS; reader++)
    tokens.push(await signedIn(seed, benchReader(reader), BENCH_SITES));
  return tokens;
}
