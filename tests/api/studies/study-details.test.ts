import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { recordedBy } from "../../testkit/audit-trail.ts";
import { chestPng, uploadOne } from "../../testkit/films.ts";
import { aCase } from "../../testkit/scenario.ts";
import { startTestServer, type TestServer } from "../../testkit/server.ts";
import {
  aSite,
  asAdmin,
  asStaff,
  type SignedIn,
} from "../../testkit/viewers.ts";

let server: TestServer;
let staff: SignedIn;
let siteId: string;

beforeAll(async () => {
  server = await startTestServer({ films: true });
  siteId = (await aSite(server)).id;
  staff = await asStaff(server, siteId);
});
afterAll(() => server.stop());

const MUTATION = `mutation ($input: StudyDetailsInput!) {
  updateStudyDetails(input: $input) {
    id patientAgeYears clinicalFlags accessionNumber
    patient { id mrn name birthDate sex }
    images { warnings }
    case { version urgency urgencyReasons }
  }
}`;

const answer = z.object({
  updateStudyDetails: z.object({
    id: z.string(),
    patientAgeYears: z.number().nullable(),
    clinicalFlags: z.array(z.string()),
    accessionNumber: z.string().nullable(),
    patient: z.object({
      id: z.string(),
      mrn: z.string().nullable(),
      name: z.string(),
      birthDate: z.string().nullable(),
      sex: z.string(),
    }),
    images: z.array(z.object({ warnings: z.array(z.string()) })),
    case: z.object({
      version: z.number(),
      urgency: z.string(),
      urgencyReasons: z.array(z.string()),
    }),
  }),
});

async function update(input: Record<string, unknown>, client = staff) {
  const result = await client.execute(MUTATION, { input });
  return result.data(answer).updateStudyDetails;
}

describe("updateStudyDetails", () => {
  it("says whose an unknown film is, and the worklist finds it", async () => {
    const { studyId, caseId } = await uploadOne(staff, await chestPng(1));
    const { result, events } = await recordedBy(server, () =>
      update({
        studyId,
        mrn: "N-1",
        patientName: "NGUYEN, Thi Hoa",
        birthDate: "1950-03-01",
        sex: "FEMALE",
        studyDate: "2026-03-02",
      }),
    );
    expect(result).toMatchObject({
      // 1 March 1950 to 2 March 2026.
      patientAgeYears: 76,
      patient: { mrn: "N-1", name: "NGUYEN Thi Hoa", sex: "FEMALE" },
      images: [{ warnings: [] }],
    });
    const own = events.filter(({ type }) => type.startsWith("study."));
    expect(own).toMatchObject([
      {
        type: "study.patient-corrected",
        actorId: staff.userId,
        subjectId: studyId,
        after: { mrn: "N-1", patientName: "NGUYEN Thi Hoa" },
      },
    ]);
    const row = await server.database.client.case.findUniqueOrThrow({
      where: { id: caseId },
    });
    expect(row).toMatchObject({
      mrn: "N-1",
      searchText: "nguyen thi hoa n-1",
      patientName: "NGUYEN Thi Hoa",
    });
    expect(row.urgencyReasons).not.toContain("unknown-patient");
  });

  it("joins the film to the patient who has the number already", async () => {
    const known = await aCase(server, siteId).named("TRAN, An", "N-2").create();
    const { studyId } = await uploadOne(staff, await chestPng(2));
    const result = await update({ studyId, mrn: "N-2" });
    expect(result.patient).toMatchObject({
      id: known.patient.id,
      name: "TRAN, An",
    });
  });

  it("refuses a number that belongs to somebody of another name", async () => {
    await aCase(server, siteId).named("LE, Binh", "N-3").create();
    const { studyId } = await uploadOne(staff, await chestPng(3));
    const input = { studyId, mrn: "N-3", patientName: "HOANG, Cuc" };
    const refusal = await staff.execute(MUTATION, { input });
    const { message } = refusal.refusedWith("CONFLICT");
    expect(message).toContain("N-3 belongs to somebody");
    // Nobody looked at that patient, so nothing of him is said.
    expect(message).not.toMatch(/LE|Binh/u);
  });

  it("places the case anew when triage has to know more", async () => {
    const { studyId } = await uploadOne(staff, await chestPng(4));
    const before = await update({ studyId, clinicalFlags: [] });
    expect(before.case.urgency).toBe("SOON");
    const after = await update({
      studyId,
      clinicalFlags: ["low-spo2", "fever"],
    });
    expect(after.case.urgency).toBe("CRITICAL");
    expect(after.case.urgencyReasons).toEqual(
      expect.arrayContaining(["flag:low-spo2", "flag:fever"]),
    );
    expect(after.case.version).toBe(before.case.version + 1);
  });

  it("changes the name on every case of the patient", async () => {
    const first = await aCase(server, siteId)
      .named("OLD, Name", "N-5")
      .create();
    const second = await aCase(server, siteId).of(first.patient).create();
    await update({
      studyId: second.study.id,
      patientName: "NEW, Name",
      reason: "Misread",
    });
    const row = await server.database.client.case.findUniqueOrThrow({
      where: { id: first.case.id },
    });
    expect(row.patientName).toBe("NEW, Name");
    expect(row.searchText).toContain("new, name n-5");
  });

  it("empties what is sent as null and keeps what is left out", async () => {
    const details = '{"accessionNumber":"A-6","weightKg":"60"}';
    const { studyId } = await uploadOne(staff, await chestPng(6), { details });
    const result = await update({ studyId, accessionNumber: null });
    expect(result.accessionNumber).toBeNull();
    const study = await server.database.client.study.findUniqueOrThrow({
      where: { id: studyId },
    });
    expect(study.patientWeightKg).toBe(60);
  });

  it("records nothing and raises nothing when nothing changes", async () => {
    const { studyId } = await uploadOne(staff, await chestPng(7));
    const first = await update({ studyId, description: "Chest PA" });
    const { result, events } = await recordedBy(server, () =>
      update({ studyId, description: "Chest PA" }),
    );
    expect(events).toEqual([]);
    expect(result.case.version).toBe(first.case.version);
  });

  it.each([
    ["a date that is none", { birthDate: "1990-13-01" }],
    ["a flag outside the catalogue", { clinicalFlags: ["feverr"] }],
    ["an impossible age", { ageYears: 200 }],
  ])("refuses %s", async (_what, wrong) => {
    const { study } = await aCase(server, siteId).create();
    const input = { studyId: study.id, ...wrong };
    (await staff.execute(MUTATION, { input })).refusedWith("BAD_USER_INPUT");
  });

  it("refuses an age that the birth date contradicts, naming both", async () => {
    const { study } = await aCase(server, siteId).create();
    await update({ studyId: study.id, birthDate: "1985-01-01" });
    const input = { studyId: study.id, ageYears: 77 };
    const refusal = await staff.execute(MUTATION, { input });
    const { message, extensions } = refusal.refusedWith("BAD_USER_INPUT");
    expect(message).toMatch(/77 years.*1985-01-01/);
    // The sentence is English: pages have their own for what it names.
    expect(extensions).toMatchObject({
      problem: "age-contradicts-birth-date",
      years: 77,
      birthDate: "1985-01-01",
    });
  });

  it.each([
    ["age-out-of-range", { ageYears: 131 }],
    ["weight-out-of-range", { weightKg: 0.1 }],
    ["birth-date-in-future", { birthDate: "2126-01-01" }],
    ["film-date-in-future", { studyDate: "2126-01-01" }],
    ["no-day", { birthDate: "1990-02-30" }],
  ])("names what is wrong: %s", async (problem, wrong) => {
    const { study } = await aCase(server, siteId).create();
    const input = { studyId: study.id, ...wrong };
    const refusal = await staff.execute(MUTATION, { input });
    const { extensions } = refusal.refusedWith("BAD_USER_INPUT");
    expect(extensions).toMatchObject({ problem });
  });

  it("refuses a word that is no record number", async () => {
    const { study } = await aCase(server, siteId).create();
    const input = { studyId: study.id, mrn: "UNKNOWN" };
    (await staff.execute(MUTATION, { input })).refusedWith("BAD_USER_INPUT");
  });

  it("refuses staff to say that a signed film is another's", async () => {
    const { study } = await aCase(server, siteId)
      .with({ state: "SIGNED", signedAt: server.clock.now() })
      .create();
    const input = { studyId: study.id, patientName: "QUILL, Ada", reason: "x" };
    (await staff.execute(MUTATION, { input })).refusedWith("FORBIDDEN");
  });

  it("refuses an admin, who may look and not correct", async () => {
    const { study } = await aCase(server, siteId).create();
    const admin = await asAdmin(server, siteId);
    const input = { studyId: study.id, description: "x" };
    (await admin.execute(MUTATION, { input })).refusedWith("FORBIDDEN");
  });

  it("does not know a study of another site", async () => {
    const { study } = await aCase(server, siteId).create();
    const stranger = await asStaff(server, (await aSite(server)).id);
    const input = { studyId: study.id, description: "x" };
    (await stranger.execute(MUTATION, { input })).refusedWith("NOT_FOUND");
  });
});
