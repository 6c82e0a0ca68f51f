import { describe, expect, it } from "vitest";
import {
  composedReport,
  emptyReport,
  followed,
  isEmptyReport,
  typedIn,
} from "./report-draft.ts";

const suggestion = {
  indication: "Fever.",
  technique: "Chest radiograph (DX).",
  comparison: "",
  findings: "The lungs are clear.",
  impression: "Normal chest film.",
};

describe("a report that is being written", () => {
  it("says what the choices suggest where nothing was typed", () => {
    const report = composedReport(null, suggestion, "EN");
    expect(report).toEqual({ language: "EN", ...suggestion });
    expect(composedReport(null, null, "VI")).toEqual(emptyReport("VI"));
  });

  it("keeps what was typed when the choices change, and lets the rest follow", () => {
    const before = composedReport(null, suggestion, "EN");
    const typed = typedIn(before, [], "FINDINGS", "Scar in the left apex.");
    const changed = { ...suggestion, impression: "Pneumonia." };
    expect(composedReport(typed, changed, "EN")).toMatchObject({
      findings: "Scar in the left apex.",
      impression: "Pneumonia.",
    });
  });

  it("keeps a section empty that the reader emptied", () => {
    const before = composedReport(null, suggestion, "EN");
    const typed = typedIn(before, [], "COMPARISON", "");
    const emptied = typedIn(typed, typed.edited, "IMPRESSION", "");
    expect(emptied.edited).toEqual(["COMPARISON", "IMPRESSION"]);
    expect(composedReport(emptied, suggestion, "EN").impression).toBe("");
  });

  it("follows the suggestion again when asked to", () => {
    const before = composedReport(null, suggestion, "EN");
    const typed = typedIn(before, [], "FINDINGS", "Other words.");
    const again = followed(typed, typed.edited, "FINDINGS");
    expect(composedReport(again, suggestion, "EN")).toEqual(before);
  });

  it("stays in the language that it was begun in", () => {
    const typed = typedIn(emptyReport("VI"), [], "FINDINGS", "Phổi sáng.");
    expect(composedReport(typed, suggestion, "EN").language).toBe("VI");
  });

  it("is none where every section is blank", () => {
    expect(isEmptyReport({ ...emptyReport("EN"), findings: " \n" })).toBe(true);
    expect(isEmptyReport(suggestion)).toBe(false);
  });
});
