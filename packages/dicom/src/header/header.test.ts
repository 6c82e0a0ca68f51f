import { describe, expect, it } from "vitest";

import { readDicomPicture, type DicomPicture } from "../picture.ts";
import { DEFAULT_PICTURE_LIMITS } from "../picture-limits.ts";
import { filmElements } from "../write/film-elements.ts";
import { writeDicom, type DicomElement } from "../write/write-dicom.ts";
import { ageYears, isoDate, personName } from "./header.ts";

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
      ["00101010", "AS", "045Y"],
      ["00101030", "DS", "71.5"],
      ["00180015", "CS", "CHEST"],
      ["00185101", "CS", "PA"],
      ["0020000D", "UI", "1.2.840.1"],
    ]);
    expect(header).toEqual({
      patientId: "P-1",
      patientName: "DOE, JANE Q",
      patientBirthDate: "1960-12-31",
      patientSex: "F",
      patientAgeYears: 45,
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
      "modality",
      "photometricInterpretation",
      "transferSyntaxUid",
    ]);
  });

  it("reads pixel spacing at the patient before that at the detector", async () => {
    const film = await pictureOf([
      ["00181164", "DS", "0.2\\0.2"],
      ["00280030", "DS", "0.143\\0.144"],
    ]);
    expect(film.pixelSpacing).toEqual([0.143, 0.144]);
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
    ["20230229", undefined],
    ["00000000", undefined],
    ["yesterday", undefined],
  ])("reads the date '%s'", (text, date) => {
    expect(isoDate(text)).toBe(date);
  });
});
