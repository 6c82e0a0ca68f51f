import { beforeEach, describe, expect, it, vi } from "vitest";
import { forgetPassedCases, passCase, passedCases } from "./passed-cases.ts";

const MINUTE = 60_000;

describe("cases that were passed over", () => {
  beforeEach(() => {
    const kept = new Map<string, string>();
    vi.stubGlobal("sessionStorage", {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, text: string) => void kept.set(key, text),
      removeItem: (key: string) => void kept.delete(key),
    });
  });

  it("are not offered again for a quarter of an hour, and no longer", () => {
    passCase("a", 0);
    passCase("b", 10 * MINUTE);
    expect(passedCases(14 * MINUTE)).toEqual(["a", "b"]);
    expect(passedCases(15 * MINUTE)).toEqual(["b"]);
  });

  it("are noted once, from the last time on", () => {
    passCase("a", 0);
    passCase("b", 0);
    passCase("a", 5 * MINUTE);
    expect(passedCases(16 * MINUTE)).toEqual(["a"]);
  });

  it("are at most as many as the API takes, the last ones", () => {
    for (let n = 0; n < 250; n++) passCase(String(n), 0);
    const passed = passedCases(1);
    expect(passed).toHaveLength(200);
    expect(passed.at(-1)).toBe("249");
  });

  it("are forgotten when everything was passed", () => {
    passCase("a", 0);
    forgetPassedCases();
    expect(passedCases(1)).toEqual([]);
  });
});
