import { describe, expect, it } from "vitest";

import { findPictureTear } from "./picture-tear.ts";

const WIDTH = 96;
const HEIGHT = 64;
const MAX = 4095;

/** Soft waves of twelve bits, changed by what is added at each place. */
function picture(added: (x: number, y: number) => number) {
  const samples = Uint16Array.from({ length: WIDTH * HEIGHT }, (_, at) => {
    const [x, y] = [at % WIDTH, Math.trunc(at / WIDTH)];
    const wave = 1800 + 600 * Math.sin(x / 9) + 300 * Math.cos(y / 15);
    return Math.round(wave + added(x, y));
  });
  const shape = { width: WIDTH, height: HEIGHT, channels: 1, max: MAX };
  return { ...shape, samples, unit: 8 as const };
}

describe("the last blocks of a picture", () => {
  it.each([48, 64, 80])("are seen where they jump from column %i", (from) => {
    const torn = picture((x, y) => (x >= from && y >= HEIGHT - 8 ? 500 : 0));
    expect(findPictureTear(torn)).toMatch(/in its last blocks/u);
  });

  it("are whole in a whole picture", () => {
    expect(findPictureTear(picture(() => 0))).toBeNull();
  });

  it("are whole where a box that begins off the blocks is brighter", () => {
    const boxed = picture((x, y) => (x >= 52 && y >= HEIGHT - 6 ? 500 : 0));
    expect(findPictureTear(boxed)).toBeNull();
  });

  it("are whole under a label of one grey", () => {
    const labelled = picture(() => 0);
    for (let y = HEIGHT - 8; y < HEIGHT; y++) {
      labelled.samples.fill(3900, y * WIDTH + 64, (y + 1) * WIDTH);
    }
    expect(findPictureTear(labelled)).toBeNull();
  });
});
