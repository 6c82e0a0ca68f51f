import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { systemClock } from "../../apps/api/src/platform/clock.ts";
import { seededNumbers } from "../../bench/mutate.ts";
import { createTestDatabase, type TestDatabase } from "../testkit/database.ts";
import { startProcess, type DeskProcess } from "../testkit/processes.ts";
import { raceForCases } from "../testkit/races.ts";
import { aCase } from "../testkit/scenario.ts";
import { aSite, asRadiologist } from "../testkit/viewers.ts";

const READERS = 8;
const CASES = 20;
const OPERATIONS = 400;

let folder: string;
let database: TestDatabase;
let apis: DeskProcess[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "lung-iris-races-"));
  database = await createTestDatabase();
  apis = ["a", "b"].map((name) =>
    startProcess("main.ts", {
      DATABASE_URL: database.url,
      LUNG_IRIS_OBJECT_STORE: join(folder, "films"),
      LUNG_IRIS_DATA: join(folder, name),
      LUNG_IRIS_API_PORT: "0",
      LUNG_IRIS_DEMO: "0",
    }),
  );
  await Promise.all(apis.map((api) => api.says("listening")));
}, 300_000);
afterAll(async () => {
  await Promise.all(apis.map((api) => api.end("SIGTERM")));
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

describe("eight readers at two API processes on one database", () => {
  // `npm run bench -- races` has them ask a hundred thousand times.
  it("never hold a case together and lose none", async () => {
    const addresses = apis.map(
      (api) =>
        `http://127.0.0.1:${/"port":(\d+)/.exec(api.output())?.[1] ?? ""}`,
    );
    const [address = ""] = addresses;
    const desk = { database: database.database, clock: systemClock, address };
    const siteId = (await aSite(desk)).id;
    const readers: { id: string; token: string }[] = [];
    for (let n = 0; n < READERS; n++) {
      const { userId, token } = await asRadiologist(desk, siteId);
      readers.push({ id: userId, token });
    }
    const caseIds: string[] = [];
    for (let n = 0; n < CASES; n++) {
      const { case: row } = await aCase(desk, siteId).create();
      caseIds.push(row.id);
    }
    const { client } = database.database;
    const { given, tooLate, ...rest } = await raceForCases(
      { addresses, readers, caseIds, client },
      OPERATIONS,
      seededNumbers(11),
    );
    // Otherwise they did not meet.
    expect(given).toBeGreaterThan(OPERATIONS / 4);
    expect(tooLate).toBeGreaterThan(0);
    expect(rest).toEqual({
      operations: OPERATIONS,
      unexpected: [],
      heldByTwo: 0,
      withoutEvent: 0,
      withoutAnswer: 0,
      lost: 0,
    });
  }, 300_000);
});
