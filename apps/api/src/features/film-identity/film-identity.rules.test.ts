import type { DicomHeader } from "@lung-iris/inference";
import { describe, expect, it } from "vitest";
import { ageOn, agesClash } from "./age.rules.ts";
import { identifyFilm } from "./film-identity.rules.ts";
import { UNKNOWN_NAME, identityConflicts } from "./identity-conflicts.rules.ts";
import { displayName, parseName } from "../patients/person-name.rules.ts";
import { madeUid } from "./made-uid.ts";

const film = {
  header: undefined,
  details: {},
  siteId: "site-1",
  siteZone: null,
  sha256: "a1b2c3d4e5f6".padEnd(64, "0"),
  receivedAt: new Date("2026-11-23T09:00:00Z"),
};

type Identity = DicomHeader["identity"];

function header(
  values: Partial<DicomHeader> = {},
  identity: Partial<Identity> = {},
): DicomHeader {
  return {
    photometricInterpretation: "MONOCHROME2",
    transferSyntaxUid: "1.2.840.10008.1.2.1",
    ...values,
    identity: {
      names: {},
      issuer: null,
      examTime: { date: null, time: null, zoneMinutes: null },
      statedAge: null,
      statedAgeYears: null,
      sopClassUid: null,
      referringPhysician: null,
      requestedProcedure: null,
      ward: null,
      department: null,
      series: {
        description: null,
        number: null,
        laterality: null,
        station: null,
        manufacturer: null,
        model: null,
      },
      ...identity,
    },
  };
}

const onDay = (date: string, time: string | null = null) => ({
  examTime: { date, time, zoneMinutes: null },
});

describe("identifyFilm", () => {
  it("makes nothing up of a film that says nothing", () => {
    const { patient, study } = identifyFilm(film);
    expect(patient).toEqual({
      mrn: null,
      issuer: null,
      names: {},
      name: UNKNOWN_NAME,
      birthDate: null,
      sex: "UNKNOWN",
    });
    expect(study).toMatchObject({
      studyDate: null,
      studyTime: null,
      studiedAt: null,
      ageYears: null,
    });
  });

  it("believes the header before the form and fills gaps from the form", () => {
    const { patient, study } = identifyFilm({
      ...film,
      header: header({ patientId: "H-1", patientSex: "F" }),
      details: { mrn: "F-1", sex: "MALE", patientName: "TRAN, Thi B" },
    });
    expect(patient).toMatchObject({
      mrn: "H-1",
      sex: "FEMALE",
      name: "TRAN Thi B",
    });
    expect(study.modality).toBe("DX");
  });

  it.each([
    ...["ANON", "anonymous", "UNKNOWN", "0", "000", "--", "N/A", "-1", "#"],
    ...["DE-IDENTIFIED", "Removed", "(null)", "undefined", "Not available"],
    ...["PatientID", "0.0", "Vô danh", "KHONG RO", "chưa có", "Test^Patient"],
  ])("takes %s for nobody's number", (patientId) => {
    const { patient, notes } = identifyFilm({
      ...film,
      header: header({ patientId, patientSex: "F" }),
    });
    expect(patient.mrn).toBeNull();
    expect(notes).toContain("placeholder-number");
  });

  it("takes a numbered stand-in for a number where a name stands beside it", () => {
    const mrn = (patientName?: string) =>
      identifyFilm({
        ...film,
        details: { mrn: "ANON-17", ...(patientName ? { patientName } : {}) },
      }).patient.mrn;
    expect(mrn()).toBeNull();
    expect(mrn("Quill, Anselm")).toBe("ANON-17");
  });

  it("joins films of one accession number and tells patients apart", () => {
    const uid = (mrn: string, sha256: string) =>
      identifyFilm({ ...film, sha256, details: { mrn, accessionNumber: "A7" } })
        .study.studyInstanceUid;
    expect(uid("1", "aa")).toBe(uid("1", "bb"));
    expect(uid("1", "aa")).not.toBe(uid("2", "aa"));
  });

  it("shows no header text otherwise than it is stored", () => {
    const names = parseName("NGUYEN, \u202eAn\u0007");
    const strange = header(
      {
        patientId: "MRN\u202e-1",
        studyDescription: "\u2066",
        patientBirthDate: "2999-01-01",
      },
      { names },
    );
    const { patient, study } = identifyFilm({ ...film, header: strange });
    expect(patient).toMatchObject({
      mrn: "MRN-1",
      name: displayName(parseName("NGUYEN, An")),
      birthDate: null,
    });
    expect(study.description).toBeNull();
    const born = { ...strange, patientBirthDate: "1956-03-09" };
    expect(identifyFilm({ ...film, header: born }).patient.birthDate).toBe(
      "1956-03-09",
    );
  });

  it("takes the department of the device for the ward only if nobody says more", () => {
    const ward = (identity: Partial<Identity>, said?: string) =>
      identifyFilm({
        ...film,
        header: header({}, identity),
        details: said === undefined ? {} : { ward: said },
      }).study.ward;
    expect(ward({ ward: "ICU", department: "X-ray" }, "Typed")).toBe("ICU");
    expect(ward({ department: "X-ray" }, "Typed")).toBe("Typed");
    expect(ward({ department: "X-ray" })).toBe("X-ray");
    expect(ward({})).toBeNull();
  });

  it("takes no free text for a view", () => {
    const free = header({ viewPosition: "NGUYEN AN 1956" });
    expect(identifyFilm({ ...film, header: free }).study.viewPosition).toBe(
      "OTHER",
    );
  });

  it("calls every lateral view by one word", () => {
    const view = (viewPosition: string) =>
      identifyFilm({ ...film, header: header({ viewPosition }) }).study
        .viewPosition;
    expect(view("LL")).toBe("LATERAL");
    expect(view("pa")).toBe("PA");
  });
});

describe("the age", () => {
  const born = { patientBirthDate: "1950-12-31" };
  it.each([
    // "000Y" says nothing; 31 December 1950 to 20 November 2025: 74 birthdays.
    [header(born, { ...onDay("2025-11-20"), statedAge: "000Y" }), 74, false],
    // A quarter of a year and 74 years cannot both be: the dates are believed.
    [header(born, { ...onDay("2025-11-20"), statedAgeYears: 0.25 }), 74, true],
    [header({}, { statedAge: "000D" }), null, false],
    // Never by the day of arrival.
    [header(born), null, false],
    [header(born, { statedAgeYears: 74 }), 74, false],
    [header(born, { statedAgeYears: 99 }), null, true],
  ])("of film %#", (given, age, isTold) => {
    const { study, notes } = identifyFilm({ ...film, header: given });
    expect(study.ageYears).toBe(age);
    expect(notes.includes("age-contradicts-birth-date")).toBe(isTold);
  });

  it("counts birthdays, small children by the hundredth", () => {
    expect(ageOn("1960-12-24", "2026-11-01")).toBe(65);
    expect(ageOn("1960-11-01", "2026-11-01")).toBe(66);
    expect(ageOn("2025-07-02", "2026-01-01")).toBeCloseTo(0.5, 1);
    expect(ageOn("2026-06-01", "2026-01-01")).toBeNull();
  });

  it.each([
    ["2025-11-20", 45, null],
    ["2025-11-01", 2, null],
    ["1980-06-01", 90, 45],
    ["1905-06-01", 45, 45],
  ])("of somebody born %s who is said to be %d is %s", (birth, said, age) => {
    const { study, notes } = identifyFilm({
      ...film,
      receivedAt: new Date("2026-01-01T00:00:00Z"),
      header: header(
        { patientBirthDate: birth },
        { statedAgeYears: said, ...onDay("2025-11-20") },
      ),
    });
    expect(study.ageYears).toBe(age);
    expect(notes).toEqual(["age-contradicts-birth-date"]);
  });

  it("sees what cannot be even without the day of the film", () => {
    const today = "2026-11-23";
    const clash = (stated: number) =>
      agesClash({ stated, birthDate: "1985-01-01", studyDate: null, today });
    expect(clash(77)).toBe(true);
    expect(clash(30)).toBe(false);
  });
});

describe("the time of the examination", () => {
  const timeOf = (
    given: DicomHeader | undefined,
    siteZone: string | null,
    studiedAt?: string,
  ) => {
    const details = studiedAt === undefined ? {} : { studiedAt };
    return identifyFilm({ ...film, header: given, siteZone, details });
  };

  it("is the wall's where the film was taken, in the site's zone", () => {
    const { study } = timeOf(
      header({}, onDay("2026-07-01", "23:30:00")),
      "Asia/Ho_Chi_Minh",
    );
    expect(study).toMatchObject({
      studyDate: "2026-07-01",
      studyTime: "23:30:00",
      zoneMinutes: 420,
      studiedAt: new Date("2026-07-01T16:30:00Z"),
    });
  });

  it("knows the summer time of a zone", () => {
    const at = (day: string) =>
      timeOf(header({}, onDay(day, "12:00:00")), "Europe/Berlin").study
        .zoneMinutes;
    expect([at("2026-07-01"), at("2026-01-01")]).toEqual([120, 60]);
  });

  it("is no instant without a time or a zone", () => {
    const { study } = timeOf(header({}, onDay("2026-07-01")), "Asia/Tokyo");
    expect(study).toMatchObject({ studyTime: null, studiedAt: null });
    const zoneless = header({}, onDay("2026-07-01", "10:00:00"));
    expect(timeOf(zoneless, null).study.studiedAt).toBeNull();
  });

  it("puts a program's UTC on the site's wall", () => {
    const { study } = timeOf(
      undefined,
      "Asia/Ho_Chi_Minh",
      "2026-11-01T20:00:00Z",
    );
    expect(study).toMatchObject({
      studyDate: "2026-11-02",
      studyTime: "03:00:00",
    });
  });

  it("does not take over a day that is yet to come, and says so", () => {
    const { study, notes } = timeOf(header({}, onDay("2031-01-01")), null);
    expect(study.studyDate).toBeNull();
    expect(notes).toEqual(["date-in-future"]);
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

describe("identityConflicts", () => {
  const known = {
    name: "NGUYỄN, Văn Đạt",
    birthDate: "1950-01-02",
    sex: "MALE",
  } as const;
  const film = { ...known, sex: "UNKNOWN" } as const;
  it("sees one person in other accents, order and shorter forms", () => {
    for (const name of ["Nguyen Van Dat", "DAT NGUYEN", UNKNOWN_NAME]) {
      const conflicts = identityConflicts(known, {
        ...film,
        name,
        birthDate: null,
      });
      expect(conflicts).toEqual([]);
    }
  });
  it("sees one person in a name that was once read as Latin-1", () => {
    const garbled = Buffer.from(known.name, "utf8").toString("latin1");
    expect(identityConflicts(known, { ...film, name: garbled })).toEqual([]);
  });
  it.each([
    ["Müller, Jürgen", "MUELLER, JUERGEN"],
    ["Straße, Anna", "STRASSE, ANNA"],
    ["O'Brien, Pat", "OBRIEN, PAT"],
    ["O’Brien, Pat", "O'BRIEN, PAT"],
    ["Łukasz, Ewa", "LUKASZ, EWA"],
    ["Đặng, Văn An", "DANG, VAN AN"],
  ])("sees one person in %s and %s", (a, b) => {
    const person = { birthDate: null, sex: "UNKNOWN" as const };
    expect(
      identityConflicts({ ...person, name: a }, { ...person, name: b }),
    ).toEqual([]);
  });

  it("tells another name, birth date and sex", () => {
    const other = {
      name: "LE, Thi C",
      birthDate: "1950-01-03",
      sex: "FEMALE",
    } as const;
    expect(identityConflicts(known, other)).toEqual([
      "name",
      "birth-date",
      "sex",
    ]);
    expect(identityConflicts(known, { ...known, sex: "OTHER" })).toEqual([]);
  });
});
