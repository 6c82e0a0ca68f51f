import { describe, expect, it } from "vitest";
import { needsSenior } from "./needs-senior.ts";

describe("a further reading", () => {
  it("wants a senior where a junior signed, whatever else there is", () => {
    expect(needsSenior({ secondReadReasons: ["random", "grade"] })).toBe(true);
    expect(needsSenior({ secondReadReasons: ["reader", "asked"] })).toBe(false);
    expect(needsSenior({ secondReadReasons: [] })).toBe(false);
  });
});
