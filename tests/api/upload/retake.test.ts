import type { Case } from "@lung-iris/prisma";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recordedBy } from "../../testkit/audit-trail.ts";
import { chestDicom, uploadOne } from "../../testkit/films.ts";
import { startTestServer, type TestServer } from "../../testkit/server.ts";
import { aSite, asStaff, type SignedIn } from "../../testkit/viewers.ts";

describe("a film that was asked for again", () => {
  let server: TestServer;
  let staff: SignedIn;

  beforeAll(async () => {
    server = await startTestServer({ films: true });
    staff = await asStaff(server, (await aSite(server)).id);
  });
  afterAll(() => server.stop());

  const patient = (id: string) => ({
    familyName: "Ly",
    givenName: "Hoa",
    id,
    sex: "F" as const,
  });
  const study = (date: string, time: string, accessionNumber: string) => ({
    study: { date, time, accessionNumber, description: "Chest" },
  });

  const send = (
    seed: number,
    id: string,
    at: ReturnType<typeof study> = study("20260301", "090000", `A-${id}`),
  ) => uploadOne(staff, chestDicom(seed, patient(id), at));

  const signNothing = (caseId: string): Promise<Case> =>
    server.database.client.case.update({
      where: { id: caseId },
      data: {
        state: "SIGNED",
        signedAt: server.clock.now(),
        decidedLabel: "NOT_DIAGNOSTIC",
        retakeAskedAt: server.clock.now(),
        retakeReason: "POSITION",
      },
    });

  const doneAt = async (id: string) =>
    (
      await server.database.client.case.findUniqueOrThrow({
        where: { id },
        select: { retakeDoneAt: true },
      })
    ).retakeDoneAt;

  it("is there when a later film of the patient comes, on record", async () => {
    const first = await send(901, "R-1");
    await signNothing(first.caseId);
    const { result, events } = await recordedBy(server, () =>
      send(902, "R-1", study("20260301", "093000", "B-1")),
    );
    expect(result.caseId).not.toBe(first.caseId);
    expect(events).toContainEqual(
      expect.objectContaining({
        type: "case.retake-ended",
        subjectId: first.caseId,
        details: { cause: "film-arrived", imageId: result.imageId },
      }),
    );
    expect(await doneAt(first.caseId)).not.toBeNull();
  });

  it("is not an older film that is brought in late, nor another patient's", async () => {
    const first = await send(911, "R-2");
    await signNothing(first.caseId);
    await send(912, "R-2", study("20250301", "090000", "B-2"));
    await send(913, "R-3");
    expect(await doneAt(first.caseId)).toBeNull();
  });

  it("is there, and the case to be read again, when it comes to the same study", async () => {
    const first = await send(921, "R-4");
    await signNothing(first.caseId);
    const again = await send(922, "R-4");
    expect(again.caseId).toBe(first.caseId);
    const row = await server.database.client.case.findUniqueOrThrow({
      where: { id: first.caseId },
    });
    expect(row).toMatchObject({ state: "WAITING", decidedLabel: null });
    expect(row.retakeDoneAt).not.toBeNull();
  });

  it("comes once, also where two films come at the same time", async () => {
    const first = await send(931, "R-5");
    await signNothing(first.caseId);
    const { events } = await recordedBy(server, () =>
      Promise.all([
        send(932, "R-5", study("20260301", "100000", "B-5")),
        send(933, "R-5", study("20260301", "101000", "C-5")),
      ]),
    );
    const ends = events.filter(({ type }) => type === "case.retake-ended");
    expect(ends).toHaveLength(1);
  });
});
