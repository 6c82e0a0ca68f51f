import { describe, expect, it } from "vitest";
import { raySolid } from "./solids.ts";

const crossing = { start: 0, end: 0 };

describe("raySolid", () => {
  it("measures the chord of a sphere: 2·sqrt(r² − d²)", () => {
    const sphere = raySolid({ x: 1, y: 2, z: 3, rx: 5, ry: 5, rz: 5 });
    expect(sphere(1, 2, 0, 0, crossing)).toBe(true);
    expect(crossing.start).toBeCloseTo(-2);
    expect(crossing.end).toBeCloseTo(8);
    // Three off the axis: 2·sqrt(25 − 9) = 8.
    expect(sphere(4, 2, 0, 0, crossing)).toBe(true);
    expect(crossing.end - crossing.start).toBeCloseTo(8);
  });

  it("misses outside", () => {
    const sphere = raySolid({ x: 0, y: 0, z: 0, rx: 5, ry: 5, rz: 5 });
    expect(sphere(5.01, 0, 0, 0, crossing)).toBe(false);
  });

  it("turns the axes in the plane of the film", () => {
    const upright = { x: 0, y: 0, z: 0, rx: 4, ry: 1, rz: 2 };
    const turned = raySolid({ ...upright, roll: Math.PI / 2 });
    // The long axis now points down: 3 below is inside, 3 aside is not.
    expect(turned(0, 3, 0, 0, crossing)).toBe(true);
    expect(turned(3, 0, 0, 0, crossing)).toBe(false);
  });

  it("follows rays that lean", () => {
    const sphere = raySolid({ x: 1, y: 0, z: 10, rx: 0.1, ry: 0.1, rz: 0.1 });
    // x = 0 + 0.1·z passes x = 1 at z = 10.
    expect(sphere(0, 0, 0.1, 0, crossing)).toBe(true);
    expect(sphere(0, 0, 0, 0, crossing)).toBe(false);
  });
});
