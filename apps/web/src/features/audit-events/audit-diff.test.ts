import { describe, expect, it } from "vitest";
import { diffOf, listChange } from "./audit-diff.ts";

describe("diffOf", () => {
  it("leaves out what stayed the same", () => {
    expect(
      diffOf({ role: "STAFF", name: "A" }, { role: "STAFF", name: "B" }),
    ).toEqual([{ field: "name", kind: "changed", before: "A", after: "B" }]);
  });

  it("tells a new field from one that was emptied", () => {
    expect(diffOf({ note: "x", flag: true }, { note: null, age: 7 })).toEqual([
      { field: "note", kind: "changed", before: "x", after: null },
      { field: "flag", kind: "removed", before: true, after: undefined },
      { field: "age", kind: "added", before: undefined, after: 7 },
    ]);
  });

  it("goes into objects but compares lists as a whole", () => {
    expect(
      diffOf(
        { box: { x: 1, y: 2 }, sites: ["a", "b"] },
        { box: { y: 2, x: 3 }, sites: ["b"] },
      ),
    ).toEqual([
      { field: "box.x", kind: "changed", before: 1, after: 3 },
      { field: "sites", kind: "changed", before: ["a", "b"], after: ["b"] },
    ]);
  });

  it("does not take another order of fields for a change", () => {
    expect(diffOf({ f: [{ a: 1, b: 2 }] }, { f: [{ b: 2, a: 1 }] })).toEqual(
      [],
    );
  });
});

describe("listChange", () => {
  it("says what came and what went", () => {
    expect(listChange(["a", "b"], ["b", "c"])).toEqual({
      kept: ["b"],
      removed: ["a"],
      added: ["c"],
    });
  });

  it("is nothing for values that are not lists", () => {
    expect(listChange("a", ["a"])).toBeNull();
    expect(listChange(undefined, ["a"])).toBeNull();
  });
});
