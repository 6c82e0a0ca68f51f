import { describe, expect, it } from "vitest";

import { findNoiseStretch } from "./noise-stretch.ts";

const WIDTH = 96;
const HEIGHT = 64;

/** A slope with a little noise, as a film's background. */
function film() {
  const samples = Uint8Array.from({ length: WIDTH * HEIGHT }, (_, at) => {
    const [x, y] = [at % WIDTH, Math.trunc(at / WIDTH)];
    return 40 + x + y + ((x * 7 + y * 13) % 3);
  });
  return { width: WIDTH, height: HEIGHT, components: 1, bits: 8, samples };
}

/** Any byte, the same at every run. */
const anyByte = (at: number): number => (at * 167 + at * at * 59) % 256;

describe("a stretch of noise", () => {
  it.each([
    ["inside a row", 20 * WIDTH + 10, 40],
    ["across the ends of two rows", 20 * WIDTH + 60, 100],
    ["close to the upper edge", 3 * WIDTH + 12, 40],
  ])("is seen %s", (_, from, length) => {
    const frame = film();
    for (let i = 0; i < length; i++) frame.samples[from + i] = anyByte(i);
    expect(findNoiseStretch(frame)).toMatch(/a stretch of noise in row \d+/u);
  });

  it("is not seen in the first lines, where letters are cut", () => {
    const frame = film();
    for (let i = 0; i < 40; i++) frame.samples[WIDTH + i] = anyByte(i);
    expect(findNoiseStretch(frame)).toBeNull();
  });

  it("is not seen in a whole film", () => {
    expect(findNoiseStretch(film())).toBeNull();
  });

  it("is not seen in letters, which are higher", () => {
    const frame = film();
    for (let y = 20; y < 29; y++) {
      for (let x = 10; x < 60; x++) {
        frame.samples[y * WIDTH + x] = anyByte(x) > 128 ? 250 : 60 + x;
      }
    }
    expect(findNoiseStretch(frame)).toBeNull();
  });

  it("is not seen in a dotted line, which has few values", () => {
    const frame = film();
    frame.samples.fill(30, 30 * WIDTH, 31 * WIDTH);
    for (let x = 0; x < WIDTH; x += 2) frame.samples[30 * WIDTH + x] = 255;
    expect(findNoiseStretch(frame)).toBeNull();
  });

  it("is not seen where all is noise", () => {
    const frame = film();
    for (let at = 0; at < WIDTH * HEIGHT; at++) {
      frame.samples[at] = anyByte(at);
    }
    expect(findNoiseStretch(frame)).toBeNull();
  });
});
