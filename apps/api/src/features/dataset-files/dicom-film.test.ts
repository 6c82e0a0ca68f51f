import { describe, expect, it } from "vitest";
import { dicomFilm } from "./dicom-film.ts";
import { pseudonymsFor } from "./pseudonyms.ts";

const NAMES = pseudonymsFor("a secret of at least thirty-two letters", "site");
const IDS = {
  ...{ patientId: "p", studyId: "s", seriesId: null, imageId: "i" },
  studyDate: null,
};

function methodsOf(person: { sex: string; age_years: number | null }) {
  const film: Parameters<typeof dicomFilm>[0] = {
    ...{ width: 2, height: 2, samples: new Uint16Array(4), bitsStored: 12 },
    ...{ window: { center: 100, width: 200 }, pixelSpacing: null },
    ...{ hasText: false, picture: Buffer.alloc(0) },
  };
  const row = { ...person, patient: "p-1", view: "PA", study_year: null };
  const text = dicomFilm(film, row, IDS, NAMES, "REMOVED").toString("latin1");
  return ["113100", "113107", "113108"].filter((code) => text.includes(code));
}

describe("a film of a dataset as DICOM", () => {
  it("names the option by which it keeps sex or age", () => {
    expect(methodsOf({ sex: "FEMALE", age_years: 52 })).toEqual([
      "113100",
      "113108",
    ]);
    expect(methodsOf({ sex: "UNKNOWN", age_years: 52 })).toContain("113108");
  });

  it("names the profile alone where neither is known", () => {
    expect(methodsOf({ sex: "UNKNOWN", age_years: null })).toEqual(["113100"]);
  });
});
