import { demoPatients } from "@lung-iris/phantom";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { seedDemo } from "../../apps/api/src/demo/seed-demo.ts";
import { DEMO_PASSWORD } from "../../apps/api/src/demo/demo-login.ts";
import {
  createFilmReader,
  type FilmReader,
} from "../../apps/api/src/platform/inference-client.ts";
import { expectOnePredictionEach, expectWholeChain } from "../testkit/chain.ts";
import { asNobody } from "../testkit/viewers.ts";
import { startTestServer, type TestServer } from "../testkit/server.ts";
import { startTestWorker, type TestWorker } from "../testkit/worker.ts";

let server: TestServer;
let worker: TestWorker;
let filmReader: FilmReader;

beforeAll(async () => {
  server = await startTestServer({ films: true, config: { isDemo: true } });
  worker = await startTestWorker(server);
  filmReader = await createFilmReader({ threads: 1 });
});
afterAll(async () => {
  await filmReader.close();
  await worker.stop();
  await server.stop();
});

/** A few of the demo's patients: one read long ago, one of this morning. */
function few(now: Date) {
  const all = demoPatients(now);
  const has = (test: (minutes: number) => boolean) =>
    all.find(({ films }) =>
      films.every(({ minutesBeforeNow }) => test(minutesBeforeNow)),
    );
  return [
    has((minutes) => minutes > 3_000),
    has((minutes) => minutes < 60),
  ].flatMap((patient) => patient ?? []);
}

/** A machine whose clock is wrong; the database's counts. */
const aDayAhead = { now: () => new Date(Date.now() + 24 * 3_600_000) };

function seed(signal?: AbortSignal, onProgress?: (done: number) => void) {
  return seedDemo({
    database: server.database,
    objectStore: server.objectStore,
    filmReader,
    maxFilmBytes: server.config.uploadMaxBytes,
    secret: server.config.secret,
    patients: few,
    localClock: aDayAhead,
    ...(signal ? { signal } : {}),
    ...(onProgress ? { onProgress } : {}),
  });
}

describe("the demo's seed", () => {
  it("goes on after it was stopped, and a third run touches nothing", async () => {
    const { client } = server.database;
    const stop = new AbortController();
    expect(await seed(stop.signal, () => stop.abort())).toBe("unfinished");
    expect(await client.image.count()).toBe(1);

    expect(await seed()).toBe("done");
    const films = few(new Date()).flatMap((patient) => patient.films).length;
    await expectOnePredictionEach(client, films);
    await expectWholeChain(client);
    const states = await client.case.groupBy({ by: ["state"], _count: true });
    expect(states.map(({ state }) => state).sort()).toEqual(
      expect.arrayContaining(["SIGNED"]),
    );
    const [signed] = await client.readingVersion.findMany({
      include: { reading: { include: { reader: true, case: true } } },
    });
    expect(signed?.reading.reader.isDemo).toBe(true);
    expect(signed?.signedAt.getTime()).toBeGreaterThan(
      signed?.reading.case.arrivedAt.getTime() ?? Infinity,
    );

    const last = await client.auditEvent.findFirstOrThrow({
      orderBy: { at: "desc" },
    });
    expect(last.at.getTime()).toBeLessThan(Date.now() + 60_000);

    const { seq } = await client.auditHead.findUniqueOrThrow({
      where: { id: 1 },
    });
    expect(await seed()).toBe("already-there");
    expect(
      (await client.auditHead.findUniqueOrThrow({ where: { id: 1 } })).seq,
    ).toBe(seq);
  });

  it("lets every demo user in with the one password", async () => {
    const users = await server.database.client.user.findMany({
      where: { isDemo: true },
    });
    expect(users).toHaveLength(5);
    for (const { email } of users) {
      const answer = await asNobody(server).execute(
        `mutation ($email: String!, $password: String!) { signIn(email: $email, password: $password) { user { email } } }`,
        { email, password: DEMO_PASSWORD },
      );
      expect(answer.anyData()).toEqual({ signIn: { user: { email } } });
    }
  });
});
