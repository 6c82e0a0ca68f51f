import { describe, expect, it } from "vitest";
import { changesOf } from "./changes.ts";

describe("changesOf", () => {
  const at = (iso: string): Date => new Date(iso);

  it("keeps only what differs, of the columns that are asked for", () => {
    const before = { a: 1, b: "x", c: at("2026-01-01"), secret: "old" };
    const after = { a: 1, b: "y", c: at("2026-01-02"), secret: "new" };
    expect(changesOf(before, after, ["a", "b", "c"])).toEqual({
      before: { b: "x", c: "2026-01-01T00:00:00.000Z" },
      after: { b: "y", c: "2026-01-02T00:00:00.000Z" },
    });
  });

  it("compares values, not objects", () => {
    const row = {
      tags: ["a", "b"],
      at: at("2026-01-01"),
      json: { y: 1, x: 2 },
    };
    const same = {
      tags: ["a", "b"],
      at: at("2026-01-01"),
      json: { x: 2, y: 1 },
    };
    expect(changesOf(row, same, ["tags", "at", "json"])).toEqual({
      before: {},
      after: {},
    });
  });

  it("shows a new row whole, and what became empty as null", () => {
    expect(changesOf(null, { a: 1, b: null }, ["a", "b"])).toEqual({
      before: {},
      after: { a: 1, b: null },
    });
    expect(
      changesOf<{ a: number | null }, "a">({ a: 1 }, { a: null }, ["a"]),
    ).toEqual({
      before: { a: 1 },
      after: { a: null },
    });
  });
});
