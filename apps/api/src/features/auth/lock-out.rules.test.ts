import { describe, expect, it } from "vitest";
import { waitAfterFailures } from "./lock-out.rules.ts";

describe("waitAfterFailures", () => {
  it("costs nothing for the first four, then doubles up to a quarter of an hour", () => {
    const waits = Array.from({ length: 14 }, (_, n) => waitAfterFailures(n));
    expect(waits).toEqual([
      0, 0, 0, 0, 0, 30, 60, 120, 240, 480, 900, 900, 900, 900,
    ]);
    expect(waitAfterFailures(1_000_000)).toBe(900);
  });
});
