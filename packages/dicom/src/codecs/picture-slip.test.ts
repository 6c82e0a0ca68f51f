import { describe, expect, it } from "vitest";

import { findSlip } from "./picture-slip.ts";

const SIDE = 128;
const COLUMNS = SIDE / 8;

/** A picture of soft waves whose blocks are told from the places of others. */
function picture(from: (block: number) => number, brighter = 0) {
  const samples = new Uint8Array(SIDE * SIDE);
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) {
      const own = Math.trunc(y / 8) * COLUMNS + Math.trunc(x / 8);
      const other = from(own);
      const left = (other % COLUMNS) * 8 + (x % 8);
      const top = Math.trunc(other / COLUMNS) * 8 + (y % 8);
      const wave = 100 + 40 * Math.sin(left / 9) + 20 * Math.cos(top / 15);
      samples[y * SIDE + x] = Math.round(wave + (other === own ? 0 : brighter));
    }
  }
  const shape = { width: SIDE, height: SIDE, channels: 1, max: 255 };
  return { ...shape, samples, unit: 8 as const };
}

describe("blocks that lie one aside", () => {
  it.each([0, 20])("are seen, also %i greys brighter", (brighter) => {
    const slipped = picture(
      (block) => (block >= 85 && block < 180 ? block + 1 : block),
      brighter,
    );
    expect(findSlip(slipped)).toMatch(/a block aside from row \d+ on/u);
    const back = picture(
      (block) => (block > 85 && block < 180 ? block - 1 : block),
      brighter,
    );
    expect(findSlip(back)).toMatch(/a block aside/u);
  });

  it("are not seen in a whole picture", () => {
    expect(findSlip(picture((block) => block))).toBeNull();
  });

  it("are not seen at the edge of a collimator", () => {
    const whole = picture((block) => block);
    for (let i = 0; i < 64 * SIDE; i++) whole.samples[i] = 3;
    expect(findSlip(whole)).toBeNull();
  });
});
