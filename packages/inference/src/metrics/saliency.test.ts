import { describe, expect, it } from "vitest";

import { auprc } from "./ranking.ts";
import {
  countCell,
  emptySaliencyCounts,
  saliencyPrecision,
  type SaliencyCounts,
} from "./saliency.ts";
import { scoredSet } from "./scored-set.ts";
import { seededRandom } from "./seeded-random.ts";

type Cell = readonly [value: number, isInside: boolean];

function film(cells: readonly Cell[]): SaliencyCounts {
  const counts = emptySaliencyCounts();
  for (const [value, isInside] of cells) countCell(counts, value, isInside);
  return counts;
}

describe("the saliency of maps", () => {
  it("is 1 where every drawn cell outranks all others, of any film", () => {
    const films = [
      film([
        [0.9, true],
        [0.2, false],
      ]),
      film([
        [0.5, true],
        [0, false],
      ]),
    ];
    expect(saliencyPrecision(films, Uint32Array.of(1, 1))).toBe(1);
  });

  it("is the drawn share for a map that is the same everywhere", () => {
    const flat = film([
      [0.3, true],
      [0.3, false],
      [0.3, false],
      [0.3, false],
    ]);
    expect(saliencyPrecision([flat], Uint32Array.of(1))).toBe(0.25);
  });

  it("counts films as often as they are drawn", () => {
    const good = film([
      [0.9, true],
      [0.1, false],
    ]);
    const bad = film([
      [0.1, true],
      [0.9, false],
    ]);
    expect(saliencyPrecision([good, bad], Uint32Array.of(1, 0))).toBe(1);
    expect(saliencyPrecision([good, bad], Uint32Array.of(0, 1))).toBe(0.5);
    // 0.9: one of two drawn, precision 1/2; 0.1: two of four, precision 1/2.
    expect(saliencyPrecision([good, bad], Uint32Array.of(2, 2))).toBe(0.5);
  });

  it("has no value where nothing or everything is drawn", () => {
    expect(saliencyPrecision([], new Uint32Array())).toBeNull();
    expect(
      saliencyPrecision([film([[0.5, true]])], Uint32Array.of(1)),
    ).toBeNull();
  });

  it("agrees with average precision that counts every value apart", () => {
    const random = seededRandom(4);
    const cells = Array.from({ length: 4000 }, (): Cell => {
      const isInside = random() < 0.2;
      return [random() ** (isInside ? 1 : 3), isInside];
    });
    const exact = auprc(
      scoredSet(
        cells.map(([value]) => value),
        cells.map(([, isInside]) => isInside),
      ),
    );
    const counted = saliencyPrecision([film(cells)], Uint32Array.of(1));
    expect(counted).toBeCloseTo(exact ?? Number.NaN, 2);
  });
});
