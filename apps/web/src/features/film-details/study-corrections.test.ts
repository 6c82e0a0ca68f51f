import { describe, expect, it } from "vitest";
import { NO_DETAILS } from "./film-details.ts";
import {
  concernsPatient,
  correctionsOf,
  detailsOf,
} from "./study-corrections.ts";

const known = {
  patient: {
    mrn: "4711",
    identityState: "KNOWN",
    name: "NGUYEN, Van A",
    birthDate: "1963-02-01",
    sex: "MALE",
  },
  study: {
    id: "s-1",
    patientAgeYears: 63,
    patientWeightKg: null,
    viewPosition: "PA",
    accessionNumber: "A1",
    clinicalFlags: ["cough", "fever", "of-a-newer-api"],
    clinicalNote: null,
  },
} as const;

describe("corrections of a study", () => {
  const before = detailsOf(known);

  it("start from what is known", () => {
    expect(before).toMatchObject({
      mrn: "4711",
      ageYears: "63",
      weightKg: "",
      clinicalFlags: ["fever", "cough"],
    });
  });

  it("start empty where nobody knew whose film it was", () => {
    const unknown = {
      ...known,
      patient: {
        ...known.patient,
        mrn: null,
        identityState: "UNKNOWN" as const,
        name: "Unknown patient",
      },
    };
    expect(detailsOf(unknown)).toMatchObject({ mrn: "", patientName: "" });
  });

  it("send what was changed and nothing else", () => {
    const now = {
      ...before,
      patientName: "NGUYEN, Van An ",
      weightKg: "58,5",
      clinicalFlags: ["fever"] as const,
    };
    expect(correctionsOf("s-1", before, now)).toEqual({
      studyId: "s-1",
      patientName: "NGUYEN, Van An",
      weightKg: 58.5,
      clinicalFlags: ["fever"],
    });
  });

  it("empty what was emptied", () => {
    const now = { ...before, accessionNumber: "", ageYears: "", sex: "" };
    expect(correctionsOf("s-1", before, { ...now, sex: "" })).toEqual({
      studyId: "s-1",
      accessionNumber: "",
      ageYears: null,
      sex: "UNKNOWN",
    });
  });

  it("are none when nothing was changed", () => {
    expect(correctionsOf("s-1", before, { ...before })).toBeNull();
    expect(correctionsOf("s-1", NO_DETAILS, NO_DETAILS)).toBeNull();
  });

  it("are looked at before where they concern the patient or other cases", () => {
    const of = (now: Partial<typeof before>) => {
      const input = correctionsOf("s-1", before, { ...before, ...now });
      return input !== null && concernsPatient(input);
    };
    expect(of({ mrn: "other" })).toBe(true);
    expect(of({ accessionNumber: "other" })).toBe(true);
    expect(of({ clinicalNote: "other" })).toBe(false);
    expect(concernsPatient({ studyId: "s-1", joinPatientId: "p-1" })).toBe(
      true,
    );
  });
});
