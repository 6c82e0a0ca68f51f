import { describe, expect, it } from "vitest";

import { readSignInFailure, writeSignInFailure } from "./sign-in-failure.ts";

describe("why a sign-in failed", () => {
  it("keeps its code and how long to wait", () => {
    const failure = { code: "SIGN_IN_LOCKED", retryAfterSeconds: 89.2 };
    expect(readSignInFailure(writeSignInFailure(failure))).toEqual({
      code: "SIGN_IN_LOCKED",
      retryAfterSeconds: 90,
    });
  });

  it.each(["INVALID_CREDENTIALS", "X:", "X:-3", "X:soon", "X:12345678", ""])(
    "reads %j, which says no time, as its code alone",
    (text) => {
      const code = text.split(":")[0];
      expect(readSignInFailure(text)).toEqual({ code });
    },
  );
});
