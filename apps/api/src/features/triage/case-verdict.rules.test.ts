import { describe, expect, it } from "vitest";
import { caseVerdict } from "./case-verdict.rules.ts";

const assessed = (probability: number) =>
  ({ state: "assessed", probability, threshold: 0.5 }) as const;
const refused = { state: "refused", reason: "lateral" } as const;

describe("caseVerdict", () => {
  it("takes the likeliest pneumonia of several films", () => {
    const { assessment } = caseVerdict([assessed(0.2), assessed(0.8)]);
    expect(assessment).toMatchObject({ probability: 0.8 });
  });

  it("is assessed by the frontal film although the lateral was refused", () => {
    expect(caseVerdict([refused, assessed(0.3)])).toEqual({
      assessment: assessed(0.3),
      hasFailedFilm: false,
    });
  });

  it("waits while a film is on its way", () => {
    expect(caseVerdict([refused, { state: "pending" }]).assessment).toEqual({
      state: "pending",
    });
  });

  it("says why when no film was assessed, an error first", () => {
    expect(caseVerdict([refused]).assessment).toEqual({
      state: "not-assessed",
      reason: "lateral",
    });
    expect(caseVerdict([refused, { state: "failed" }]).assessment).toEqual({
      state: "not-assessed",
      reason: "error",
    });
  });

  it("tells of a failed film beside an assessed one", () => {
    const verdict = caseVerdict([assessed(0.3), { state: "failed" }]);
    expect(verdict.hasFailedFilm).toBe(true);
  });

  it("never calls a case without films anything but not assessed", () => {
    expect(caseVerdict([]).assessment.state).toBe("not-assessed");
  });
});
