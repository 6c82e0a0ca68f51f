import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recordedBy } from "../../testkit/audit-trail.ts";
import { chestDicom, chestPng, uploadOne } from "../../testkit/films.ts";
import { startTestServer, type TestServer } from "../../testkit/server.ts";
import { aSite, asStaff, type SignedIn } from "../../testkit/viewers.ts";
import {
  startTestWorker,
  untilAssessed,
  untilNoJob,
  type TestWorker,
} from "../../testkit/worker.ts";

let server: TestServer;
let worker: TestWorker;
let staff: SignedIn;

beforeAll(async () => {
  server = await startTestServer({ films: true });
  staff = await asStaff(server, (await aSite(server)).id);
  worker = await startTestWorker(server);
});
afterAll(async () => {
  await worker.stop();
  await server.stop();
});

const UPDATE = `mutation ($input: StudyDetailsInput!) {
  updateStudyDetails(input: $input) { id }
}`;

async function correct(input: Record<string, unknown>): Promise<void> {
  (await staff.execute(UPDATE, { input })).anyData();
  await untilNoJob(server);
}

/** The film's predictions, oldest first, with the pneumonia finding. */
async function predictionsOf(imageId: string) {
  const rows = await server.database.client.prediction.findMany({
    where: { imageId },
    orderBy: { revision: "asc" },
    include: { findings: { where: { code: "pneumonia" } } },
  });
  return rows.map(({ revision, basis, findings: [finding] }) => ({
    revision,
    basis,
    threshold: finding?.ownThreshold,
    group: { name: finding?.ageGroup, from: finding?.groupFrom },
  }));
}

const film = async (seed: number, details: Record<string, unknown>) => {
  const sent = await uploadOne(staff, await chestPng(seed, 512), {
    details: JSON.stringify(details),
  });
  await untilAssessed(server);
  return sent;
};

/** The case's own transitions beside it are tested with the cases. */
const isNoTransition = ({ type }: { type: string }) =>
  !type.startsWith("case.");

describe("correcting what the model was told", () => {
  it("asks the model again with the right age, on record, and back again", async () => {
    const { studyId, imageId, caseId } = await film(1, { ageYears: 41 });
    const { events } = await recordedBy(server, () =>
      correct({ studyId, ageYears: 4 }),
    );
    expect(events.filter(isNoTransition)).toMatchObject([
      {
        type: "study.updated",
        after: { ageYears: 4 },
        details: { filmsAskedAgain: [imageId] },
      },
      { type: "prediction.recorded", details: { cause: "corrected" } },
    ]);
    server.clock.forward(60);
    await correct({ studyId, ageYears: 41 });
    const made = await predictionsOf(imageId);
    expect(made).toMatchObject([
      { revision: 1, basis: "age=41 sex=UNKNOWN", group: { name: "adult" } },
      { revision: 2, basis: "age=4 sex=UNKNOWN", group: { name: "child" } },
      { revision: 3, basis: "age=41 sex=UNKNOWN", group: { from: "age" } },
    ]);
    expect(made[2]?.threshold).toBe(made[0]?.threshold);
    const row = await server.database.client.case.findUniqueOrThrow({
      where: { id: caseId },
    });
    expect(row.threshold).toBe(made[2]?.threshold);
  });

  it("asks nothing where neither age nor sex is another", async () => {
    const { studyId, imageId } = await film(2, { ageYears: 30, sex: "MALE" });
    const { events } = await recordedBy(server, () =>
      correct({ studyId, ageYears: 30, sex: "MALE", clinicalNote: "cough" }),
    );
    expect(events.filter(isNoTransition)).toMatchObject([
      { details: { filmsAskedAgain: [] } },
    ]);
    expect(await predictionsOf(imageId)).toHaveLength(1);
  });

  it("keeps an age that was taken back from coming out of the header", async () => {
    const patient = {
      familyName: "Vo",
      givenName: "An",
      id: "C-2D",
      sex: "M" as const,
      ageYears: 4,
    };
    const { studyId, imageId } = await uploadOne(staff, chestDicom(6, patient));
    await untilAssessed(server);
    await correct({ studyId, ageYears: null, birthDate: null });
    const made = await predictionsOf(imageId);
    expect(made[0]).toMatchObject({ group: { from: "age" } });
    expect(made[1]?.basis).toBe("sex=MALE");
    expect(made[1]?.group.from).not.toBe("age");
  });

  it("asks for every open study of a patient whose sex is corrected", async () => {
    const patient = { mrn: "C-3", patientName: "LE, Chi", sex: "MALE" };
    const first = await film(3, patient);
    const second = await film(4, { ...patient, accessionNumber: "C-3-2" });
    expect(second.studyId).not.toBe(first.studyId);
    await correct({
      studyId: first.studyId,
      sex: "FEMALE",
      reason: "Misread",
    });
    for (const { imageId } of [first, second]) {
      const made = await predictionsOf(imageId);
      expect(made.map(({ basis }) => basis)).toEqual([
        "sex=MALE",
        "sex=FEMALE",
      ]);
    }
  });

  it("leaves what a reader has signed as the reader saw it", async () => {
    const { studyId, imageId } = await film(5, { ageYears: 50 });
    await server.database.client.case.update({
      where: { studyId },
      data: { state: "SIGNED", decidedLabel: "NORMAL", agreesWithAi: true },
    });
    const { events } = await recordedBy(server, () =>
      correct({ studyId, ageYears: 5 }),
    );
    expect(events.filter(isNoTransition)).toMatchObject([
      { details: { filmsAskedAgain: [] } },
    ]);
    expect(await predictionsOf(imageId)).toHaveLength(1);
  });
});
