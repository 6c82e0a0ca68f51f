import { describe, expect, it } from "vitest";
import { judgeFindings } from "./judged-findings.ts";

const row = {
  predictionId: "p",
  code: "pneumonia",
  score: 0,
  ...{ probability: 0.5, low: 0.2, high: 0.8, ownThreshold: 0.4 },
  ...{ ageGroup: "child", groupFrom: "age" },
  ...{ unsureFrom: 0.3, unsureTo: 0.6, shown: true },
  boxes: [{ x: 1, y: 2, width: 3, height: 4, score: 0.7 }],
};
const POLICY = { thresholds: {} };

describe("judgeFindings", () => {
  it("says unsure by the model's cut-offs and positive by the site's threshold", () => {
    const thresholds = { f: { pneumonia: { child: 0.55 } } };
    const [own] = judgeFindings([row], { fingerprint: "f" }, POLICY);
    const [site] = judgeFindings([row], { fingerprint: "f" }, { thresholds });
    expect(own).toMatchObject({ unsure: true, positive: true });
    expect(site).toMatchObject({ unsure: true, positive: false });
  });

  it("keeps what runs silently to itself", () => {
    const silent = { ...row, code: "effusion", shown: false };
    const judged = judgeFindings([row, silent], { fingerprint: "f" }, POLICY);
    expect(judged.map(({ code }) => code)).toEqual(["pneumonia"]);
  });

  it("reads boxes of before boxes had a chance", () => {
    const [judged] = judgeFindings([row], { fingerprint: "f" }, POLICY);
    expect(judged?.boxes[0]?.chance).toBeNull();
  });
});
