import { describe, expect, it } from "vitest";

import { readDicomPicture, type DicomPicture } from "../picture.ts";
import { DEFAULT_PICTURE_LIMITS } from "../picture-limits.ts";
import { filmElements } from "../write/film-elements.ts";
import { writeDicom, type DicomElement } from "../write/write-dicom.ts";
import { personName } from "./header.ts";
import { ageYears } from "./patient-age.ts";

async function pictureOf(more: readonly DicomElement[]): Promise<DicomPicture> {
  const pixels = Array.from({ length: 256 }, (_, i) => 16 * i);
  const film = filmElements({ rows: 16, columns: 16, pixels, more });
  const limits = { ...DEFAULT_PICTURE_LIMITS, minSide: 8 };
  return readDicomPicture(writeDicom(film), limits);
}

async function headerOf(more: readonly DicomElement[]) {
  return (await pictureOf(more)).header;
}

describe("header values", () => {
  it("reads and cleans what people need", async () => {
    const header = await headerOf([
      ["00080020", "DA", "20260102"],
      ["00080030", "TM", "134501.5"],
      ["00080050", "SH", " A-17 "],
      ["00080080", "LO", "St.  Mary's"],
      ["00081030", "LO", "Thorax\n2 planes"],
      ["00100010", "PN", "DOE^JANE^Q^Dr"],
      ["00100020", "LO", "P-1"],
      ["00100030", "DA", "19601231"],
      ["00100040", "CS", "F"],
      ["00101010", "AS", "065Y"],
      ["00101030", "DS", "71.5"],
      ["00180015", "CS", "CHEST"],
      ["00185101", "CS", "PA"],
      ["0020000D", "UI", "1.2.840.1"],
    ]);
    expect(header).toMatchObject({
      patientId: "P-1",
      patientName: "DOE, JANE Q",
      patientBirthDate: "1960-12-31",
      patientSex: "F",
      patientAgeYears: 65,
      patientWeightKg: 71.5,
      studyInstanceUid: "1.2.840.1",
      accessionNumber: "A-17",
      studyDateTime: "2026-01-02T13:45:01",
      studyDescription: "Thorax 2 planes",
      modality: "CR",
      bodyPart: "CHEST",
      viewPosition: "PA",
      institution: "St. Mary's",
      photometricInterpretation: "MONOCHROME2",
      transferSyntaxUid: "1.2.840.10008.1.2.1",
    });
  });

  it("works the age out where only dates are given", async () => {
    const header = await headerOf([
      ["00080020", "DA", "20200701"],
      ["00100030", "DA", "20180701"],
    ]);
    expect(header.patientAgeYears).toBeCloseTo(2, 2);
  });

  it("leaves impossible values out", async () => {
    const header = await headerOf([
      ["00080020", "DA", "20260231"],
      ["00100040", "CS", "X"],
      ["00101010", "AS", "999Y"],
      ["00101030", "DS", "-4"],
      ["0020000D", "UI", "1.2.drop table"],
    ]);
    expect(Object.keys(header).sort()).toEqual([
      "identity",
      "modality",
      "photometricInterpretation",
      "transferSyntaxUid",
    ]);
  });

  it("flags letters that are burnt into the pixels", async () => {
    const burnt = await headerOf([["00280301", "CS", "YES"]]);
    expect(burnt.burnedInAnnotation).toBe(true);
    expect(await headerOf([["00280301", "CS", "NO"]])).not.toHaveProperty(
      "burnedInAnnotation",
    );
  });
});

describe("pixel geometry", () => {
  it.each([
    ["at the patient", ["0.143\\0.143", "0.2\\0.2", ""], [0.143, "patient", 1]],
    [
      "a copy of the detector's",
      ["0.2\\0.2", "0.2\\0.2", ""],
      [0.2, "detector", 1],
    ],
    ["at the detector", ["", "0.2\\0.2", ""], [0.2, "detector", 1]],
    ["of a scanner", ["", "", "0.1\\0.1"], [0.1, "nominal", 1]],
    ["of tall pixels", ["0.4\\0.2", "", ""], [0.4, "patient", 2]],
    ["with a decimal comma", ["0,3\\0,3", "", ""], [0.3, "patient", 1]],
  ] as const)("is read %s", async (_, written, [row, kind, aspect]) => {
    const [patient, detector, nominal] = written;
    const { geometry } = await pictureOf([
      ["00181164", "DS", detector],
      ["00182010", "DS", nominal],
      ["00280030", "DS", patient],
    ]);
    expect(geometry.spacing?.[0]).toBe(row);
    expect(geometry.kind).toBe(kind);
    expect(geometry.aspect).toBeCloseTo(aspect, 9);
  });

  it("takes the proportion where no size is known", async () => {
    const { geometry } = await pictureOf([["00280034", "IS", "3\\2"]]);
    expect(geometry).toEqual({ aspect: 1.5, repaired: false });
  });
});

describe("ages", () => {
  it.each([
    ["045Y", 45],
    ["006M", 0.5],
    ["052W", 0.9966],
    ["003D", 0.0082],
    ["62", 62],
    ["", undefined],
    ["old", undefined],
    ["200Y", undefined],
  ])("reads '%s'", (text, years) => {
    const age = ageYears(text);
    if (years === undefined) expect(age).toBeUndefined();
    else expect(age).toBeCloseTo(years, 3);
  });
});

describe("ages that contradict", () => {
  const birth: DicomElement = ["00100030", "DA", "19501231"];
  const study: DicomElement = ["00080020", "DA", "20251120"];
  const stated = (age: string): DicomElement => ["00101010", "AS", age];

  it.each(["000Y", "000M", "000W", "000D", "000"])(
    "takes %s for unknown",
    async (age) => {
      expect(await headerOf([study, stated(age)])).not.toHaveProperty(
        "patientAgeYears",
      );
      const header = await headerOf([birth, study, stated(age)]);
      expect(header.patientAgeYears).toBeCloseTo(74.89, 2);
      expect(header.ageContradictsBirthDate).toBeUndefined();
    },
  );

  it.each(["003M", "047Y", "080Y", "099Y"])(
    "lets the dates win over %s and says so",
    async (age) => {
      const header = await headerOf([birth, study, stated(age)]);
      expect(header.patientAgeYears).toBeCloseTo(74.89, 2);
      expect(header.ageContradictsBirthDate).toBe(true);
    },
  );

  it.each(["074Y", "075Y"])("sees no clash in %s", async (age) => {
    const header = await headerOf([birth, study, stated(age)]);
    expect(header.patientAgeYears).toBe(Number(age.slice(0, 3)));
    expect(header.ageContradictsBirthDate).toBeUndefined();
  });

  it("keeps the age beside a placeholder for the birth date", async () => {
    const placeholder: DicomElement = ["00100030", "DA", "19000101"];
    const header = await headerOf([placeholder, study, stated("045Y")]);
    expect(header.patientAgeYears).toBe(45);
    expect(header.patientBirthDate).toBeUndefined();
    expect(header.ageContradictsBirthDate).toBeUndefined();
  });

  it("knows a newborn by the birth date", async () => {
    const born: DicomElement = ["00100030", "DA", "20251118"];
    const header = await headerOf([born, study, stated("000D")]);
    expect(header.patientAgeYears).toBeCloseTo(2 / 365.25, 6);
  });
});

describe("when a film was taken", () => {
  it.each<[string, DicomElement[], string | undefined]>([
    ["nothing", [], undefined],
    ["a date alone", [["00080020", "DA", "20251120"]], "2025-11-20"],
    [
      "a time that is none",
      [
        ["00080020", "DA", "20251120"],
        ["00080030", "TM", "99"],
      ],
      "2025-11-20",
    ],
    [
      "a time that lost its zero",
      [
        ["00080020", "DA", "20251120"],
        ["00080030", "TM", "84512"],
      ],
      "2025-11-20T08:45:12",
    ],
    [
      "acquisition date-time alone",
      [["0008002A", "DT", "20190512143000.0+0700"]],
      "2019-05-12T14:30:00",
    ],
    [
      "acquisition date and time",
      [
        ["00080022", "DA", "20190512"],
        ["00080032", "TM", "1430"],
      ],
      "2019-05-12T14:30:00",
    ],
    [
      "content date and time",
      [
        ["00080023", "DA", "20190512"],
        ["00080033", "TM", "143000"],
      ],
      "2019-05-12T14:30:00",
    ],
    [
      "frame date-time",
      [["00189074", "DT", "20190512143000"]],
      "2019-05-12T14:30:00",
    ],
    [
      "the time of another source of the same day",
      [
        ["00080020", "DA", "20190512"],
        ["00080023", "DA", "20190512"],
        ["00080033", "TM", "143000"],
      ],
      "2019-05-12T14:30:00",
    ],
    [
      "never the time of another day",
      [
        ["00080020", "DA", "20190512"],
        ["00080023", "DA", "20190513"],
        ["00080033", "TM", "143000"],
      ],
      "2019-05-12",
    ],
  ])("reads %s", async (_, elements, expected) => {
    expect((await headerOf(elements)).studyDateTime).toBe(expected);
  });

  it.each([
    ["+0700", "+07:00"],
    ["-0330", "-03:30"],
    ["+9900", undefined],
    ["Z", undefined],
  ])("reads the zone '%s'", async (text, zone) => {
    expect((await headerOf([["00080201", "SH", text]])).timezone).toBe(zone);
  });
});

describe("names and dates", () => {
  it.each([
    ["DOE^JANE", "DOE, JANE"],
    ["Yamada^Tarou=山田^太郎", "Yamada, Tarou"],
    ["=山田^太郎", "山田, 太郎"],
    ["Anonymized", "Anonymized"],
    ["^JANE", "JANE"],
    ["^^^^", undefined],
  ])("reads the name '%s'", (text, name) => {
    expect(personName(text)).toBe(name);
  });

  it.each([
    ["20240229", "2024-02-29"],
    ["2024.02.29", "2024-02-29"],
    ["18610101", "1861-01-01"],
    ["20230229", undefined],
    ["00000000", undefined],
    ["yesterday", undefined],
  ])("reads the birth date '%s'", async (text, date) => {
    const { patientBirthDate } = await headerOf([["00100030", "DA", text]]);
    expect(patientBirthDate).toBe(date);
  });
});

describe("what devices write where they know nothing", () => {
  const study: DicomElement = ["00080020", "DA", "20251120"];

  it.each(["19000101", "18991230", "00010101", "11111111"])(
    "takes %s for no birth date",
    async (text) => {
      const header = await headerOf([study, ["00100030", "DA", text]]);
      expect(header.patientBirthDate).toBeUndefined();
      expect(header.patientAgeYears).toBeUndefined();
    },
  );

  it.each(["19000101", "19700101"])(
    "passes over the day %s of a clock that was never set",
    async (text) => {
      const header = await headerOf([
        ["00080020", "DA", text],
        ["00080030", "TM", "000000"],
        ["00080022", "DA", "20251120"],
        ["00080032", "TM", "111213"],
      ]);
      expect(header.studyDateTime).toBe("2025-11-20T11:12:13");
    },
  );

  it("takes midnight to the second for an unknown time", async () => {
    const midnight: DicomElement = ["00080030", "TM", "000000.000"];
    expect((await headerOf([study, midnight])).studyDateTime).toBe(
      "2025-11-20",
    );
    const later: DicomElement[] = [
      ["00080022", "DA", "20251120"],
      ["00080032", "TM", "093000"],
    ];
    const header = await headerOf([study, midnight, ...later]);
    expect(header.studyDateTime).toBe("2025-11-20T09:30:00");
  });

  it("makes no newborn of an adult who was born on the day of the film", async () => {
    const born: DicomElement = ["00100030", "DA", "20251120"];
    const header = await headerOf([study, born, ["00101010", "AS", "045Y"]]);
    expect(header.patientAgeYears).toBeUndefined();
    expect(header.ageContradictsBirthDate).toBe(true);
  });

  it.each(["0", "1", "1.2", "..", "0.0.0", "1.2.3.", "1.2.840.10008.1.1"])(
    "takes %s for nobody's UID",
    async (uid) => {
      const header = await headerOf([
        ["00080018", "UI", uid],
        ["0020000D", "UI", uid],
        ["0020000E", "UI", uid],
      ]);
      expect(header.sopInstanceUid).toBeUndefined();
      expect(header.studyInstanceUid).toBeUndefined();
      expect(header.seriesInstanceUid).toBeUndefined();
    },
  );
});

describe("a sex by its word", () => {
  it.each([
    ["f", "F"],
    ["Female", "F"],
    ["Mujer", "F"],
    ["weiblich", "F"],
    ["Nam", "M"],
    ["M\\F", "M"],
    ["Missing", undefined],
    ["Masked", undefined],
    ["False", undefined],
    ["N", undefined],
    ["1", undefined],
  ])("%s is %s", async (text, sex) => {
    const { patientSex } = await headerOf([["00100040", "CS", text]]);
    expect(patientSex).toBe(sex);
  });
});
