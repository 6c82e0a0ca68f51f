import { describe, expect, it } from "vitest";

import { developPicture, readDicomPicture } from "../picture.ts";
import { DEFAULT_PICTURE_LIMITS } from "../picture-limits.ts";
import { filmElements } from "../write/film-elements.ts";
import { writeDicom, type DicomElement } from "../write/write-dicom.ts";

const SIDE = 64;
/** 0 to 4,095 evenly: the 1st and 99th percentile are 40 and 4,055. */
const pixels = Array.from({ length: SIDE * SIDE }, (_, i) => i);
const FALLBACK = { center: 2048, width: 4016 };

async function windowOf(center: string, width: string, shape = "") {
  const more: DicomElement[] = [
    ["00281050", "DS", center],
    ["00281051", "DS", width],
    ...(shape === "" ? [] : [["00281056", "LO", shape] as const]),
  ];
  const film = filmElements({ rows: SIDE, columns: SIDE, pixels, more });
  const picture = await readDicomPicture(
    writeDicom(film),
    DEFAULT_PICTURE_LIMITS,
  );
  const { window, windowReplaced } = developPicture(picture, false);
  return { window, windowReplaced };
}

describe("windows as they are written", () => {
  it.each([
    ["1800", "3600", 1800, 3600, false],
    ["1800\\250", "3600\\80", 1800, 3600, false],
    ["1800,5\\250", "3600\\80", 1800.5, 3600, true],
    ["1800,5", "3600,0", 1800.5, 3600, true],
    ["NaN\\1800", "250\\3600", 1800, 3600, true],
    ["\\1800", "\\3600", 1800, 3600, true],
    ["wide\\1800", "9\\3600", 1800, 3600, true],
    ["900\\1800", "0\\3600", 1800, 3600, true],
    ["1.8E3", "+3600", 1800, 3600, false],
  ])("reads %s and %s in their places", async (c, w, center, width, told) => {
    expect(await windowOf(c, w)).toEqual({
      window: { center, width },
      windowReplaced: told,
    });
  });

  it.each([
    ["no number", "NaN", "NaN"],
    ["no width beside the centre", "1800\\250", "\\"],
    ["a width of zero", "1800", "0"],
    ["a window beside the content", "90000", "10"],
    ["one far narrower than it", "2000", "20"],
    ["one far wider than it", "32768", "65536"],
    ["one of eight bits on twelve", "100", "200"],
    ["points for thousands", "2.000,5", "3.600,0"],
    ["another system of numbers", "0x700", "0xE10"],
    ["a number without an end", "1800", "Infinity"],
  ])("shows the percentiles and says so for %s", async (_, c, w) => {
    expect(await windowOf(c, w)).toEqual({
      window: FALLBACK,
      windowReplaced: true,
    });
  });

  it("shows the percentiles in silence where there is no window", async () => {
    expect(await windowOf("", "")).toEqual({
      window: FALLBACK,
      windowReplaced: false,
    });
  });

  it.each([
    ["SIGMOID", "sigmoid"],
    ["LINEAR_EXACT", "linear-exact"],
    ["sigmoid", "sigmoid"],
    ["LINEAR EXACT", "linear-exact"],
  ])("keeps the shape %s", async (written, shape) => {
    const { window } = await windowOf("1500", "900", written);
    expect(window).toEqual({ center: 1500, width: 900, shape });
  });

  it("shows a shape of no known name as a line, and says so", async () => {
    expect(await windowOf("1500", "900", "CURVE")).toEqual({
      window: { center: 1500, width: 900 },
      windowReplaced: true,
    });
  });
});
