import { describe, expect, it } from "vitest";
import { between, toggled } from "./use-selection.ts";

describe("ticking rows", () => {
  it("adds a row and takes it away again", () => {
    const once = toggled(new Set(), "a");
    expect([...once]).toEqual(["a"]);
    expect([...toggled(once, "a")]).toEqual([]);
  });

  it("takes all rows between two, in either direction", () => {
    const ids = ["a", "b", "c", "d"];
    expect(between(ids, "b", "d")).toEqual(["b", "c", "d"]);
    expect(between(ids, "d", "b")).toEqual(["b", "c", "d"]);
  });

  it("takes only the new row when the first has left the list", () => {
    expect(between(["a", "b"], "gone", "b")).toEqual(["b"]);
  });
});
