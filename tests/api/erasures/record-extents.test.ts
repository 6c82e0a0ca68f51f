import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { countDue } from "../../../apps/api/src/features/erasures/retention.store.ts";
import { aCase, anySha256, type Scenario } from "../../testkit/scenario.ts";
import { startTestServer, type TestServer } from "../../testkit/server.ts";
import { aSite } from "../../testkit/viewers.ts";

const DAY_MS = 86_400_000;

describe("what the records of patients hold", () => {
  let server: TestServer;
  let siteId: string;

  beforeAll(async () => {
    server = await startTestServer();
    siteId = (await aSite(server)).id;
  });
  afterAll(() => server.stop());

  const day = (daysAgo: number) =>
    new Date(server.clock.now().getTime() - daysAgo * DAY_MS)
      .toISOString()
      .slice(0, 10);

  /** A signed case whose film was taken and came so many days ago. */
  async function aRecord(
    daysAgo: number,
    of?: Scenario["patient"],
  ): Promise<Scenario> {
    const builder = aCase(server, siteId).with({ state: "SIGNED" });
    const made = await (of ? builder.of(of) : builder).create();
    const at = new Date(`${day(daysAgo)}T12:00:00Z`);
    await server.database.client.study.update({
      where: { id: made.study.id },
      data: { studyDate: at, createdAt: at },
    });
    return made;
  }
  async function aFilm({ image }: Scenario, bytes: number): Promise<string> {
    const made = await server.database.client.image.create({
      data: {
        ...image,
        id: randomUUID(),
        bytes,
        sha256: `${String(bytes).padStart(8, "0")}${image.sha256.slice(8)}`,
      },
    });
    return made.id;
  }

  /** Patient by patient, study by study. */
  async function dueByHand(before: string) {
    const patients = await server.database.client.patient.findMany({
      where: { siteId, mergedIntoId: null },
      include: { studies: { include: { images: true, case: true } } },
    });
    const dayOf = (date: Date | null) => date?.toISOString().slice(0, 10) ?? "";
    const due = patients.flatMap(({ studies }) => {
      const days = studies.map(({ studyDate, createdAt }) =>
        [dayOf(studyDate), dayOf(createdAt)].sort().at(-1),
      );
      const last = days.sort().at(-1) ?? before;
      const isOpen = studies.some(
        ({ case: row }) => row?.state === "WAITING" || row?.state === "READING",
      );
      return last < before && !isOpen ? [{ last, studies }] : [];
    });
    const films = due.flatMap(({ studies }) =>
      studies.flatMap(({ images }) => images),
    );
    return {
      patients: due.length,
      films: films.length,
      bytes: films.reduce((sum, { bytes }) => sum + bytes, 0),
      oldest: due.map(({ last }) => last).sort()[0] ?? null,
    };
  }
  async function holds() {
    const found = [];
    for (const days of [30, 90, 300, 365, 800, 5_000]) {
      const before = day(days);
      const due = await countDue(server.appDatabase.client, siteId, before);
      expect(due, String(days)).toEqual(await dueByHand(before));
      found.push(due.patients);
    }
    const [kept] = await server.database.client.$queryRaw<{ wrong: number }[]>`
      SELECT count(*)::int AS "wrong" FROM "RecordExtent" kept
      FULL JOIN record_extents() made USING ("patientId")
      WHERE kept IS DISTINCT FROM made`;
    expect(kept).toEqual({ wrong: 0 });
    return found;
  }

  it("are added up as studies and films come, move and go", async () => {
    const { client } = server.database;
    const first = await aRecord(400);
    const second = await aRecord(100);
    const both = await aRecord(900);
    const later = await aRecord(310, both.patient);
    const open = await aCase(server, siteId).create();
    const longAgo = new Date("2001-02-03");
    await client.study.update({
      where: { id: open.study.id },
      data: { studyDate: longAgo, createdAt: longAgo },
    });
    // Never had a study.
    await client.patient.create({
      data: { siteId, mrn: "EMPTY", name: "EMPTY" },
    });
    expect(await holds()).toEqual([3, 3, 2, 1, 0, 0]);

    const film = await aFilm(first, 7);
    await aFilm(later, 11);
    await client.image.update({
      where: { id: second.image.id },
      data: { removedAt: server.clock.now() },
    });
    await holds();
    await client.image.update({
      where: { id: film },
      data: { studyId: second.study.id },
    });
    await holds();
    await client.study.update({
      where: { id: later.study.id },
      data: { patientId: first.patient.id },
    });
    await client.case.update({
      where: { id: later.case.id },
      data: { patientId: first.patient.id },
    });
    expect(await holds()).toEqual([3, 3, 2, 1, 1, 0]);
    await client.image.delete({ where: { id: film } });
    await client.case.delete({ where: { id: both.case.id } });
    await client.image.delete({ where: { id: both.image.id } });
    await client.study.delete({ where: { id: both.study.id } });
    expect(await holds()).toEqual([2, 2, 1, 0, 0, 0]);
    await client.patient.update({
      where: { id: first.patient.id },
      data: { mergedIntoId: second.patient.id },
    });
    expect(await holds()).toEqual([1, 1, 0, 0, 0, 0]);
  });

  it("miss none of two films that come at once", async () => {
    const made = await aRecord(500);
    let other: Promise<unknown> | undefined;
    const { client } = server.database;
    await client.$transaction(async (tx) => {
      const { image } = made;
      const sha256 = anySha256();
      await tx.image.create({
        data: { ...image, id: randomUUID(), sha256, bytes: 1 },
      });
      other = aFilm(made, 2);
      // Long enough to reach the row, which is held.
      await new Promise((resolve) => setTimeout(resolve, 300));
    });
    await other;
    const extent = await client.recordExtent.findUniqueOrThrow({
      where: { patientId: made.patient.id },
    });
    expect(extent).toMatchObject({ films: 3, bytes: 1_003n });
    await holds();
  });
});
