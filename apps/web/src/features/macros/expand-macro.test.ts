import { describe, expect, it } from "vitest";
import { expanded, inserted, macrosFor, nextGap } from "./expand-macro.ts";

const CLEAR = { name: "clear", text: "Clear lungs." };
const SIZE = {
  name: "nodule",
  text: "Nodule of [size] mm in the [zone] zone.",
};
const VIET = { name: "sạch", text: "Phổi sáng." };
const ALL = [CLEAR, SIZE, VIET];

/** "|" is the caret, or the ends of what is selected. */
const typed = (marked: string) => {
  const [before = "", selected = "", after] = marked.split("|");
  return after === undefined
    ? { text: before + selected, start: before.length, end: before.length }
    : {
        text: before + selected + after,
        start: before.length,
        end: before.length + selected.length,
      };
};

describe("a macro in a report", () => {
  it.each([
    [".clear|", "Clear lungs.|"],
    ["Heart normal. .CLEAR| Bones.", "Heart normal. Clear lungs.| Bones."],
    [".sạch|", "Phổi sáng.|"],
    [".nodule| Else.", "Nodule of |[size]| mm in the [zone] zone. Else."],
  ])("%s becomes %s", (before, after) => {
    expect(expanded(typed(before), ALL)).toEqual(typed(after));
  });

  it("is called with a point before a name that is known, and not within words", () => {
    for (const text of [
      "clear|",
      "e.g.clear|",
      ".clea|",
      ". clear|",
      ".cl|ear|",
    ])
      expect(expanded(typed(text), ALL)).toBeNull();
  });

  it("takes the place of what is selected when it is chosen from the list", () => {
    expect(inserted(typed("a |bc| d"), "X [y]")).toEqual(typed("a X |[y]| d"));
    // A gap that was there before is not the macro's.
    expect(inserted(typed("a | [y]"), "X")).toEqual(typed("a X| [y]"));
  });

  it("has its gaps walked one by one, and then lets the key go", () => {
    const first = expanded(typed(".nodule|"), ALL);
    if (!first) throw new Error("not expanded");
    const second = nextGap(first);
    expect(second).toEqual(typed("Nodule of [size] mm in the |[zone]| zone."));
    if (!second) throw new Error("no second gap");
    expect(nextGap(second)).toBeNull();
  });

  it("is one's own before the site's, in the section's language alone", () => {
    const text = (words: string, language: "EN" | "VI" = "EN") =>
      [{ language, section: "FINDINGS", text: words }] as const;
    const macros = [
      { name: "clear", isOfSite: true, texts: text("Site's.") },
      { name: "Clear", isOfSite: false, texts: text("Own.") },
      { name: "a", isOfSite: true, texts: text("A.") },
      { name: "b", isOfSite: true, texts: text("Bê.", "VI") },
    ];
    expect(macrosFor(macros, "FINDINGS", "EN")).toEqual([
      { name: "a", text: "A." },
      { name: "Clear", text: "Own." },
    ]);
    expect(macrosFor(macros, "IMPRESSION", "EN")).toEqual([]);
  });
});
