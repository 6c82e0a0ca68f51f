import { describe, expect, it } from "vitest";
import {
  coarser,
  planePoint,
  projectPoint,
  slopeX,
  slopeY,
  type Beam,
  type FilmGeometry,
} from "./ray.ts";

const beam: Beam = {
  divergence: 1 / 170,
  axisX: 0.5,
  axisY: 11,
  turn: 0.03,
  tilt: -0.02,
};
const film: FilmGeometry = {
  width: 101,
  height: 201,
  spacing: 0.2,
  centreX: 0.4,
  centreY: 10,
  cosRoll: Math.cos(0.05),
  sinRoll: Math.sin(0.05),
};

describe("projectPoint", () => {
  it("puts a point where the ray of that pixel passes it", () => {
    const [x0, y0] = planePoint(film, 20, 140);
    for (const z of [-9, 0, 9]) {
      const x = x0 + slopeX(beam, x0) * z;
      const y = y0 + slopeY(beam, y0) * z;
      const [column, row] = projectPoint(beam, film, x, y, z);
      expect(column).toBeCloseTo(20, 6);
      expect(row).toBeCloseTo(140, 6);
    }
  });

  it("shows what is nearer to the source larger", () => {
    const straight = { ...beam, turn: 0, tilt: 0, axisX: 0, axisY: 0 };
    const level = { ...film, centreX: 0, centreY: 0, cosRoll: 1, sinRoll: 0 };
    // Source behind the back (PA): the back, z < 0, is magnified.
    const width = (z: number): number =>
      projectPoint(straight, level, 5, 0, z)[0] -
      projectPoint(straight, level, -5, 0, z)[0];
    // 10 cm at the back: 10/(1 − 9/170)/0.2 = 52.8 pixels.
    expect(width(-9)).toBeCloseTo(10 / (1 - 9 / 170) / 0.2, 6);
    expect(width(-9)).toBeGreaterThan(width(9));
  });
});

describe("coarser", () => {
  it("keeps the middle of the film in its place", () => {
    const small = coarser({ ...film, width: 100, height: 200 }, 4);
    expect([small.width, small.height, small.spacing]).toEqual([25, 50, 0.8]);
    expect(planePoint(small, 12, 24.5)).toEqual([film.centreX, film.centreY]);
  });
});
