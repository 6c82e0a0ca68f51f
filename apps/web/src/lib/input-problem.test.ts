import { CombinedGraphQLErrors } from "@apollo/client/errors";
import { describe, expect, it } from "vitest";
import { inputProblemOf } from "./input-problem.ts";

const refused = (extensions: Record<string, unknown>) =>
  new CombinedGraphQLErrors({ errors: [{ message: "English", extensions }] });

describe("what is wrong with what was entered", () => {
  it("is named, with days as the reader writes them", () => {
    const error = refused({
      code: "BAD_USER_INPUT",
      fields: ["input.ageYears"],
      problem: "age-contradicts-birth-date",
      years: 74,
      birthDate: "2026-02-27",
      day: "",
    });
    expect(inputProblemOf(error, "vi")).toEqual({
      name: "age-contradicts-birth-date",
      values: {
        code: "BAD_USER_INPUT",
        years: 74,
        birthDate: "27/02/2026",
        day: "none",
      },
    });
  });

  it("is nothing where the API names nothing", () => {
    expect(inputProblemOf(refused({ code: "NOT_FOUND" }), "en")).toBeNull();
    expect(inputProblemOf(new TypeError("away"), "en")).toBeNull();
  });
});
