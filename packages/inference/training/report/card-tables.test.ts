import { describe, expect, it } from "vitest";

import { fillCard, formatTable } from "./card-tables.ts";

describe("the model card's tables", () => {
  it("stand where the old one stood, the words around them untouched", () => {
    const card =
      "# Card\n\n## A\n\nwords\n\n| x |\n| - |\n| 1 |\n\nmore\n\n## B\n";
    const filled = fillCard(card, new Map([["A", [["head"], ["new"]]]]));
    expect(filled).toBe(
      "# Card\n\n## A\n\nwords\n\n| head |\n| ---- |\n| new  |\n\nmore\n\n## B\n",
    );
    expect(fillCard(filled, new Map([["A", [["head"], ["new"]]]]))).toBe(
      filled,
    );
  });

  it("are never put under another heading", () => {
    const card = "## A\n\nno table\n\n## B\n\n| x |\n| - |\n";
    const tables = new Map([["A", [["head"]]]]);
    expect(() => fillCard(card, tables)).toThrow('no table under "A"');
    expect(() => fillCard("", tables)).toThrow('no heading "A"');
  });

  it("have columns as wide as their widest cell", () => {
    expect(
      formatTable([
        ["a", "bb"],
        ["long cell", "c"],
      ]).split("\n"),
    ).toEqual([
      "| a         | bb  |",
      "| --------- | --- |",
      "| long cell | c   |",
    ]);
  });
});
