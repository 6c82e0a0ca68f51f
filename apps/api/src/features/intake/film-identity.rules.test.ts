import { describe, expect, it } from "vitest";
import {
  UNKNOWN_NAME,
  ageAt,
  identifyFilm,
  identityConflicts,
  madeUid,
} from "./film-identity.rules.ts";

const film = {
  header: undefined,
  details: {},
  siteId: "site-1",
  sha256: "a1b2c3d4e5f6".padEnd(64, "0"),
  receivedAt: new Date("2026-11-23T09:00:00Z"),
};
const header = {
  photometricInterpretation: "MONOCHROME2",
  transferSyntaxUid: "1.2.840.10008.1.2.1",
};

describe("identifyFilm", () => {
  it("marks a film that says nothing as an unknown patient's", () => {
    const { patient, study } = identifyFilm(film);
    expect(patient).toEqual({
      mrn: "UNKNOWN-A1B2C3D4E5",
      name: UNKNOWN_NAME,
      birthDate: null,
      sex: "UNKNOWN",
      isUnknown: true,
    });
    expect(study.studiedAt).toEqual(film.receivedAt);
  });

  it("believes the header before the form and fills gaps from the form", () => {
    const { patient, study } = identifyFilm({
      ...film,
      header: { ...header, patientId: "H-1", patientSex: "F" },
      details: { mrn: "F-1", sex: "MALE", patientName: "TRAN, Thi B" },
    });
    expect(patient).toMatchObject({
      mrn: "H-1",
      sex: "FEMALE",
      name: "TRAN, Thi B",
      isUnknown: false,
    });
    expect(study.modality).toBe("DX");
  });

  it("joins films of one accession number and tells patients apart", () => {
    const uid = (mrn: string, sha256: string) =>
      identifyFilm({ ...film, sha256, details: { mrn, accessionNumber: "A7" } })
        .study.studyInstanceUid;
    expect(uid("1", "aa")).toBe(uid("1", "bb"));
    expect(uid("1", "aa")).not.toBe(uid("2", "aa"));
  });

  it("computes the age at the examination from the birth date", () => {
    const { study } = identifyFilm({
      ...film,
      details: { birthDate: "1960-12-24", studiedAt: "2026-11-01T08:00:00Z" },
    });
    // 24 December 1960 to 1 November 2026: the 66th birthday is to come.
    expect(study.ageYears).toBe(65);
  });

  it("takes no examination date that lies in the future", () => {
    const { study } = identifyFilm({
      ...film,
      header: { ...header, studyDateTime: "2031-01-01T00:00:00" },
    });
    expect(study.studiedAt).toEqual(film.receivedAt);
  });

  it("shows no header text otherwise than it is stored", () => {
    const strange = {
      ...header,
      patientId: "MRN\u202e-1",
      patientName: "NGUYEN, \u202eAn\u0007",
      studyDescription: "\u2066",
      patientBirthDate: "2999-01-01",
    };
    const { patient, study } = identifyFilm({ ...film, header: strange });
    expect(patient).toMatchObject({
      mrn: "MRN-1",
      name: "NGUYEN, An",
      birthDate: null,
    });
    expect(study.description).toBeNull();
    const born = { ...strange, patientBirthDate: "1956-03-09" };
    expect(identifyFilm({ ...film, header: born }).patient.birthDate).toBe(
      "1956-03-09",
    );
  });

  it("takes no free text for a view", () => {
    const free = { ...header, viewPosition: "NGUYEN AN 1956" };
    expect(identifyFilm({ ...film, header: free }).study.viewPosition).toBe(
      "OTHER",
    );
  });

  it("calls every lateral view by one word", () => {
    const view = (viewPosition: string) =>
      identifyFilm({ ...film, header: { ...header, viewPosition } }).study
        .viewPosition;
    expect(view("LL")).toBe("LATERAL");
    expect(view("pa")).toBe("PA");
  });
});

describe("madeUid", () => {
  it("makes a valid DICOM UID, the same for the same words", () => {
    const uid = madeUid("a", "b");
    expect(uid).toMatch(/^2\.25\.[1-9]\d{0,38}$/);
    expect(uid.length).toBeLessThanOrEqual(64);
    expect(madeUid("a", "b")).toBe(uid);
    expect(madeUid("a", "c")).not.toBe(uid);
  });
});

describe("ageAt", () => {
  it("gives small children a fraction and refuses a birth after the film", () => {
    const at = new Date("2026-01-01");
    expect(ageAt("2025-07-02", at)).toBeCloseTo(0.5, 1);
    expect(ageAt("2026-06-01", at)).toBeNull();
  });
});

describe("identityConflicts", () => {
  const known = { name: "NGUYỄN, Văn Đạt", birthDate: "1950-01-02" };
  it("sees one person in other accents, order and shorter forms", () => {
    for (const name of ["Nguyen Van Dat", "DAT NGUYEN", UNKNOWN_NAME]) {
      expect(identityConflicts(known, { name, birthDate: null })).toEqual([]);
    }
  });
  it("tells another name and another birth date", () => {
    expect(
      identityConflicts(known, { name: "LE, Thi C", birthDate: "1950-01-03" }),
    ).toEqual(["name", "birth-date"]);
  });
});
