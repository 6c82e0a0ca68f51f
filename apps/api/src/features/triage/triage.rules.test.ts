import { describe, expect, it } from "vitest";
import { triage, type TriageInput } from "./triage.rules.ts";

const plain: TriageInput = {
  assessment: { state: "assessed", probability: 0.2, threshold: 0.5 },
  clinicalFlags: [],
  ageYears: 40,
  priorPneumonia: false,
  waitedTooLong: false,
  hasFailedFilm: false,
  notes: [],
};
const ai = (probability: number, threshold = 0.5) =>
  ({ state: "assessed", probability, threshold }) as const;

describe("triage", () => {
  it("leaves a negative film of a well adult in the routine", () => {
    expect(triage(plain)).toEqual({ urgency: "ROUTINE", reasons: ["ai:20"] });
  });

  it("calls a film at the threshold positive, just below it negative", () => {
    expect(triage({ ...plain, assessment: ai(0.5) }).urgency).toBe("SOON");
    expect(triage({ ...plain, assessment: ai(0.4999) }).urgency).toBe(
      "ROUTINE",
    );
  });

  it("makes a strongly positive film urgent, with fever critical", () => {
    const strong = { ...plain, assessment: ai(0.91) };
    expect(triage(strong)).toEqual({ urgency: "URGENT", reasons: ["ai:91"] });
    expect(triage({ ...strong, clinicalFlags: ["fever"] })).toEqual({
      urgency: "CRITICAL",
      reasons: ["ai:91", "flag:fever"],
    });
  });

  it("counts several raising flags as one step", () => {
    const flags = ["fever", "cough", "dyspnoea"];
    const result = triage({
      ...plain,
      assessment: ai(0.6),
      clinicalFlags: flags,
    });
    expect(result.urgency).toBe("URGENT");
    expect(result.reasons).toHaveLength(4);
  });

  it("puts a film that was not assessed in front of a human, urgently", () => {
    const assessment = { state: "not-assessed", reason: "lateral" } as const;
    expect(triage({ ...plain, assessment })).toEqual({
      urgency: "URGENT",
      reasons: ["not-assessed:lateral"],
    });
    expect(
      triage({ ...plain, assessment, clinicalFlags: ["emergency"] }).urgency,
    ).toBe("CRITICAL");
  });

  it("never lifts a negative film above urgent", () => {
    const everything = {
      ...plain,
      clinicalFlags: ["emergency", "fever"],
      ageYears: 90,
      priorPneumonia: true,
      waitedTooLong: true,
    };
    expect(triage(everything).urgency).toBe("URGENT");
  });

  it("raises infants and people of 65 and more only when positive", () => {
    expect(
      triage({ ...plain, assessment: ai(0.6), ageYears: 0.5 }),
    ).toMatchObject({ urgency: "URGENT", reasons: ["ai:60", "age:infant"] });
    expect(
      triage({ ...plain, assessment: ai(0.6), ageYears: 65.9 }).reasons,
    ).toContain("age:65");
    expect(triage({ ...plain, ageYears: 80 }).urgency).toBe("ROUTINE");
  });

  it("lifts what has waited too long to urgent and says so", () => {
    expect(triage({ ...plain, waitedTooLong: true })).toEqual({
      urgency: "URGENT",
      reasons: ["ai:20", "waited"],
    });
  });

  it("gives a film that follows a pneumonia a place before the routine", () => {
    expect(triage({ ...plain, priorPneumonia: true })).toEqual({
      urgency: "SOON",
      reasons: ["ai:20", "prior-positive"],
    });
  });

  it("puts a case with a failed second film in front of a human", () => {
    expect(triage({ ...plain, hasFailedFilm: true })).toEqual({
      urgency: "URGENT",
      reasons: ["ai:20", "not-assessed:error"],
    });
  });

  it("passes notes on without moving the case", () => {
    expect(triage({ ...plain, notes: ["unknown-patient"] })).toEqual({
      urgency: "ROUTINE",
      reasons: ["ai:20", "unknown-patient"],
    });
  });

  it("ignores flags outside the catalogue", () => {
    expect(triage({ ...plain, clinicalFlags: ["toString"] }).reasons).toEqual([
      "ai:20",
    ]);
  });
});
