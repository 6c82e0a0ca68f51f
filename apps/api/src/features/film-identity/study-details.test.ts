import { describe, expect, it } from "vitest";
import { BadInputError } from "../../errors.ts";
import { parseUploadDetails } from "./study-details.ts";

const now = new Date("2026-11-23T09:00:00Z");

describe("parseUploadDetails", () => {
  it("gives every film the one form", () => {
    const detailsOf = parseUploadDetails('{"mrn":" 12 ","ageYears":"63"}', now);
    expect(detailsOf("a.png")).toEqual({ mrn: "12", ageYears: 63 });
  });

  it("lays a film's own fields over the shared ones, gaps excepted", () => {
    const detailsOf = parseUploadDetails(
      JSON.stringify({
        shared: { description: "Chest PA", sex: "FEMALE" },
        byFile: { "a.png": { mrn: "1", sex: "" } },
      }),
      now,
    );
    expect(detailsOf("a.png")).toMatchObject({ mrn: "1", sex: "FEMALE" });
    expect(detailsOf("b.png")).toEqual({
      description: "Chest PA",
      sex: "FEMALE",
    });
    expect(detailsOf("__proto__")).not.toHaveProperty("mrn");
  });

  it("has nothing to say without a form", () => {
    expect(parseUploadDetails(undefined, now)("a.png")).toEqual({});
  });

  it.each([
    ["no JSON", "{"],
    ["an unknown field", '{"nmae":"x"}'],
    ["an impossible age", '{"ageYears":131}'],
    ["a date that is none", '{"birthDate":"1990-02-30"}'],
    ["a birth date in the future", '{"birthDate":"2026-12-24"}'],
    ["a day before there were films", '{"studiedAt":"0001-01-01"}'],
    [
      "a time before there were films",
      '{"studiedAt":"0001-01-01T00:00:00+14:00"}',
    ],
    ["a flag outside the catalogue", '{"clinicalFlags":["feverr"]}'],
  ])("refuses %s", (_what, json) => {
    expect(() => parseUploadDetails(json, now)).toThrow(BadInputError);
  });
});
