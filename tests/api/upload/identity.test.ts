import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recordedBy } from "../../testkit/audit-trail.ts";
import {
  chestDicom,
  chestPng,
  upload,
  uploadOne,
} from "../../testkit/films.ts";
import { startTestServer, type TestServer } from "../../testkit/server.ts";
import { aSite, asStaff, type SignedIn } from "../../testkit/viewers.ts";

let server: TestServer;
let staff: SignedIn;
let siteId: string;

beforeAll(async () => {
  server = await startTestServer({ films: true });
  siteId = (await aSite(server)).id;
  staff = await asStaff(server, siteId);
});
afterAll(() => server.stop());

const STUDY = { time: "101500", description: "Chest" };
const studyOf = (studyId: string | null | undefined) =>
  server.database.client.study.findUniqueOrThrow({
    where: { id: studyId ?? "" },
    include: {
      patient: { include: { names: true, identifiers: true } },
      images: { orderBy: { createdAt: "asc" } },
      series: true,
      case: true,
    },
  });

/** Sends films and gives what became of each. */
async function send(...films: Buffer[]) {
  const sent = [];
  // One after the other: which of them came first matters.
  for (const bytes of films) {
    const { results } = await upload(staff, [{ name: "film.dcm", bytes }]);
    const [result] = results;
    if (!result) throw new Error("a film without a result");
    sent.push({ result, study: await studyOf(result.studyId) });
  }
  return sent;
}

/** The same header value, changed in place: both of one length. */
function patched(film: Buffer, from: string, to: string): Buffer {
  const at = film.indexOf(Buffer.from(from, "latin1"));
  if (at < 0 || from.length !== to.length) throw new Error(`no ${from}`);
  const copy = Buffer.from(film);
  copy.write(to, at, "latin1");
  return copy;
}

describe("whose film it is", () => {
  it("keeps name, number and series in their parts", async () => {
    const [sent] = await send(
      chestDicom(
        901,
        {
          familyName: "TRAN",
          givenName: "THI BUOI",
          id: "I-1",
          sex: "F",
          birthDate: "19500102",
        },
        { study: { ...STUDY, date: "20260301", accessionNumber: "A-901" } },
      ),
    );
    expect(sent?.result.code).toBeNull();
    expect(sent?.study).toMatchObject({
      studyDate: new Date("2026-03-01"),
      studyTime: "10:15:00",
      patientAgeYears: 76,
      patient: {
        mrn: "I-1",
        identityState: "KNOWN",
        name: "TRAN THI BUOI",
        names: [
          { representation: "ALPHABETIC", family: "TRAN", given: "THI BUOI" },
        ],
        identifiers: [{ value: "I-1", issuer: "" }],
      },
    });
    expect(sent?.study.series).toHaveLength(1);
    const [image] = sent?.study.images ?? [];
    expect(image?.sopClassUid).toMatch(/^1\.2\.840\.10008\.5\.1\.4\.1\.1\./);
    expect(image?.seriesId).toBe(sent?.study.series[0]?.id);
  });

  it("takes two films under a stand-in for two people's", async () => {
    const anon = (seed: number, sex: "F" | "M") =>
      chestDicom(
        seed,
        { familyName: "", givenName: "", id: "ANON", sex },
        {
          study: { ...STUDY, date: "20260301", accessionNumber: String(seed) },
        },
      );
    const [first, second] = await send(anon(911, "F"), anon(912, "M"));
    expect(first?.study.patientId).not.toBe(second?.study.patientId);
    expect([first?.study.patient.sex, second?.study.patient.sex]).toEqual([
      "FEMALE",
      "MALE",
    ]);
    for (const sent of [first, second]) {
      expect(sent?.result.code).toBe("unknown-patient");
      expect(sent?.study.patient).toMatchObject({
        mrn: null,
        identityState: "UNKNOWN",
      });
      expect(sent?.study.images[0]?.warnings).toContain("placeholder-number");
    }
  });

  it("keeps a film apart whose sex contradicts the record", async () => {
    const film = (seed: number, sex: "F" | "M") =>
      chestDicom(
        seed,
        { familyName: "Quill", givenName: "A", id: "I-2", sex },
        { study: { ...STUDY, date: "20260301", accessionNumber: "" } },
      );
    const [first, second] = await send(film(921, "F"), film(922, "M"));
    expect(first?.result.code).toBeNull();
    expect(second?.result).toMatchObject({ code: "patient-mismatch" });
    expect(second?.result.message).toContain("another sex");
    expect(second?.study.patient).toMatchObject({
      mrn: "I-2",
      identityState: "CHECK",
    });
    expect(first?.study.patient.sex).toBe("FEMALE");
  });

  it("tells a film that was sent again with another content", async () => {
    const patient = {
      familyName: "Quill",
      givenName: "B",
      id: "I-3",
      sex: "F",
      ageYears: 40,
    } as const;
    const film = chestDicom(931, patient);
    const changed = patched(film, "040Y", "041Y");
    const { result, events } = await recordedBy(server, () =>
      send(film, changed),
    );
    const [first, second] = result;
    expect(first?.result.code).toBeNull();
    expect(second?.result).toMatchObject({
      outcome: "accepted",
      code: "changed-resend",
    });
    const { images } = await studyOf(first?.result.studyId);
    expect(images.map(({ conflictsWithId }) => conflictsWithId)).toEqual([
      null,
      first?.result.imageId,
    ]);
    expect(images.map(({ sopInstanceUid }) => sopInstanceUid === null)).toEqual(
      [false, true],
    );
    expect(events.filter(({ type }) => type === "image.added")).toMatchObject([
      { details: { conflictsWith: null } },
      { details: { conflictsWith: first?.result.imageId } },
    ]);
  });

  it("tells one study UID of two patients and keeps them apart", async () => {
    const film = chestDicom(941, {
      familyName: "Quill",
      givenName: "C",
      id: "I-4",
      sex: "F",
    });
    const other = patched(patched(film, "I-4", "I-5"), "Quill^C", "Reed^Dd");
    const [first, second] = await send(film, other);
    expect(second?.result.code).toBe("study-of-two-patients");
    expect(second?.study.id).not.toBe(first?.study.id);
    expect(second?.study.patient.mrn).toBe("I-5");
  });

  it("makes one patient of a number's films that come at once", async () => {
    const sent = await Promise.all(
      [951, 952, 953, 954].map((seed) =>
        send(
          chestDicom(seed, {
            familyName: "Quill",
            givenName: "E",
            id: "I-6",
            sex: "F",
          }),
        ),
      ),
    );
    const patients = sent.flat().map(({ study }) => study.patientId);
    expect(new Set(patients).size).toBe(1);
  });
});

describe("when it was taken", () => {
  it("stays unknown for a film that does not say", async () => {
    const { studyId } = await uploadOne(staff, await chestPng(961), {
      details: '{"mrn":"I-7","birthDate":"1950-01-01"}',
    });
    expect(await studyOf(studyId)).toMatchObject({
      studyDate: null,
      studyTime: null,
      studiedAt: null,
      patientAgeYears: null,
    });
  });
});
