import { writeDicom, type DicomElement } from "@lung-iris/dicom/writer";
import sharp from "sharp";
import { describe, expect, it } from "vitest";

import { film, SIDE } from "../../test-data/drawn-dicom.ts";
import { decodeFilm } from "./decode-film.ts";
import { renderDrawings } from "./film-drawings.ts";

const LIMITS = { minSide: 8 };
/** One row of 16 pixels, the left half drawn, at the fifth row. */
const LINE: DicomElement[] = [
  ["60000010", "US", 1],
  ["60000011", "US", 16],
  ["60000040", "CS", "G"],
  ["60000050", "SS", [5, 1]],
  ["60000102", "US", 0],
  ["60003000", "OW", Uint8Array.of(0xff, 0)],
];

async function rendered(more: readonly DicomElement[]) {
  const png = await renderDrawings(writeDicom(film({ more })), LIMITS);
  if (png === null) return null;
  const { data, info } = await sharp(png)
    .extractChannel("alpha")
    .raw()
    .toBuffer({ resolveWithObject: true });
  const rows = Array.from({ length: info.height }, (_, y) =>
    data.subarray(y * info.width, (y + 1) * info.width),
  );
  return { width: info.width, height: info.height, rows };
}

describe("drawings over a film", () => {
  it("are a picture as large as the film, transparent but for the lines", async () => {
    const picture = await rendered(LINE);
    expect(picture).toMatchObject({ width: SIDE, height: SIDE });
    expect([...(picture?.rows[4] ?? [])]).toEqual([
      ...new Array<number>(8).fill(255),
      ...new Array<number>(SIDE - 8).fill(0),
    ]);
    expect([...(picture?.rows[5] ?? [])].some((alpha) => alpha > 0)).toBe(
      false,
    );
  });

  it("are stretched with a film whose pixels are tall", async () => {
    const picture = await rendered([...LINE, ["00280034", "IS", "2\\1"]]);
    expect(picture).toMatchObject({ width: SIDE, height: 2 * SIDE });
    expect(picture?.rows[8]?.[0]).toBe(255);
    expect(picture?.rows[9]?.[0]).toBe(255);
    expect(picture?.rows[10]?.[0]).toBe(0);
  });

  it("are none of what has none, or is no DICOM file", async () => {
    expect(await rendered([])).toBeNull();
    expect(await renderDrawings(Buffer.from([0xff, 0xd8, 0xff]))).toBeNull();
  });

  it("are said, and are no part of what the net sees", async () => {
    const plain = await decodeFilm(writeDicom(film()), LIMITS);
    const drawn = await decodeFilm(writeDicom(film({ more: LINE })), LIMITS);
    expect(drawn.warnings).toEqual(["overlay-planes"]);
    expect(drawn.pixels).toEqual(plain.pixels);
  });
});
