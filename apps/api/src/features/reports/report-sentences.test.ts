import { describe, expect, it } from "vitest";
import { CLINICAL_FLAGS } from "../policies/clinical-flags.ts";
import {
  decisionSentences,
  studySentences,
  type ChosenFinding,
} from "./report-sentences.ts";
import { REPORT_WORDS } from "./report-words.ts";

const chosen = (
  code: ChosenFinding["code"],
  rest: Partial<ChosenFinding> = {},
): ChosenFinding => ({
  code,
  presence: "PRESENT",
  side: null,
  zones: [],
  ...rest,
});

describe("findings and impression", () => {
  it("say where a finding is, in both languages", () => {
    const findings = [
      chosen("pneumonia", { side: "RIGHT", zones: ["LOWER"] }),
      chosen("effusion", { presence: "ABSENT" }),
      chosen("pneumothorax", { presence: "ABSENT" }),
    ];
    const decided = { label: "PNEUMONIA", findings } as const;
    expect(decisionSentences(decided, "en")).toEqual({
      findings:
        "Pneumonia in the right lower zone. No pleural effusion or pneumothorax.",
      impression: "Pneumonia in the right lower zone.",
    });
    expect(decisionSentences(decided, "vi")).toEqual({
      findings:
        "Viêm phổi ở vùng dưới bên phải. Không thấy tràn dịch màng phổi hoặc tràn khí màng phổi.",
      impression: "Viêm phổi ở vùng dưới bên phải.",
    });
  });

  it("number what is more than one, and say what is doubtful so", () => {
    const findings = [
      chosen("consolidation", { side: "BOTH", zones: ["MIDDLE", "LOWER"] }),
      chosen("effusion", { side: "LEFT", presence: "UNCERTAIN" }),
    ];
    expect(decisionSentences({ label: "PNEUMONIA", findings }, "en")).toEqual({
      findings:
        "Opacity in keeping with pneumonia. Consolidation in both middle and lower zones. Possible pleural effusion on the left.",
      impression:
        "1. Pneumonia.\n2. Consolidation in both middle and lower zones.\n3. Possible pleural effusion on the left.",
    });
  });

  it("say of a label alone what it says, and of another finding nothing", () => {
    const alone = (label: "NORMAL" | "OTHER") =>
      decisionSentences({ label, findings: [] }, "en");
    expect(alone("NORMAL").impression).toBe("Normal chest film.");
    expect(alone("OTHER")).toEqual({
      findings: "",
      impression: "No sign of pneumonia.",
    });
    const nameless = [chosen("other")];
    expect(
      decisionSentences({ label: "OTHER", findings: nameless }, "en"),
    ).toEqual(alone("OTHER"));
  });

  it("do not call normal what has a finding", () => {
    const findings = [chosen("cardiomegaly")];
    const text = decisionSentences({ label: "NORMAL", findings }, "en");
    expect(text.impression).toBe("Cardiomegaly.");
    expect(text.findings).not.toContain("clear");
  });

  it("are empty before anything is chosen", () => {
    const nothing = { label: null, findings: [] };
    expect(decisionSentences(nothing, "vi")).toEqual({
      findings: "",
      impression: "",
    });
  });
});

describe("what the order and the film say", () => {
  const study = {
    modality: "DX",
    viewPosition: "PA",
    requestedProcedure: "Chest radiograph",
    clinicalFlags: ["fever", "low-spo2"],
    clinicalNote: "ho 5 ngày",
    filmCount: 1,
  };
  const prior = {
    viewPosition: "PA",
    studyDate: new Date("2026-08-02T00:00:00Z"),
  };

  it("is indication, technique and comparison", () => {
    expect(studySentences(study, prior, "en")).toEqual({
      indication: "Chest radiograph. Fever, low oxygen saturation. Ho 5 ngày.",
      technique: "Chest radiograph (DX), PA view.",
      comparison: "Compared with chest PA of 2 August 2026.",
    });
    expect(studySentences({ ...study, filmCount: 2 }, prior, "vi")).toEqual({
      indication: "Chest radiograph. Sốt, độ bão hòa oxy thấp. Ho 5 ngày.",
      technique: "X-quang ngực (DX), tư thế sau-trước (PA), 2 phim.",
      comparison: "So sánh với phim ngực PA ngày 02/08/2026.",
    });
  });

  it("says that there is nothing to compare with, and makes no day up", () => {
    expect(studySentences(study, null, "en").comparison).toMatch(/No earlier/);
    const undated = { ...prior, studyDate: null };
    expect(studySentences(study, undated, "en").comparison).toBe(
      "Compared with the earlier chest PA, of unknown date.",
    );
  });

  it("has words for every clinical flag in every language", () => {
    for (const { flags } of Object.values(REPORT_WORDS))
      expect(Object.keys(flags).sort()).toEqual(
        Object.keys(CLINICAL_FLAGS).sort(),
      );
  });
});
