import type { Dataset } from "@lung-iris/prisma";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { recordedBy } from "../../testkit/audit-trail.ts";
import { registerFolders } from "../../testkit/models.ts";
import { startTestServer, type TestServer } from "../../testkit/server.ts";
import {
  aCaseOfSplit,
  aFrozenDataset,
  QUICK,
  START,
  startRun,
  stateOf,
  tell,
} from "../../testkit/training.ts";
import {
  aSite,
  asAdmin,
  asRadiologist,
  asStaff,
  type SignedIn,
} from "../../testkit/viewers.ts";

const ARCHIVE = Buffer.from("not read here");

describe("asking for a training run", () => {
  let server: TestServer;
  let siteId: string;
  let admin: SignedIn;
  let at: { siteId: string; readerId: string };
  let dataset: Dataset;
  let names = 0;

  beforeAll(async () => {
    server = await startTestServer();
    siteId = (await aSite(server)).id;
    admin = await asAdmin(server, siteId);
    const reader = await asRadiologist(server, siteId);
    at = { siteId, readerId: reader.userId };
    await registerFolders(server);
    dataset = await aDataset(["TRAIN", "TEST"]);
  });
  afterAll(() => server.stop());

  async function aDataset(splits: ("TRAIN" | "TEST")[]): Promise<Dataset> {
    const members = [];
    for (const split of splits)
      members.push({ made: await aCaseOfSplit(server, at, split), split });
    const owner = { siteId, userId: admin.userId };
    return aFrozenDataset(server, owner, ARCHIVE, members);
  }

  const inputOf = (more: object = {}) => {
    names += 1;
    return {
      siteId,
      datasetId: dataset.id,
      name: `candidate-${String(names)}`,
      kind: "FINE_TUNE",
      barsVersion: 1,
      ...more,
    };
  };
  const asked = (more: object) =>
    admin.execute(START, { input: inputOf(more) });

  it("is written down with all that it is made of, and with one event", async () => {
    const { result: id, events } = await recordedBy(server, () =>
      startRun(admin, inputOf({ fineTuning: QUICK })),
    );
    const run = await server.database.client.trainingRun.findUniqueOrThrow({
      where: { id },
      include: { base: true, bars: true },
    });
    expect(run).toMatchObject({
      state: "QUEUED",
      datasetSha256: dataset.sha256,
      baseFingerprint: run.base.fingerprint,
      seed: 7,
      byEmail: admin.email,
      bars: { version: 1 },
      settings: { ...QUICK, rate: 0.001, memoryMegabytes: 2048 },
    });
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({
      type: "training.requested",
      subjectId: id,
      actorId: admin.userId,
      siteId,
      after: { state: "QUEUED" },
      details: {
        datasetSha256: dataset.sha256,
        base: run.base.name,
        barsVersion: 1,
        films: 1,
        evergreen: 1,
      },
    });
    await tell(admin, "stopTraining", id);
  });

  it("refuses a dataset that is not frozen", async () => {
    const { client } = server.database;
    const open = await aDataset(["TRAIN"]);
    await client.dataset.update({
      where: { id: open.id },
      data: { state: "RUNNING", sha256: null },
    });
    (await asked({ datasetId: open.id })).refusedWith("CONFLICT");
  });

  it("refuses films of a patient who was withdrawn since", async () => {
    const members = [
      {
        made: await aCaseOfSplit(server, at, "TRAIN"),
        split: "TRAIN" as const,
      },
    ];
    const owner = { siteId, userId: admin.userId };
    const held = await aFrozenDataset(server, owner, ARCHIVE, members);
    const patientId = members[0]?.made.patient.id;
    const withdrawn = await admin.execute(
      `mutation ($id: ID!) { withdrawFromLearning(patientId: $id, reason: "asked") { id } }`,
      { id: patientId },
    );
    withdrawn.anyData();
    const answer = await asked({ datasetId: held.id });
    expect(answer.refusedWith("CONFLICT").message).toContain("withdrawn");
  });

  it("refuses an evergreen film that stands in another split", async () => {
    const made = await aCaseOfSplit(server, at, "TEST");
    const owner = { siteId, userId: admin.userId };
    const planted = await aFrozenDataset(server, owner, ARCHIVE, [
      { made, split: "TRAIN" },
    ]);
    const answer = await asked({ datasetId: planted.id });
    expect(answer.refusedWith("CONFLICT").message).toContain("evergreen");
  });

  it("refuses a dataset of which all is evergreen, and one of another site", async () => {
    const all = await aDataset(["TEST"]);
    (await asked({ datasetId: all.id })).refusedWith("CONFLICT");
    const other = (await aSite(server)).id;
    const both = await asAdmin(server, siteId, other);
    const answer = await both.execute(START, {
      input: inputOf({ siteId: other }),
    });
    answer.refusedWith("NOT_FOUND");
  });

  it("refuses bars that are not those in force", async () => {
    (await asked({ barsVersion: 2 })).refusedWith("BARS_CHANGED");
  });

  it("refuses settings and names that cannot be used", async () => {
    for (const more of [
      { name: "../up" },
      { name: "lung-iris-3" },
      { seed: -1 },
      { fineTuning: { steps: 0 } },
      { fineTuning: { engine: "abacus" } },
      { fineTuning: { steps: 20_000, evaluateEvery: 1 } },
      { kind: "RECALIBRATE", fineTuning: { steps: 3 } },
      { memoryMegabytes: 1 },
    ])
      (await asked(more)).refusedWith("BAD_USER_INPUT");
  });

  it("lets two who ask for one name at once have it once", async () => {
    const input = inputOf();
    const answers = await Promise.all(
      [0, 1, 2].map(() => admin.execute(START, { input })),
    );
    expect(answers.map(({ code }) => code).sort()).toEqual([
      "BAD_USER_INPUT",
      "BAD_USER_INPUT",
      null,
    ]);
  });

  it("is for admins of the site alone", async () => {
    const id = await startRun(admin, inputOf());
    const stranger = await asAdmin(server, (await aSite(server)).id);
    for (const [who, code] of [
      [await asRadiologist(server, siteId), "FORBIDDEN"],
      [await asStaff(server, siteId), "FORBIDDEN"],
      [stranger, "NOT_FOUND"],
    ] as const) {
      const start = await who.execute(START, { input: inputOf() });
      expect(["FORBIDDEN", "NOT_FOUND"]).toContain(start.code);
      const stop = await who.execute(
        `mutation ($id: ID!) { stopTraining(id: $id) { id } }`,
        { id },
      );
      expect(stop.code).toBe(code);
    }
    const look = await stranger.execute(
      `query ($id: ID!) { trainingRun(id: $id) { id } }`,
      { id },
    );
    expect(look.anyData()).toEqual({ trainingRun: null });
    expect(await stateOf(server, id)).toBe("QUEUED");
  });

  it("is halted, goes on, ends, and nothing goes on after its end", async () => {
    const id = await startRun(admin, inputOf());
    const { events } = await recordedBy(server, async () => {
      expect(await tell(admin, "pauseTraining", id)).toEqual({
        state: "PAUSED",
      });
      expect(await tell(admin, "resumeTraining", id)).toEqual({
        state: "QUEUED",
      });
      expect(await tell(admin, "stopTraining", id)).toEqual({
        state: "STOPPED",
      });
    });
    expect(
      events.map(({ type, before, after }) => [type, before, after]),
    ).toEqual([
      ["training.paused", { state: "QUEUED" }, { state: "PAUSED" }],
      ["training.resumed", { state: "PAUSED" }, { state: "QUEUED" }],
      ["training.stopped", { state: "QUEUED" }, { state: "STOPPED" }],
    ]);
    const again = await admin.execute(
      `mutation ($id: ID!) { resumeTraining(id: $id) { id } }`,
      { id },
    );
    again.refusedWith("CONFLICT");
    await expect(
      server.database.client.trainingRun.update({
        where: { id },
        data: { state: "QUEUED" },
      }),
    ).rejects.toThrow(/ends once/u);
    await expect(
      server.database.client.trainingRun.update({
        where: { id },
        data: { datasetSha256: "0".repeat(64) },
      }),
    ).rejects.toThrow(/as it was asked for/u);
  });

  it("lists the runs of a site in pages, the newest first", async () => {
    const query = `query ($siteId: ID!, $after: String) {
      trainingRuns(siteId: $siteId, first: 2, after: $after) {
        edges { node { id name settings { name value } log { edges { cursor } } points { step } } }
        pageInfo { hasNextPage endCursor } } }`;
    const page = z.object({
      trainingRuns: z.object({
        edges: z.array(z.object({ node: z.object({ id: z.string() }) })),
        pageInfo: z.object({
          hasNextPage: z.boolean(),
          endCursor: z.string().nullable(),
        }),
      }),
    });
    const first = (await admin.execute(query, { siteId })).data(page);
    const { endCursor: after, hasNextPage } = first.trainingRuns.pageInfo;
    expect(hasNextPage).toBe(true);
    const second = (await admin.execute(query, { siteId, after })).data(page);
    const ids = [first, second].flatMap(({ trainingRuns }) =>
      trainingRuns.edges.map(({ node }) => node.id),
    );
    expect(ids).toEqual([...new Set(ids)].sort().reverse());
    expect(ids.length).toBeGreaterThan(2);
  });
});
