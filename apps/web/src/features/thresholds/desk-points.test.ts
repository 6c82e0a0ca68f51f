import { describe, expect, it } from "vitest";
import { nearestPoint } from "./desk-points.ts";

describe("the point of a threshold", () => {
  const points = [0.1, 0.31, 0.4].map((threshold) => ({ threshold }));

  it("is the one on the spot, else the nearest", () => {
    expect(nearestPoint(points, 0.31)?.threshold).toBe(0.31);
    expect(nearestPoint(points, 0.36)?.threshold).toBe(0.4);
    expect(nearestPoint(points, 0.99)?.threshold).toBe(0.4);
  });

  it("is none without points", () => {
    expect(nearestPoint([], 0.5)).toBeNull();
  });
});
