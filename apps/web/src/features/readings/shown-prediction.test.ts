import { describe, expect, it } from "vitest";
import { shownPrediction } from "./shown-prediction.ts";

const film = (id: string, probability: number, threshold = 0.5) => ({
  prediction: {
    id,
    assessed: true,
    findings: [{ code: "pneumonia", probability, threshold }],
  },
});
const refused = { prediction: { id: "r", assessed: false, findings: [] } };

describe("the prediction a study is judged by", () => {
  it("is of the film that exceeds its threshold most", () => {
    // 0.6 over 0.5 exceeds by 0.1, 0.55 over 0.3 by 0.25
    const films = [film("a", 0.6), film("b", 0.55, 0.3)];
    expect(shownPrediction(films)?.id).toBe("b");
  });

  it("passes over films that were not assessed", () => {
    expect(shownPrediction([refused, film("a", 0.1)])?.id).toBe("a");
  });

  it("is none where no film was assessed", () => {
    expect(shownPrediction([refused, { prediction: null }])).toBeNull();
  });
});
