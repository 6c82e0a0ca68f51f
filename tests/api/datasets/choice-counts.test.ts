import { randomUUID } from "node:crypto";
import type { Prisma } from "@lung-iris/prisma";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  chooseFilms,
  countCases,
} from "../../../apps/api/src/features/datasets/dataset-choice.ts";
import { datasetFilterSchema } from "../../../apps/api/src/features/dataset-files/dataset-filter.ts";
import { aCase, anySha256, liveTestModel } from "../../testkit/scenario.ts";
import { startTestServer, type TestServer } from "../../testkit/server.ts";
import { aSite, asRadiologist } from "../../testkit/viewers.ts";
import { aLabel, anyCase, countedByHand, dice } from "./counted-by-hand.ts";

const CASES = 90;

describe("what a choice holds, beside what is counted row by row", () => {
  let server: TestServer;
  let siteId: string;
  let readers: [string, string];
  let modelVersionId: string;
  const roll = dice(12);
  const made: Awaited<ReturnType<typeof anyCase>>[] = [];

  beforeAll(async () => {
    server = await startTestServer();
    siteId = (await aSite(server)).id;
    const other = (await aSite(server)).id;
    const one = await asRadiologist(server, siteId);
    const two = await asRadiologist(server, siteId);
    readers = [one.userId, two.userId];
    modelVersionId = (await liveTestModel(server)).id;
    for (let n = 0; n < CASES; n += 1)
      made.push(await anyCase(server, { siteId, readers }, roll));
    await anyCase(server, { siteId: other, readers }, roll);
  });
  afterAll(() => server.stop());

  /** Each filter alone, and some together. */
  const filters = () =>
    [
      {},
      { labels: ["PNEUMONIA"] },
      { labels: [], grades: [], sexes: [], views: [], readers: [] },
      { labels: ["NORMAL", "OTHER"], grades: ["TWO_AGREE", "ADJUDICATED"] },
      { grades: ["ONE_BLIND"] },
      { agreement: true },
      { agreement: false },
      { modelVersionId },
      { finding: "pneumonia" },
      { finding: "hernia" },
      { ageFrom: 18 },
      { ageTo: 17 },
      { ageFrom: 4, ageTo: 64 },
      { sexes: ["FEMALE", "UNKNOWN"] },
      { views: ["PA", "AP"] },
      { readers: [readers[0]] },
      { withoutNotes: true },
      { withoutNotes: true, labels: ["PNEUMONIA"], sexes: ["MALE"] },
      { signedAfter: ago(10) },
      { signedAfter: ago(100), signedBefore: ago(3) },
    ].map((filter) => datasetFilterSchema.parse({ siteId, ...filter }));
  const ago = (days: number) =>
    new Date(server.clock.now().getTime() - days * 86_400_000).toISOString();

  async function holds(): Promise<number> {
    const { client } = server.appDatabase;
    const until = server.clock.now();
    let changed = 0;
    for (const filter of filters()) {
      const name = JSON.stringify(filter);
      const byHand = await countedByHand(server, filter);
      expect(await countCases(client, filter, until), name).toEqual(
        byHand.counts,
      );
      const format = { pictureText: "LEAVE_OUT" as const };
      const { films, leftOut } = await chooseFilms(
        client,
        filter,
        format,
        until,
      );
      const inOrder = (rows: typeof films) =>
        [...rows].sort((a, b) => (a.imageId < b.imageId ? -1 : 1));
      expect(inOrder(films), name).toEqual(inOrder(byHand.films));
      const { burntIn, withText } = byHand.counts;
      expect(leftOut, name).toBe(burntIn + withText);
      changed = Math.max(changed, byHand.counts.changedMind);
    }
    return changed;
  }

  it("is the same for each filter, opinions that were kept and changed alike", async () => {
    const { counts } = await countedByHand(
      server,
      datasetFilterSchema.parse({ siteId }),
    );
    // Of every kind there is some, and not all are of it.
    for (const [kind, many] of Object.entries(counts))
      expect(many, kind).toBeGreaterThan(0);
    expect(counts.changedMind).toBeLessThan(counts.cases);
    await holds();
  });

  it("is the same whatever changes since", async () => {
    const { client } = server.database;
    const at = server.clock.now();
    const pick = () => roll(made as [(typeof made)[number]]);
    const withdraw = (patientId: string) =>
      client.learningWithdrawal.createMany({
        data: {
          ...{ siteId, patientId, reason: "Asked", withdrawnAt: at },
          ...{ byId: readers[0], byName: "Reader" },
        },
        skipDuplicates: true,
      });
    const changes: (() => Promise<unknown>)[] = [
      async () => {
        const { caseId } = pick();
        const reading = await client.reading.findFirst({ where: { caseId } });
        const row = await client.case.findUnique({ where: { id: caseId } });
        if (reading === null || row?.state !== "SIGNED") return;
        const of = { siteId, caseId, readingId: reading.id };
        const rows = { client, now: at };
        await aLabel(rows, of, roll(["NORMAL", "PNEUMONIA"]), roll);
      },
      () =>
        client.reading.updateMany({
          where: { caseId: pick().caseId },
          data: { opinion: roll([null, "NORMAL", "OTHER"]) },
        }),
      () =>
        client.case.update({
          where: { id: pick().caseId },
          data: roll<Prisma.CaseUncheckedUpdateInput>([
            { state: "WAITING", signedAt: null },
            { state: "SIGNED", signedAt: at, decidedLabel: "NORMAL" },
            { decidedLabel: "NOT_DIAGNOSTIC" },
            { agreesWithAi: null },
            { agreesWithAi: true },
            { shownPredictionId: null },
          ]),
        }),
      () =>
        client.study.update({
          where: { id: pick().studyId },
          data: roll<Prisma.StudyUncheckedUpdateInput>([
            { viewPosition: "LATERAL" },
            { patientAgeYears: 17.2 },
            { patientId: pick().patientId },
          ]),
        }),
      () =>
        client.patient.update({
          where: { id: pick().patientId },
          data: { sex: roll(["FEMALE", "MALE"]) },
        }),
      () =>
        client.image.updateMany({
          where: { studyId: pick().studyId },
          data: roll<Prisma.ImageUncheckedUpdateManyInput>([
            { warnings: ["text-in-picture", "header-repaired"] },
            { warnings: [] },
            { removedAt: at },
            { removedAt: null },
            { studyId: pick().studyId },
          ]),
        }),
      () => withdraw(pick().patientId),
      () =>
        client.learningWithdrawal.updateMany({
          where: { patientId: pick().patientId, liftedAt: null },
          data: { liftedAt: at },
        }),
    ];
    for (const change of changes)
      for (let times = 0; times < 12; times += 1) await change();
    await holds();
    const [kept] = await client.$queryRaw<{ wrong: number }[]>`
      SELECT count(*)::int AS "wrong" FROM "DatasetChoice" kept
      FULL JOIN dataset_choices() made USING ("caseId")
      WHERE kept IS DISTINCT FROM made`;
    expect(kept).toEqual({ wrong: 0 });
  });

  it("knows of a film that comes while the case is being signed", async () => {
    const { client } = server.database;
    const { case: row, image, study } = await aCase(server, siteId).create();
    const at = server.clock.now();
    const reading = await client.reading.create({
      data: {
        ...{ siteId, caseId: row.id, readerId: readers[0], startedAt: at },
        state: "SIGNED",
      },
    });
    let came: Promise<unknown> | undefined;
    await client.$transaction(async (tx) => {
      await tx.$queryRaw`
        SELECT 1 FROM "Case" WHERE "id" = ${row.id}::uuid FOR UPDATE`;
      await tx.case.update({
        where: { id: row.id },
        data: { state: "SIGNED", signedAt: at, decidedLabel: "NORMAL" },
      });
      const of = { siteId, caseId: row.id, readingId: reading.id };
      await aLabel({ client: tx, now: at }, of, "NORMAL", roll);
      const sha256 = anySha256();
      came = client.image.create({
        data: { ...image, id: randomUUID(), sha256 },
      });
      // Long enough to reach the case, which is held.
      await new Promise((resolve) => setTimeout(resolve, 300));
    });
    await came;
    expect(await client.image.count({ where: { studyId: study.id } })).toBe(2);
    expect(
      await client.datasetChoice.findUnique({ where: { caseId: row.id } }),
    ).toMatchObject({ films: 2, label: "NORMAL" });
  });
});
