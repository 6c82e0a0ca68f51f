import { describe, expect, it } from "vitest";
import {
  atMoment,
  evidenceOf,
  isWritten,
  newPlan,
  newProcedure,
  withOption,
} from "./procedure-draft.ts";

const SAID = { en: "Mask", vi: "Khẩu trang" };

describe("a procedure that is being written", () => {
  it("is ready when everything is said in both languages", () => {
    const draft = newProcedure();
    expect(isWritten(draft)).toBe(false);
    const step = { ...newPlan(), name: SAID };
    const written = { ...draft, name: SAID, steps: [step] };
    expect(isWritten(written)).toBe(true);
    expect(isWritten({ ...written, steps: [] })).toBe(false);
    expect(isWritten({ ...written, name: { en: "Mask", vi: " " } })).toBe(
      false,
    );
    const number = { ...step, evidence: evidenceOf("NUMBER") };
    expect(isWritten({ ...written, steps: [number] })).toBe(false);
  });

  it("asks for no finding at the upload", () => {
    const { trigger } = newProcedure();
    const found = { ...atMoment(trigger, "AI"), findings: ["edema"] };
    expect(atMoment(found, "READING").findings).toEqual(["edema"]);
    expect(atMoment(found, "ARRIVAL").findings).toEqual([]);
  });

  it("asks for no ward until one is named", () => {
    expect(newProcedure().trigger.wards).toEqual([]);
  });

  it("gives each option a code of its own", () => {
    const plan = { ...newPlan(), evidence: evidenceOf("CHOICE") };
    const more = withOption(withOption(plan));
    const codes = more.evidence.options.map(({ code }) => code);
    expect(new Set(codes).size).toBe(4);
  });
});
