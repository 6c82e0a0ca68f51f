import { describe, expect, it } from "vitest";
import type {
  ProcedureEvidence,
  ProcedureTrigger,
} from "./procedure-document.ts";
import {
  begins,
  checkAnswer,
  dueSteps,
  inTimeShare,
  type CaseFacts,
} from "./procedure.rules.ts";

const ASKS_NOTHING: ProcedureTrigger = {
  moment: "READING",
  findings: [],
  flags: [],
  ageFrom: null,
  ageTo: null,
  modalities: [],
  wards: [],
};
const FACTS: CaseFacts = {
  found: ["effusion"],
  clinicalFlags: ["fever"],
  ageYears: 17.9,
  modality: "DX",
  ward: "ICU^2^Bed 4",
};
const COUNT: ProcedureEvidence = {
  kind: "NUMBER",
  options: [],
  unit: "weeks",
  min: 0,
  max: 104,
};

describe("a procedure's trigger", () => {
  it.each<[string, Partial<ProcedureTrigger>, boolean]>([
    ["asks for nothing", {}, true],
    [
      "names a finding that is there",
      { findings: ["edema", "effusion"] },
      true,
    ],
    ["names one that is not", { findings: ["edema"] }, false],
    ["names a flag that is there", { flags: ["fever"] }, true],
    [
      "needs all kinds at once",
      { findings: ["effusion"], flags: ["cough"] },
      false,
    ],
    ["counts whole years", { ageFrom: 18 }, false],
    ["takes both ends in", { ageFrom: 17, ageTo: 17 }, true],
    ["names another modality", { modalities: ["CR"] }, false],
    ["names the ward", { wards: ["Maternity", "icu"] }, true],
    ["names another ward", { wards: ["Maternity"] }, false],
  ])("%s", (_what, part, expected) => {
    expect(begins({ ...ASKS_NOTHING, ...part }, FACTS)).toBe(expected);
  });

  it("puts somebody of unknown age in no range", () => {
    const facts = { ...FACTS, ageYears: null };
    expect(begins(ASKS_NOTHING, facts)).toBe(true);
    expect(begins({ ...ASKS_NOTHING, ageTo: 150 }, facts)).toBe(false);
  });
});

describe("an answer", () => {
  it("that is a number stands in its shortest form, within the range", () => {
    expect(checkAnswer(COUNT, " 010.50 ")).toBe("10.5");
    expect(checkAnswer(COUNT, "104")).toBe("104");
    for (const text of ["104.5", "-1", "1,5", "1e1", "", "0x10", "Infinity"])
      expect(() => checkAnswer(COUNT, text)).toThrow();
  });

  it("that is a tick says true and nothing else", () => {
    const tick: ProcedureEvidence = {
      ...COUNT,
      kind: "TICK",
      unit: null,
      min: null,
      max: null,
    };
    expect(checkAnswer(tick, "true")).toBe("true");
    expect(() => checkAnswer(tick, "false")).toThrow();
  });
});

describe("adherence", () => {
  it.each([
    // In time, late, overdue: due, share.
    [5, 1, 2, 8, 0.625],
    [3, 0, 0, 3, 1],
    [0, 2, 1, 3, 0],
    // What is open and not due is neither kept nor missed.
    [0, 0, 0, 0, null],
  ])(
    "of %i in time, %i late and %i overdue",
    (doneInTime, doneLate, overdue, due, share) => {
      const counts = { doneInTime, doneLate, overdue };
      expect(dueSteps(counts)).toBe(due);
      expect(inTimeShare(counts)).toBe(share);
    },
  );
});
