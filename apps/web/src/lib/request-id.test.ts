import { describe, expect, it } from "vitest";
import { keptRequestId, newRequestId } from "./request-id.ts";

describe("the id of a request", () => {
  it("is made anew each time, in a shape that is kept", () => {
    const id = newRequestId();
    expect(id).toMatch(/^[0-9a-f]{32}$/);
    expect(newRequestId()).not.toBe(id);
    expect(keptRequestId(id)).toBe(id);
  });

  it.each([
    null,
    "",
    "short",
    "with spaces in it",
    "x".repeat(65),
    "a\nb-12345",
  ])("is made where %j came", (given) => {
    expect(keptRequestId(given)).toMatch(/^[0-9a-f]{32}$/);
  });
});
