import { describe, expect, it } from "vitest";

import type { GateRule } from "../models/manifest.ts";
import type { Film } from "../types.ts";
import { checkPixels, greySpread, judge, softmax } from "./verdict.ts";

const rule: GateRule = {
  classes: ["frontal", "not-a-chest-film", "lateral", "rotated", "inverted"],
  acceptFrom: 0.4,
  acceptColourFrom: 0.9,
  maxDistance: 3,
  minSidePixels: 100,
  minSpan: 0.06,
  maxFlatShare: 0.85,
};

function film(
  side: number,
  valueAt: (at: number) => number,
  maxValue = 255,
): Film {
  return {
    width: side,
    height: side,
    pixels: Uint16Array.from({ length: side * side }, (_, at) => valueAt(at)),
    maxValue,
    bitsStored: Math.log2(maxValue + 1),
    format: "png",
    window: { center: maxValue / 2, width: maxValue },
    warnings: [],
  };
}

describe("checkPixels", () => {
  it("refuses a film with fewer pixels than the rule asks for", () => {
    const gate = checkPixels(
      film(64, (at) => at % 256),
      rule,
    );
    expect(gate).toMatchObject({ reason: "too-small" });
  });

  it("refuses a damaged picture and says what is wrong with it", () => {
    const damaged: Film = {
      ...film(128, (at) => (at * 7) % 256),
      warnings: ["damaged-picture"],
      damage: "has no scan",
    };
    const gate = checkPixels(damaged, rule);
    expect(gate).toMatchObject({ status: "not-assessed", reason: "damaged" });
    expect(gate).toHaveProperty("detail", expect.stringContaining("no scan"));
  });

  it("refuses one grey level and a faint ripple on it as blank", () => {
    expect(
      checkPixels(
        film(128, () => 77),
        rule,
      ),
    ).toMatchObject({ reason: "blank" });
    // 60 ± 4 of 255: a span of 8/256 = 0.03.
    const faint = film(128, (at) => 56 + (at % 9));
    expect(checkPixels(faint, rule)).toMatchObject({ reason: "blank" });
  });

  it("refuses a film that is almost all one level with a little text", () => {
    const page = film(128, (at) => (at % 20 === 0 ? 0 : 255));
    expect(greySpread(page).flatShare).toBeCloseTo(0.95, 2);
    expect(checkPixels(page, rule)).toMatchObject({ reason: "blank" });
  });

  it("lets deep films pass that use a part of their range", () => {
    // 12 bits, values 400…1423: a quarter of full scale.
    const deep = film(128, (at) => 400 + (at % 1024), 4095);
    expect(checkPixels(deep, rule)).toBeNull();
  });
});

describe("judge", () => {
  const signals = { distance: 1, isColour: false, looksInverted: false };

  it("accepts a film that looks frontal and near", () => {
    const gate = judge({ ...signals, logits: [3, 0, 0, 0, 0] }, rule);
    expect(gate.status).toBe("assessed");
  });

  it("names the likeliest wrong kind", () => {
    const gate = judge({ ...signals, logits: [0, 0, 1, 5, 2] }, rule);
    expect(gate).toMatchObject({ status: "not-assessed", reason: "rotated" });
  });

  it("believes the order of greys when the head overlooks an inverted film", () => {
    const logits = [5, 0, 0, 0, 0];
    const gate = judge({ ...signals, looksInverted: true, logits }, rule);
    expect(gate).toMatchObject({ reason: "inverted" });
  });

  it("asks more of a picture in colour", () => {
    // softmax of (2, 0, 0, 0, 0): e² / (e² + 4) = 0.649.
    const logits = [2, 0, 0, 0, 0];
    expect(softmax(logits)[0]).toBeCloseTo(0.6488, 3);
    expect(judge({ ...signals, logits }, rule).status).toBe("assessed");
    const colour = judge({ ...signals, isColour: true, logits }, rule);
    expect(colour.status).toBe("not-assessed");
  });

  it("refuses what lies far from every training film", () => {
    const gate = judge(
      { ...signals, distance: 3.5, logits: [5, 0, 0, 0, 0] },
      rule,
    );
    expect(gate).toMatchObject({ reason: "not-a-chest-film" });
  });

  it("refuses when the head gives no number", () => {
    const none = Number.NaN;
    const logits = [none, none, none, none, none];
    expect(judge({ ...signals, logits }, rule).status).toBe("not-assessed");
    const lost = { ...signals, distance: none, logits: [5, 0, 0, 0, 0] };
    expect(judge(lost, rule).status).toBe("not-assessed");
  });
});
