import { CombinedGraphQLErrors } from "@apollo/client/errors";
import { describe, expect, it } from "vitest";
import { refusalsOf } from "./user-errors.ts";

function refusal(extensions: Record<string, unknown>) {
  return new CombinedGraphQLErrors({
    data: null,
    errors: [{ message: "No.", extensions }],
  });
}

describe("refusalsOf", () => {
  it("finds the field that the API names", () => {
    const error = refusal({
      code: "BAD_USER_INPUT",
      fields: ["input.password"],
    });
    expect(refusalsOf(error, [])).toEqual([
      {
        field: "password",
        code: "BAD_USER_INPUT",
        message: "No.",
        problem: null,
      },
    ]);
  });

  it("knows what is wrong with a password, and no word that it has none for", () => {
    const of = (problem: string) =>
      refusalsOf(
        refusal({
          code: "BAD_USER_INPUT",
          fields: ["input.password"],
          problem,
        }),
        [],
      )[0]?.problem;
    expect(of("guessable")).toBe("guessable");
    expect(of("something-newer")).toBeNull();
  });

  it("knows which field a code is about", () => {
    expect(refusalsOf(refusal({ code: "EMAIL_TAKEN" }), [])).toMatchObject([
      { field: "email" },
    ]);
  });

  it("puts the last administrator where the change was made", () => {
    const error = refusal({ code: "LAST_ADMIN" });
    expect(refusalsOf(error, ["role"])).toMatchObject([{ field: "role" }]);
    expect(refusalsOf(error, ["name", "isActive"])).toMatchObject([
      { field: "isActive" },
    ]);
    expect(refusalsOf(error, ["name"])).toEqual([]);
  });

  it("leaves everything else to the form as a whole", () => {
    expect(refusalsOf(refusal({ code: "FORBIDDEN" }), ["role"])).toEqual([]);
    expect(refusalsOf(new TypeError("away"), ["role"])).toEqual([]);
  });
});
