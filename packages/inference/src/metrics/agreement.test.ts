import { describe, expect, it } from "vitest";
import { cohenKappa, cohenKappaFigure, fleissKappa } from "./agreement.ts";

/** Two lists of labels from a table of how often each pair occurred. */
function pairs(table: Record<string, number>): [string[], string[]] {
  const one: string[] = [];
  const other: string[] = [];
  for (const [pair, count] of Object.entries(table))
    for (let n = 0; n < count; n++) {
      one.push(pair[0] ?? "");
      other.push(pair[1] ?? "");
    }
  return [one, other];
}

describe("Cohen's kappa", () => {
  it("is what a hand computes", () => {
    // Observed (20 + 15) / 50 = 0.7; by chance 0.5 · 0.6 + 0.5 · 0.4 = 0.5.
    const [one, other] = pairs({ yy: 20, yn: 5, ny: 10, nn: 15 });
    expect(cohenKappa(one, other)).toBeCloseTo(0.4, 12);
  });

  it("is that of Cohen's own paper", () => {
    // Cohen 1960, 200 cases: 0.70 observed, 0.41 by chance.
    const [one, other] = pairs({
      aa: 88,
      ab: 14,
      ac: 18,
      ba: 10,
      bb: 40,
      bc: 10,
      ca: 2,
      cb: 6,
      cc: 12,
    });
    expect(cohenKappa(one, other)).toBeCloseTo((0.7 - 0.41) / 0.59, 12);
  });

  it("is 1 for the same, 0 for chance, and nothing where chance is all", () => {
    expect(cohenKappa(["a", "b", "a"], ["a", "b", "a"])).toBe(1);
    const [one, other] = pairs({ yy: 1, yn: 1, ny: 1, nn: 1 });
    expect(cohenKappa(one, other)).toBe(0);
    expect(cohenKappa(["a", "a"], ["a", "a"])).toBeNull();
    expect(cohenKappa([], [])).toBeNull();
  });

  it("has an interval that holds it and narrows with more cases", () => {
    const width = (times: number): number => {
      const [one, other] = pairs({
        yy: 20 * times,
        yn: 5 * times,
        ny: 10 * times,
        nn: 15 * times,
      });
      const figure = cohenKappaFigure(
        one,
        other,
        one.map((_, at) => String(at)),
      );
      expect(figure?.value).toBeCloseTo(0.4, 12);
      expect(figure?.low).toBeLessThan(0.4);
      expect(figure?.high).toBeGreaterThan(0.4);
      return (figure?.high ?? 0) - (figure?.low ?? 0);
    };
    expect(width(10)).toBeLessThan(width(1) / 2);
  });
});

describe("Fleiss' kappa", () => {
  it("is that of the worked example of 14 readers and ten cases", () => {
    const counts = [
      [0, 0, 0, 0, 14],
      [0, 2, 6, 4, 2],
      [0, 0, 3, 5, 6],
      [0, 3, 9, 2, 0],
      [2, 2, 8, 1, 1],
      [7, 7, 0, 0, 0],
      [3, 2, 6, 3, 0],
      [2, 5, 3, 2, 2],
      [6, 5, 2, 1, 0],
      [0, 2, 2, 3, 7],
    ];
    expect(fleissKappa(counts)).toBeCloseTo(0.2099, 4);
  });

  it("is Cohen's where both readers use the labels alike", () => {
    const [one, other] = pairs({ yy: 20, yn: 5, ny: 5, nn: 20 });
    const counts = one.map((label, at) => {
      const yes = [label, other[at]].filter((answer) => answer === "y").length;
      return [yes, 2 - yes];
    });
    expect(fleissKappa(counts)).toBeCloseTo(cohenKappa(one, other) ?? NaN, 12);
  });

  it("needs two readers and two labels", () => {
    expect(fleissKappa([])).toBeNull();
    expect(fleissKappa([[1, 0]])).toBeNull();
    expect(
      fleissKappa([
        [2, 0],
        [2, 0],
      ]),
    ).toBeNull();
  });
});
