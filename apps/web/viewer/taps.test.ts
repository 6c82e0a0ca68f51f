import { describe, expect, it } from "vitest";
import { createTaps, type Taps } from "./taps.ts";

const place = { x: 100, y: 100 };

function tap(taps: Taps, time: number, at = place): boolean {
  taps.begun(1, at, time);
  return taps.ended(at, time + 60);
}

describe("taps of a finger", () => {
  it("are double when two are quick and near", () => {
    const taps = createTaps();
    expect(tap(taps, 0)).toBe(false);
    expect(tap(taps, 200, { x: 110, y: 95 })).toBe(true);
    // A third begins anew.
    expect(tap(taps, 400)).toBe(false);
  });

  it("are two where they are slow or far from each other", () => {
    const taps = createTaps();
    tap(taps, 0);
    expect(tap(taps, 1_000)).toBe(false);
    expect(tap(taps, 1_200, { x: 300, y: 100 })).toBe(false);
  });

  it("are none where the finger stays, moves, or is not alone", () => {
    const taps = createTaps();
    tap(taps, 0);
    taps.begun(1, place, 100);
    expect(taps.ended({ x: 140, y: 100 }, 150)).toBe(false);
    tap(taps, 1_000);
    taps.begun(1, place, 1_100);
    expect(taps.ended(place, 1_900)).toBe(false);
    tap(taps, 3_000);
    taps.begun(2, place, 3_100);
    expect(taps.ended(place, 3_150)).toBe(false);
    expect(tap(taps, 3_200)).toBe(false);
  });
});
