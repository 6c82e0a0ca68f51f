import { describe, expect, it } from "vitest";
import { NOTHING_TYPED } from "../kept-texts/kept-text.ts";
import {
  keptMacro,
  readKeptMacro,
  startOf,
  writtenTexts,
} from "./kept-macro.ts";

const macro = {
  __typename: "ReportMacro" as const,
  id: "m",
  name: "bclear",
  isOfSite: false,
  viewerCanEdit: true,
  texts: [
    { language: "EN" as const, section: "FINDINGS" as const, text: "Clear." },
  ],
};
const start = startOf(macro);

describe("a macro that is typed and not saved", () => {
  it("is what the form has, in all sections and both languages", () => {
    const typed = {
      name: "bcl",
      texts: { ...start.texts, "VI FINDINGS": "Trong, ", "EN IMPRESSION": "" },
    };
    const { text } = keptMacro(typed, start);
    expect(readKeptMacro(text, start)).toEqual({
      name: "bcl",
      texts: { "EN FINDINGS": "Clear.", "VI FINDINGS": "Trong, " },
    });
  });

  it("says the same whichever section was typed first", () => {
    const one = { "EN FINDINGS": "a", "VI FINDINGS": "b" };
    const other = { "VI FINDINGS": "b", "EN FINDINGS": "a" };
    expect(keptMacro({ name: "", texts: one }, start)).toEqual(
      keptMacro({ name: "", texts: other }, start),
    );
  });

  it("is nothing while it says what stands there", () => {
    expect(keptMacro(start, start)).toEqual(NOTHING_TYPED);
    expect(keptMacro({ ...start, name: " bclear" }, start)).toEqual(
      NOTHING_TYPED,
    );
    expect(keptMacro(startOf(null), startOf(null))).toEqual(NOTHING_TYPED);
  });

  it("is kept when all of it was emptied, which is not what stands there", () => {
    const { text } = keptMacro({ name: "bclear", texts: {} }, start);
    expect(readKeptMacro(text, start).texts).toEqual({});
  });

  it.each(["", "half", "[]", '{"name":1}'])(
    "begins anew where %j was kept",
    (text) => {
      expect(readKeptMacro(text, start)).toBe(start);
    },
  );

  it("sends no empty section", () => {
    const texts = { "EN FINDINGS": " Clear. ", "EN IMPRESSION": " " };
    expect(writtenTexts({ name: "", texts })).toEqual(macro.texts);
  });
});
