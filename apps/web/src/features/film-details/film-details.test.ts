import { describe, expect, it } from "vitest";
import {
  NO_DETAILS,
  mergeDetails,
  parseNumber,
  problemsOf,
  toApiDetails,
} from "./film-details.ts";

describe("a film's details", () => {
  it("go before those for all films, empty fields do not", () => {
    const shared = { ...NO_DETAILS, sex: "FEMALE", ageYears: "63" } as const;
    const merged = mergeDetails(shared, {
      mrn: "7",
      ageYears: "",
      sex: "MALE",
    });
    expect(merged).toMatchObject({ mrn: "7", ageYears: "63", sex: "MALE" });
  });

  it("are sent without what is empty", () => {
    const details = {
      ...NO_DETAILS,
      mrn: " 7 ",
      ageYears: "4,5",
      clinicalFlags: ["fever"] as const,
    };
    expect(toApiDetails(details)).toEqual({
      mrn: "7",
      ageYears: 4.5,
      clinicalFlags: ["fever"],
    });
    expect(toApiDetails(NO_DETAILS)).toEqual({});
  });

  it("take months of age", () => {
    expect(parseNumber("6m")).toBe(0.5);
    expect(parseNumber("18 mo")).toBe(1.5);
    expect(parseNumber("six")).toBe("wrong");
    expect(parseNumber("6 tháng")).toBe(0.5);
    expect(parseNumber("074Y")).toBe(74);
    expect(parseNumber("74 tuổi")).toBe(74);
    expect(parseNumber("26W")).toBe(0.5);
    expect(parseNumber("62 kg")).toBe(62);
    expect(parseNumber("6 stone")).toBe("wrong");
  });

  it("are checked before anything is sent", () => {
    const today = "2026-11-23";
    const wrong = {
      ...NO_DETAILS,
      ageYears: "163",
      weightKg: "x",
      birthDate: "2027-01-01",
    };
    expect(problemsOf(wrong, today)).toEqual({
      ageYears: "age",
      weightKg: "number",
      birthDate: "birth-date",
    });
    expect(problemsOf(NO_DETAILS, today)).toEqual({});
    expect(problemsOf({ ...NO_DETAILS, birthDate: "31/4" }, today)).toEqual({
      birthDate: "no-day",
    });
  });
});
