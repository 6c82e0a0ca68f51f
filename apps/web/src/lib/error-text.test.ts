import { CombinedGraphQLErrors } from "@apollo/client/errors";
import { describe, expect, it } from "vitest";
import { isLineError, standingError } from "./error-text.ts";

const away = new TypeError("Failed to fetch");
const refused = new CombinedGraphQLErrors({
  errors: [{ message: "signed", extensions: { code: "CASE_ALREADY_SIGNED" } }],
});
const unreachable = new CombinedGraphQLErrors({
  errors: [{ message: "away", extensions: { code: "API_UNREACHABLE" } }],
});

describe("a failure of the line", () => {
  it("is told from a refusal", () => {
    expect(isLineError(away)).toBe(true);
    expect(isLineError(unreachable)).toBe(true);
    expect(isLineError(refused)).toBe(false);
    expect(isLineError(null)).toBe(false);
  });

  it("is not worth a word once the line is back; a refusal is", () => {
    expect(standingError(away, false)).toBe(away);
    expect(standingError(away, true)).toBeNull();
    expect(standingError(refused, true)).toBe(refused);
    expect(standingError(null, true)).toBeNull();
  });
});
