import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { AuditLog } from "../../../apps/api/src/audit/audit-log.ts";
import { verifyDatabase } from "../../../apps/api/src/audit/verify-chain.ts";
import { removeErased } from "../../../apps/api/src/features/erasures/erased-objects.ts";
import { everyFilmKey } from "../../../apps/api/src/features/films/film-keys.ts";
import {
  putBytes,
  type ObjectStore,
} from "../../../apps/api/src/platform/object-store.ts";
import { recordedBy } from "../../testkit/audit-trail.ts";
import { aCase } from "../../testkit/scenario.ts";
import { startTestServer, type TestServer } from "../../testkit/server.ts";
import { aSite, type SignedIn } from "../../testkit/viewers.ts";
import {
  aPlantedPerson,
  NAME,
  NUMBER,
  tablesHolding,
  WORDS,
  type Planted,
} from "./planted.ts";
import { APPROVE, EXPORTS, PREVIEW, WHY } from "./erasure-documents.ts";
import { proposedBy, twoAdmins } from "./two-admins.ts";

describe("erasing a patient's record", () => {
  let server: TestServer;
  let siteId: string;
  let first: SignedIn;
  let second: SignedIn;
  let reader: SignedIn;

  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    ({ siteId, first, second, reader } = await twoAdmins(server));
  });

  const planted = (): Promise<Planted> =>
    aPlantedPerson(server, siteId, reader.userId);
  const proposed = (patientId: string) => proposedBy(first, patientId);
  async function erased(patientId: string): Promise<string> {
    const id = await proposed(patientId);
    (await second.execute(APPROVE, { id, reason: WHY })).anyData();
    return id;
  }
  const removal = (objectStore: Pick<ObjectStore, "remove">) =>
    removeErased({
      client: server.appDatabase.client,
      audit: new AuditLog(server.appDatabase.client, server.clock),
      clock: server.clock,
      objectStore,
    });
  async function stored(keys: readonly string[]): Promise<string[]> {
    const sizes = await Promise.all(
      keys.map((key) => server.objectStore.size(key)),
    );
    return keys.filter((_key, at) => sizes[at] !== null);
  }

  it("takes what the preview said, says so without a name, and leaves the chain whole", async () => {
    const { patient } = await planted();
    const other = await aCase(server, siteId).assessed(0.3).create();
    const preview = (
      await first.execute(PREVIEW, { id: patient.id })
    ).anyData()["erasurePreview"] as Record<string, unknown>;
    expect(preview).toMatchObject({
      counts: {
        records: 1,
        studies: 2,
        films: 2,
        bytes: "2000",
        cases: 2,
        signedCases: 1,
        readings: 1,
        reports: 2,
        predictions: 2,
        labels: 1,
        comments: 1,
        keptTexts: 2,
        criticalResults: 1,
        notes: 1,
        corrections: 2,
        filmsShared: 0,
      },
      exports: [{ name: "Spring", films: 1, hadFile: true, downloads: 0 }],
      obstacles: [],
    });
    const { result: id, events: asked } = await recordedBy(server, () =>
      proposed(patient.id),
    );
    expect(asked).toMatchObject([
      {
        type: "erasure.proposed",
        patientId: patient.id,
        actorId: first.userId,
        details: { cause: "ASKED", reason: WHY },
      },
    ]);
    const before = await verifyDatabase(server.database.client);
    const { result, events } = await recordedBy(server, () =>
      second.execute(APPROVE, { id, reason: "Checked the letter" }),
    );
    const gone = result.anyData()["approveErasure"] as Record<string, unknown>;
    // What is about the person in the trail went on: a look and a proposal.
    const counts = {
      ...z.looseObject({}).parse(preview["counts"]),
      events: expect.any(Number) as number,
    };
    expect(gone).toMatchObject({
      state: "APPROVED",
      objectsLeft: 3,
      patient: null,
      counts,
      exports: [{ name: "Spring", films: 1 }],
    });
    expect(events).toMatchObject([
      {
        type: "patient.erased",
        subjectId: patient.id,
        patientId: patient.id,
        siteId,
        before: { record: "here" },
        after: { record: "erased" },
        details: { erasureId: id, records: [patient.id] },
      },
    ]);
    const after = await verifyDatabase(server.database.client);
    expect([before.ok, after.ok]).toEqual([true, true]);
    expect(after.count).toBe(before.count + 1);
    expect(await server.database.client.case.count({ where: { siteId } })).toBe(
      1,
    );
    expect(
      await server.database.client.prediction.count({
        where: { imageId: other.image.id },
      }),
    ).toBe(1);
  });

  it("leaves no word of the person in any table but in events that had it", async () => {
    const { patient, signed } = await planted();
    // An event of former days that says the name: it stays, and is counted.
    await first.execute(
      `{ patients(search: "${NUMBER}") { edges { node { id } } } }`,
    );
    const client = server.database.client;
    await client.auditEvent.create({
      data: {
        at: server.clock.now(),
        type: "patient.updated",
        actorId: "SYSTEM",
        actorName: "System",
        actorRole: "SYSTEM",
        siteId,
        subjectType: "patient",
        subjectId: patient.id,
        patientId: patient.id,
        content: JSON.stringify({ before: { name: NAME } }),
      },
    });
    for (const word of WORDS)
      expect(Object.keys(await tablesHolding(server, word))).not.toEqual([]);
    const preview = await first.execute(PREVIEW, { id: patient.id });
    expect(preview.anyData()["erasurePreview"]).toMatchObject({
      counts: { eventsNaming: 1 },
    });
    await erased(patient.id);
    for (const word of [...WORDS, signed.study.studyInstanceUid])
      expect(
        Object.keys(await tablesHolding(server, word)).filter(
          (table) => table !== '"AuditEvent"',
        ),
        word,
      ).toEqual([]);
    // The ids of the record stay where the trail and the tombstone name it.
    expect(Object.keys(await tablesHolding(server, patient.id)).sort()).toEqual(
      ['"AuditEvent"', '"Erasure"'],
    );
    for (const id of [signed.case.id, signed.study.id, signed.image.id])
      expect(
        Object.keys(await tablesHolding(server, id)).filter(
          (table) => table !== '"AuditEvent"',
        ),
      ).toEqual([]);
  });

  it("removes every byte, however often it is killed on the way", async () => {
    // What other tests left.
    await removal(server.objectStore);
    server.clock.forward(16 * 60);
    await removal(server.objectStore);
    const { patient, open, signed, exportKey } = await planted();
    const keys = [open, signed].flatMap(({ image }) =>
      everyFilmKey(image.sha256),
    );
    expect(await stored([...keys, exportKey])).toHaveLength(keys.length + 1);
    await erased(patient.id);
    let left = 3;
    const dying = {
      remove: async (key: string) => {
        left -= 1;
        if (left < 0) throw new Error("killed");
        await server.objectStore.remove(key);
      },
    };
    await expect(removal(dying)).rejects.toThrow("killed");
    expect((await stored([...keys, exportKey])).length).toBeGreaterThan(0);
    await removal(server.objectStore);
    expect(await stored([...keys, exportKey])).toEqual([]);
    // Somebody made a picture of it at that moment: it is looked for again.
    const [again] = keys;
    await putBytes(server.objectStore, again ?? "", Buffer.from("x"));
    server.clock.forward(16 * 60);
    const { result, events } = await recordedBy(server, () =>
      removal(server.objectStore),
    );
    expect(result).toBe(3);
    expect(await stored(keys)).toEqual([]);
    expect(events).toMatchObject([
      { type: "erasure.emptied", patientId: patient.id },
    ]);
    expect(await server.database.client.erasedObject.count()).toBe(0);
    expect(
      (await recordedBy(server, () => removal(server.objectStore))).events,
    ).toEqual([]);
  });

  it("leaves the bytes of a film that another hospital has too", async () => {
    const { patient, signed } = await planted();
    const elsewhere = (await aSite(server)).id;
    const same = await aCase(server, elsewhere).create();
    await server.database.client.image.update({
      where: { id: same.image.id },
      data: { sha256: signed.image.sha256 },
    });
    const preview = await first.execute(PREVIEW, { id: patient.id });
    expect(preview.anyData()["erasurePreview"]).toMatchObject({
      counts: { filmsShared: 1 },
    });
    await erased(patient.id);
    await removal(server.objectStore);
    expect(await stored(everyFilmKey(signed.image.sha256))).not.toEqual([]);
    server.clock.forward(16 * 60);
    await removal(server.objectStore);
  });

  it("serves no export that held the films, and says which", async () => {
    const { patient, datasetId } = await planted();
    const fetched = () => first.fetch(`/datasets/${datasetId}/download`);
    expect((await fetched()).status).toBe(200);
    const id = await erased(patient.id);
    expect((await fetched()).status).toBe(409);
    const row = await server.database.client.dataset.findUniqueOrThrow({
      where: { id: datasetId },
    });
    expect(row).toMatchObject({ state: "FAILED", failure: "ERASED" });
    const answer = await first.execute(
      `{ erasures { edges { node { id ${EXPORTS} } } } }`,
    );
    expect(answer.anyData()["erasures"]).toEqual({
      edges: [
        {
          node: {
            id,
            exports: [
              {
                name: "Spring",
                films: 1,
                hadFile: true,
                downloads: 1,
                models: [],
              },
            ],
          },
        },
      ],
    });
  });

  it("takes the records that were merged into it as well", async () => {
    const { patient } = await planted();
    const merged = await aCase(server, siteId).create();
    await server.database.client.patient.update({
      where: { id: merged.patient.id },
      data: { mergedIntoId: patient.id },
    });
    // Asked for under the record that points away.
    const id = await proposed(merged.patient.id);
    const since = await aCase(server, siteId).create();
    const pointTo = (mergedIntoId: string | null) =>
      server.database.client.patient.update({
        where: { id: since.patient.id },
        data: { mergedIntoId },
      });
    await pointTo(patient.id);
    // Nobody was asked about that one.
    (await second.execute(APPROVE, { id, reason: WHY })).refusedWith(
      "CONFLICT",
    );
    await pointTo(null);
    (await second.execute(APPROVE, { id, reason: WHY })).anyData();
    expect(
      await server.database.client.patient.findMany({
        where: { siteId },
        select: { id: true },
      }),
    ).toEqual([{ id: since.patient.id }]);
  });
});
