import { describe, expect, it } from "vitest";
import { roundProfile, TubePainter } from "./tube-painter.ts";

const point = (column: number, row: number) => ({
  column,
  row,
  radius: 5,
  gain: 5,
});

describe("TubePainter", () => {
  it("adds the chord of a round tube: 2·sqrt(r² − d²)", () => {
    const map = new Float32Array(40 * 40);
    new TubePainter(40, 40).paint(
      map,
      [point(5, 20), point(35, 20)],
      roundProfile,
    );
    expect(map[20 * 40 + 20]).toBeCloseTo(10);
    // Three pixels off: 2·sqrt(25 − 9) = 8.
    expect(map[23 * 40 + 20]).toBeCloseTo(8);
    expect(map[25 * 40 + 20]).toBe(0);
  });

  it("leaves no bead where the pieces of a tube meet", () => {
    const map = new Float32Array(40 * 40);
    new TubePainter(40, 40).paint(
      map,
      [point(5, 20), point(20, 20), point(35, 20)],
      roundProfile,
    );
    expect(map[20 * 40 + 20]).toBeCloseTo(10);
    expect(map[20 * 40 + 19]).toBeCloseTo(10);
  });

  it("adds up where two tubes cross", () => {
    const map = new Float32Array(40 * 40);
    const painter = new TubePainter(40, 40);
    painter.paint(map, [point(5, 20), point(35, 20)], roundProfile);
    painter.paint(map, [point(20, 5), point(20, 35)], roundProfile);
    expect(map[20 * 40 + 20]).toBeCloseTo(20);
  });

  it("cuts ends square when tubes are to be joined end to end", () => {
    const map = new Float32Array(40 * 40);
    const painter = new TubePainter(40, 40, false);
    painter.paint(map, [point(10, 20), point(20, 20)], roundProfile);
    expect(map[20 * 40 + 9]).toBe(0);
    expect(map[20 * 40 + 15]).toBeCloseTo(10);
  });
});
