import { describe, expect, it } from "vitest";

import { chestPixels } from "../../test-data/chest-drawing.ts";
import { decode, SIDE } from "../../test-data/drawn-dicom.ts";

describe("windows, tables and padding", () => {
  it("turns a window in rescaled units into film values", async () => {
    const result = await decode({
      more: [
        ["00281050", "DS", "3000.5"],
        ["00281051", "DS", "2001"],
        ["00281052", "DS", "-1000"],
        ["00281053", "DS", "2"],
      ],
    });
    // Ends 2000 and 4000 in rescaled units are stored 1500 and 2500:
    // centre (1500 + 2500) / 2 + 0.5, width 2500 − 1500 + 1.
    expect(result.window).toEqual({ center: 2000.5, width: 1001 });
  });

  it("keeps the shape of a sigmoid window", async () => {
    const result = await decode({
      more: [
        ["00281050", "DS", "2000"],
        ["00281051", "DS", "1000"],
        ["00281056", "LO", "SIGMOID"],
      ],
    });
    expect(result.window).toEqual({
      center: 2000,
      width: 1000,
      shape: "sigmoid",
    });
  });

  it("replaces a window that shows nothing of the film", async () => {
    const result = await decode({
      more: [
        ["00281050", "DS", "90000"],
        ["00281051", "DS", "10"],
      ],
    });
    expect(result.window.center).toBeLessThan(4096);
    expect(result.warnings).toEqual(["header-repaired"]);
  });

  it("makes padding black and leaves it out of the default window", async () => {
    const values = chestPixels(SIDE, 3000).map((v, i) => (i < 300 ? 4095 : v));
    const result = await decode({
      pixels: values,
      more: [["00280120", "US", 4095]],
    });
    expect([...result.pixels.slice(0, 300)].every((v) => v === 0)).toBe(true);
    expect(result.window.center + result.window.width / 2).toBeLessThan(3100);
  });

  it("applies a Modality LUT", async () => {
    // Input 0…3, first mapped 0, 16-bit output (PS3.3 C.11.1.1).
    const table = Array.from({ length: 4096 }, (_, i) =>
      Math.min(65_535, i * 16),
    );
    const result = await decode({
      pixels: chestPixels(SIDE, 4095, [0, 1, 4095]),
      more: [
        [
          "00283000",
          "SQ",
          [
            [
              ["00283002", "US", [4096, 0, 16]],
              ["00283006", "OW", table],
            ],
          ],
        ],
      ],
    });
    expect([...result.pixels.slice(0, 3)]).toEqual([0, 16, 65_520]);
    expect(result.maxValue).toBe(65_535);
  });

  it("applies a VOI LUT where there is no window", async () => {
    // 256 entries from input 100 on: inputs below 100 give the first entry.
    const table = Array.from({ length: 256 }, (_, i) => i);
    const result = await decode({
      pixels: chestPixels(SIDE, 355, [0, 100, 101, 300, 4095]),
      more: [
        [
          "00283010",
          "SQ",
          [
            [
              ["00283002", "US", [256, 100, 8]],
              ["00283006", "OW", table],
            ],
          ],
        ],
      ],
    });
    expect([...result.pixels.slice(0, 5)]).toEqual([0, 0, 1, 200, 255]);
    expect(result.maxValue).toBe(255);
  });

  it("does not read past the end of a LUT that is shorter than it says", async () => {
    const values = chestPixels(SIDE, 4095, [1, 2]);
    const result = await decode({
      pixels: values,
      more: [
        [
          "00283010",
          "SQ",
          [
            [
              ["00283002", "US", [65_000, 0, 16]],
              ["00283006", "OW", [1, 2, 3]],
            ],
          ],
        ],
      ],
    });
    expect([...result.pixels]).toEqual(values);
  });
});

describe("colour and frames", () => {
  const grey = chestPixels(SIDE, 255, [10, 20]);
  const colour = {
    bitsAllocated: 8,
    bitsStored: 8,
    samplesPerPixel: 3,
    pixelVr: "OB",
  };

  it("turns interleaved and planar RGB into the same grey", async () => {
    // BT.601: 0.299 · 200 + 0.587 · 100 + 0.114 · 50 = 124.2
    const planes = [grey, grey, grey].map((plane) => [...plane]);
    [200, 100, 50].forEach((value, i) => ((planes[i] ?? [])[0] = value));
    const interleaved = grey.flatMap((_, i) => planes.map((p) => p[i] ?? 0));
    const chunky = await decode({
      ...colour,
      photometric: "RGB",
      pixels: Uint8Array.from(interleaved),
    });
    const planar = await decode({
      ...colour,
      photometric: "RGB",
      pixels: Uint8Array.from(planes.flat()),
      more: [["00280006", "US", 1]],
    });
    expect([...chunky.pixels.slice(0, 2)]).toEqual([124, 20]);
    expect(planar.pixels).toEqual(chunky.pixels);
    expect(chunky.warnings).toEqual(["colour-converted-to-grey"]);
  });

  it("takes the luma of YBR_FULL_422, which two pixels share colours in", async () => {
    const pairs = Array.from({ length: grey.length / 2 }, (_, i) => [
      grey[2 * i] ?? 0,
      grey[2 * i + 1] ?? 0,
      128,
      128,
    ]);
    const result = await decode({
      ...colour,
      photometric: "YBR_FULL_422",
      pixels: Uint8Array.from(pairs.flat()),
    });
    expect([...result.pixels]).toEqual(grey);
  });

  it("shows the first of several frames and says so", async () => {
    const first = chestPixels(SIDE, 4095, [11]);
    const second = chestPixels(SIDE, 4095, [22]);
    const result = await decode({
      pixels: [...first, ...second],
      more: [["00280008", "IS", "2"]],
    });
    expect(result.pixels[0]).toBe(11);
    expect(result.warnings).toEqual(["several-frames-first-used"]);
  });
});
