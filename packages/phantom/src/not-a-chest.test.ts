import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { makeNotAChest, type NotAChestKind } from "./not-a-chest.ts";

const KINDS: readonly NotAChestKind[] = [
  "hand",
  "lateral",
  "text-page",
  "checkerboard",
  "screenshot",
  "blank",
];

function digest(pixels: Uint16Array): string {
  return createHash("sha256").update(pixels).digest("hex");
}

describe("makeNotAChest", () => {
  it.each(KINDS)("makes the same %s from the same seed", (kind) => {
    const first = makeNotAChest(kind, 5, 128);
    expect(first.pixels.length).toBe(128 * 128);
    expect(digest(makeNotAChest(kind, 5, 128).pixels)).toBe(
      digest(first.pixels),
    );
  });

  it("makes six different pictures", () => {
    const digests = KINDS.map((kind) =>
      digest(makeNotAChest(kind, 5, 128).pixels),
    );
    expect(new Set(digests).size).toBe(KINDS.length);
  });

  it("leaves a blank plate without structure", () => {
    const { pixels, maxValue } = makeNotAChest("blank", 2, 128);
    const sorted = Uint16Array.from(pixels).sort();
    const spread = (sorted[16_000] ?? 0) - (sorted[300] ?? 0);
    expect(spread / maxValue).toBeLessThan(0.02);
  });

  it("shows a hand bright on black", () => {
    const { pixels, maxValue } = makeNotAChest("hand", 2, 128);
    const dark = pixels.filter((value) => value < 0.05 * maxValue).length;
    const bright = pixels.filter((value) => value > 0.4 * maxValue).length;
    expect(dark / pixels.length).toBeGreaterThan(0.5);
    expect(bright / pixels.length).toBeGreaterThan(0.05);
  });
});
