import { randomUUID } from "node:crypto";
import { readRows } from "@lung-iris/prisma";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { BY_ID, ScopedRows } from "../../../apps/api/src/access/scoped-rows.ts";
import {
  anonymousViewer,
  userViewer,
} from "../../../apps/api/src/access/viewer.ts";
import type { Viewer } from "../../../apps/api/src/access/viewer.ts";
import { readReadings } from "../../../apps/api/src/features/readings/reading.loader.ts";
import { aCase } from "../../testkit/scenario.ts";
import type { Scenario } from "../../testkit/scenario.ts";
import { startTestServer } from "../../testkit/server.ts";
import type { TestServer } from "../../testkit/server.ts";
import { aSite, asRadiologist } from "../../testkit/viewers.ts";

const ORIGIN = { address: null, userAgent: null, requestId: "direct-rows" };

/** Pages read these past Prisma; they must be what Prisma would give. */
describe("rows read straight from the driver", () => {
  let server: TestServer;
  let made: Scenario;
  let elsewhere: string;
  let userId: string;

  beforeAll(async () => {
    server = await startTestServer();
    const siteId = (await aSite(server)).id;
    elsewhere = (await aSite(server)).id;
    ({ userId } = await asRadiologist(server, siteId));
    made = await aCase(server, siteId)
      .named("NGUYỄN, Văn 'Ân'")
      .assessed(0.91)
      .with({
        assigneeId: userId,
        urgencyReasons: ["ai:91", 'odd "reason", {with} commas'],
        arrivedAt: new Date("1999-12-31T23:59:59.987Z"),
        signedAt: new Date("0099-02-03T04:05:06Z"),
      })
      .create();
    const { client } = server.database;
    await client.patient.update({
      where: { id: made.patient.id },
      data: { birthDate: new Date("1931-04-09") },
    });
    await client.study.update({
      where: { id: made.study.id },
      data: { studyDate: new Date("2024-02-29"), clinicalFlags: ["fever"] },
    });
    await client.image.update({
      where: { id: made.image.id },
      data: { pixelSpacing: [0.143, 1e-7], warnings: ["odd, one"] },
    });
  });

  afterAll(() => server.stop());

  const viewerOf = (siteIds: string[]) =>
    userViewer(
      {
        userId,
        sessionId: "direct-rows",
        name: "Reader",
        email: "reader@example.org",
        role: "RADIOLOGIST",
        siteIds,
        sessionExpiresAt: new Date("2100-01-01"),
      },
      ORIGIN,
    );

  const rowsFor = (viewer: Viewer) =>
    new ScopedRows(server.database.client, viewer);

  /** What pages read, as `read` reads it, and as Prisma does. */
  const bothWays = async (
    read: (
      table: "Case" | "Patient" | "Study" | "Image" | "User",
      id: string,
    ) => Promise<object[]>,
  ) => {
    const { client } = server.database;
    const whereId = (id: string) => ({ where: { id } });
    return [
      {
        case: await read("Case", made.case.id),
        patient: await read("Patient", made.patient.id),
        study: await read("Study", made.study.id),
        image: await read("Image", made.image.id),
        user: await read("User", userId),
      },
      {
        case: await client.case.findMany(whereId(made.case.id)),
        patient: await client.patient.findMany(whereId(made.patient.id)),
        study: await client.study.findMany(whereId(made.study.id)),
        image: await client.image.findMany(whereId(made.image.id)),
        user: await client.user.findMany(whereId(userId)),
      },
    ] as const;
  };

  it("are those that Prisma reads, to the last value", async () => {
    const viewer = viewerOf([made.case.siteId]);
    const [read, prisma] = await bothWays((table, id) =>
      rowsFor(viewer).read(table, BY_ID, [id]),
    );
    expect(read).toEqual(prisma);
    expect(read.user[0]).not.toHaveProperty("passwordHash");
  });

  it("are the same when they are told by their stamps", async () => {
    const viewer = viewerOf([made.case.siteId]);
    const filler = Array.from({ length: 5 }, () => randomUUID());
    for (let times = 0; times < 2; times++) {
      const [read, prisma] = await bothWays((table, id) =>
        rowsFor(viewer).read(table, BY_ID, [...filler, id]),
      );
      expect(read).toEqual(prisma);
    }
  });

  it("are read anew once they were changed, and shared until then", async () => {
    const { client } = server.database;
    const viewer = viewerOf([made.case.siteId]);
    const ids = [
      made.patient.id,
      ...Array.from({ length: 5 }, () => randomUUID()),
    ];
    const again = async () =>
      (await rowsFor(viewer).read("Patient", BY_ID, ids))[0];
    const first = await again();
    expect(await again()).toBe(first);
    await client.patient.update({
      where: { id: made.patient.id },
      data: { issuer: "Another" },
    });
    const changed = await again();
    expect(changed?.issuer).toBe("Another");
    expect(first?.issuer).not.toBe("Another");
  });

  it("cannot be changed by who reads them", async () => {
    const viewer = viewerOf([made.case.siteId]);
    const [row] = await rowsFor(viewer).read("Case", BY_ID, [made.case.id]);
    expect(() => Object.assign(row ?? {}, { state: "SIGNED" })).toThrow(
      TypeError,
    );
  });

  it("come in one statement with what stands beside them", async () => {
    const viewer = viewerOf([made.case.siteId]);
    const rows = rowsFor(viewer);
    const [listed] = await rows.readListed([made.case.id]);
    expect(listed?.people.map(({ id }) => id)).toEqual([userId]);
    const [patient] = await rows.readStamped("Patient", listed?.patient ?? []);
    const [study] = await rows.readStamped("Study", listed?.study ?? []);
    const films = await rows.readStamped("Image", listed?.films ?? []);
    expect([patient?.id, study?.id, films.map(({ id }) => id)]).toEqual([
      made.patient.id,
      made.study.id,
      [made.image.id],
    ]);
  });

  it("hold no film that is out of sight", async () => {
    const { client } = server.database;
    const viewer = viewerOf([made.case.siteId]);
    const removedAt = (at: Date | null) =>
      client.image.update({
        where: { id: made.image.id },
        data: { removedAt: at },
      });
    await removedAt(new Date());
    const rows = rowsFor(viewer);
    const by = { column: "studyId" } as const;
    expect(await rows.read("Image", by, [made.study.id])).toEqual([]);
    expect(await rows.readListed([made.case.id])).toMatchObject([
      { films: [] },
    ]);
    await removedAt(null);
  });

  it("are the same once the statement is prepared", async () => {
    const viewer = viewerOf([made.case.siteId]);
    const again = () => rowsFor(viewer).read("Case", BY_ID, [made.case.id]);
    const [first] = await again();
    for (let times = 0; times < 12; times++)
      expect((await again())[0]).toEqual(first);
  });

  it("are readings as Prisma gives them", async () => {
    const { client } = server.database;
    const { siteId, id: caseId } = made.case;
    await client.reading.create({
      data: {
        siteId,
        caseId,
        readerId: userId,
        state: "ENDED",
        startedAt: new Date("2026-03-04T05:06:07.089Z"),
        opinion: "NORMAL",
        draft: { text: "as typed", marks: [1.5, null] },
      },
    });
    expect(await readReadings(client, viewerOf([siteId]), [caseId])).toEqual(
      await client.reading.findMany({ where: { caseId } }),
    );
    expect(await readReadings(client, viewerOf([elsewhere]), [caseId])).toEqual(
      [],
    );
  });

  it("leave out what is not of the viewer's sites", async () => {
    const filler = Array.from({ length: 5 }, () => randomUUID());
    for (const viewer of [
      viewerOf([elsewhere]),
      viewerOf([]),
      anonymousViewer(ORIGIN),
    ]) {
      const rows = rowsFor(viewer);
      const { id } = made.case;
      expect(await rows.read("Case", BY_ID, [id])).toEqual([]);
      expect(await rows.read("Case", BY_ID, [...filler, id])).toEqual([]);
      expect(await rows.readListed([id])).toEqual([]);
      const by = { column: "studyId" } as const;
      expect(await rows.read("Image", by, [made.study.id])).toEqual([]);
    }
  });

  it("know times of any zone", async () => {
    const { client } = server.database;
    const [row] = await readRows<{ east: Date; west: Date; day: Date }>(
      client,
      {
        text: `SELECT "east", "west", date '0044-03-15' AS "day" FROM
          (SELECT set_config('TimeZone', 'Asia/Kolkata', true)) z,
          LATERAL (SELECT timestamptz '2026-01-31 12:00:00.123+00' AS "east",
            timestamptz '1969-12-31 23:00:00-03:30' AS "west") t`,
        values: [],
      },
    );
    expect(row).toEqual({
      east: new Date("2026-01-31T12:00:00.123Z"),
      west: new Date("1970-01-01T02:30:00Z"),
      day: new Date("0044-03-15T00:00:00Z"),
    });
  });
});
