import { describe, expect, it } from "vitest";

import type { Film } from "../types.ts";
import { inferno } from "./colour-scale.ts";
import { decodeFilm } from "./decode-film.ts";
import { describeFilm } from "./describe-film.ts";
import { mapValueAt, renderOverlay } from "./overlay.ts";
import { renderFilm, toBytes } from "./render-film.ts";

const SIDE = 80;
const film: Film = {
  width: SIDE,
  height: SIDE,
  pixels: Uint16Array.from({ length: SIDE * SIDE }, (_, i) => (i * 7) % 4096),
  maxValue: 4095,
  bitsStored: 12,
  format: "dicom",
  window: { center: 2048, width: 4096 },
  warnings: [],
};

describe("rendering a film", () => {
  it("keeps every grey level in a 16-bit PNG", async () => {
    const png = await renderFilm(film, { format: "png16" });
    const again = await decodeFilm(png);
    const restored = again.pixels.map((v) => Math.round((v * 4095) / 65_535));
    expect(restored).toEqual(film.pixels);
  });

  it("shows the window in an 8-bit PNG", async () => {
    const window = { center: 1000.5, width: 1001 };
    const png = await renderFilm(film, { format: "png8", window });
    const { pixels } = await decodeFilm(png);
    // Ends 500 and 1500: film value 700 (pixel 100) is (700 − 500) / 1000 of 255.
    expect(pixels[100]).toBe(51);
    expect(pixels[0]).toBe(0);
    expect(pixels[300]).toBe(255);
  });

  it("shows a film of 8 bits through its whole range as it is", () => {
    const pixels = film.pixels.map((value) => value % 256);
    const shallow = { ...film, pixels, maxValue: 255, bitsStored: 8 };
    const whole = { center: 128, width: 256 };
    const shown = (center: number) => toBytes(shallow, { ...whole, center });
    expect(Array.from(shown(128))).toEqual(Array.from(pixels));
    // One grey lower, and the first none.
    expect(Array.from(shown(129))).toEqual(
      Array.from(pixels, (value) => Math.max(0, value - 1)),
    );
  });

  it("makes thumbnails smaller and never larger", async () => {
    const small = await decodeFilm(
      await renderFilm(film, { format: "jpeg", maxSide: 70 }),
    );
    const same = await decodeFilm(
      await renderFilm(film, { format: "jpeg", maxSide: 500 }),
    );
    expect([small.width, same.width]).toEqual([70, SIDE]);
  });

  it("describes a film without its pixels", () => {
    expect(describeFilm(film)).toEqual({
      width: SIDE,
      height: SIDE,
      maxValue: 4095,
      bitsStored: 12,
      format: "dicom",
      window: film.window,
      warnings: [],
    });
  });
});

describe("overlays", () => {
  const map = {
    finding: "pneumonia",
    width: 2,
    height: 1,
    values: Float32Array.of(0, 1),
    rect: { x: 0, y: 0, width: 80, height: 80 },
  };

  it("are as large as the film and coloured where the map is", async () => {
    const box = {
      finding: "pneumonia",
      x: 50,
      y: 50,
      width: 20,
      height: 20,
      score: 1,
      chance: null,
    };
    const png = await renderOverlay(film, { cam: [map], boxes: [box] });
    const decoded = await decodeFilm(png);
    expect([decoded.width, decoded.height]).toEqual([SIDE, SIDE]);
    expect(decoded.warnings).toEqual(["colour-converted-to-grey"]);
  });

  it("interpolate between the centres of cells", () => {
    expect(mapValueAt(map, 20, 40)).toBe(0);
    expect(mapValueAt(map, 40, 40)).toBeCloseTo(0.5, 6);
    expect(mapValueAt(map, 79, 40)).toBe(1);
  });

  it("use a scale that grows lighter all the way", () => {
    const lightness = Array.from({ length: 65 }, (_, i) => {
      const [red, green, blue] = inferno(i / 64);
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    });
    expect(inferno(0).every((channel) => channel < 3)).toBe(true);
    expect(
      lightness.every((l, i) => i === 0 || l >= (lightness[i - 1] ?? 0)),
    ).toBe(true);
  });
});
