import { describe, expect, it } from "vitest";
import { chooseShown } from "./shown-prediction.rules.ts";

const assessed = (probability: number, threshold = 0.5) =>
  ({
    state: "assessed",
    predictionId: `p${String(probability)}`,
    probability,
    threshold,
  }) as const;
const refused = {
  state: "refused",
  predictionId: "refused",
  reason: "lateral",
} as const;

describe("chooseShown", () => {
  it("takes the likeliest pneumonia of several films", () => {
    const shown = chooseShown([assessed(0.2), assessed(0.8)]);
    expect(shown.assessment).toMatchObject({ probability: 0.8 });
    expect(shown.predictionId).toBe("p0.8");
  });

  it("takes the film that exceeds its own threshold most", () => {
    const shown = chooseShown([assessed(0.7, 0.65), assessed(0.6, 0.1)]);
    expect(shown.predictionId).toBe("p0.6");
  });

  it("is assessed by the frontal film although the lateral was refused", () => {
    expect(chooseShown([refused, assessed(0.3)])).toEqual({
      predictionId: "p0.3",
      assessment: { state: "assessed", probability: 0.3, threshold: 0.5 },
      hasFailedFilm: false,
    });
  });

  it("waits while a film is on its way", () => {
    expect(chooseShown([refused, { state: "pending" }])).toMatchObject({
      predictionId: null,
      assessment: { state: "pending" },
    });
  });

  it("shows the refusal where no film was assessed", () => {
    expect(chooseShown([refused]).predictionId).toBe("refused");
  });

  it("says why when no film was assessed, an error first", () => {
    expect(chooseShown([refused]).assessment).toEqual({
      state: "not-assessed",
      reason: "lateral",
    });
    expect(chooseShown([refused, { state: "failed" }]).assessment).toEqual({
      state: "not-assessed",
      reason: "error",
    });
  });

  it("tells of a failed film beside an assessed one", () => {
    const verdict = chooseShown([assessed(0.3), { state: "failed" }]);
    expect(verdict.hasFailedFilm).toBe(true);
  });

  it("never calls a case without films anything but not assessed", () => {
    expect(chooseShown([]).assessment.state).toBe("not-assessed");
  });
});
