import { describe, expect, it } from "vitest";

import { readDicomPicture, developPicture } from "../picture.ts";
import { DEFAULT_PICTURE_LIMITS } from "../picture-limits.ts";
import { filmElements, type WrittenFilm } from "../write/film-elements.ts";
import {
  writeDicom,
  type DicomElement,
  type DicomWriteOptions,
} from "../write/write-dicom.ts";

const SIDE = 64;
const pixels = Array.from({ length: SIDE * SIDE }, (_, i) => i);

/** A plane of 8 × 8 bits, each row as a byte with its first pixel lowest. */
function plane(
  group: string,
  rows: readonly number[],
  origin: readonly [number, number] = [1, 1],
): DicomElement[] {
  return [
    [`${group}0010`, "US", 8],
    [`${group}0011`, "US", 8],
    [`${group}0040`, "CS", "G"],
    [`${group}0050`, "SS", origin.map((at) => at & 0xffff)],
    [`${group}0100`, "US", 1],
    [`${group}0102`, "US", 0],
    [`${group}3000`, "OW", Uint8Array.from(rows)],
  ];
}

async function read(
  part: Partial<WrittenFilm>,
  options: DicomWriteOptions = {},
) {
  const film = filmElements({ rows: SIDE, columns: SIDE, pixels, ...part });
  const file = writeDicom(film, options);
  const picture = await readDicomPicture(file, DEFAULT_PICTURE_LIMITS);
  const { overlay } = picture;
  const drawn = [...(overlay?.drawn ?? [])].flatMap((bit, i) =>
    bit === 1 ? [[Math.trunc(i / SIDE), i % SIDE]] : [],
  );
  return { overlay, drawn, developed: developPicture(picture, false) };
}

const CORNERS = [0b1000_0001, 0, 0, 0, 0, 0, 0, 0b1000_0001];

describe("planes over a film", () => {
  it("lie where their origin says, the first pixel at 1\\1", async () => {
    const more = plane("6000", CORNERS, [11, 21]);
    const { overlay, drawn, developed } = await read({ more });
    expect(drawn).toEqual([
      [10, 20],
      [10, 27],
      [17, 20],
      [17, 27],
    ]);
    expect(overlay).toMatchObject({ planes: 1, leftOut: 0 });
    // The film itself is as it would be without.
    expect([...developed.pixels]).toEqual(pixels);
  });

  it("are cut where they reach beyond the film", async () => {
    const before = await read({ more: plane("6000", CORNERS, [-6, -6]) });
    expect(before.drawn).toEqual([[0, 0]]);
    const behind = await read({ more: plane("6000", CORNERS, [64, 64]) });
    expect(behind.drawn).toEqual([[63, 63]]);
  });

  it("are put together, up to the last group", async () => {
    const more = [
      ...plane("6000", [1, 0, 0, 0, 0, 0, 0, 0]),
      ...plane("601E", [0, 2, 0, 0, 0, 0, 0, 0]),
    ];
    const { overlay, drawn } = await read({ more });
    expect(overlay?.planes).toBe(2);
    expect(drawn).toEqual([
      [0, 0],
      [1, 1],
    ]);
  });

  it("are read in files whose words are turned round", async () => {
    // The writer turns words, not bytes: pairs are handed in swapped.
    const swapped = Uint8Array.from([0, 3, 0, 0, 0, 0, 0, 0]);
    const more = plane("6000", [...swapped]);
    const big = Buffer.from(Uint16Array.from(pixels).buffer).swap16();
    const { drawn } = await read(
      { more, pixels: new Uint8Array(big) },
      { transferSyntax: "1.2.840.10008.1.2.2" },
    );
    expect(drawn).toEqual([
      [0, 0],
      [0, 1],
    ]);
  });

  it("are taken out of bits that the picture does not use", async () => {
    const marked = pixels.map((v, i) =>
      i % 97 === 0 ? v | 0x8000 : i % 89 === 0 ? v | 0x2000 : v,
    );
    const more: DicomElement[] = [
      ["60000040", "CS", "G"],
      ["60000100", "US", 16],
      ["60000102", "US", 15],
      ["60020040", "CS", "R"],
      ["60020100", "US", 16],
      ["60020102", "US", 13],
    ];
    const { overlay, drawn, developed } = await read({ pixels: marked, more });
    expect(overlay).toMatchObject({ planes: 2, leftOut: 0 });
    expect(drawn).toHaveLength(
      pixels.filter((_, i) => i % 97 === 0 || i % 89 === 0).length,
    );
    expect([...developed.pixels]).toEqual(pixels);
  });

  it.each([
    ["a bit of the picture's", [["60000102", "US", 11]]],
    ["no place at all", [["60000010", "US", 8]]],
    [
      "fewer bits than pixels",
      plane("6000", CORNERS).map((element) =>
        element[0] === "60003000"
          ? (["60003000", "OW", Uint8Array.of(1, 2)] as const)
          : element,
      ),
    ],
    [
      "a size that no film has",
      [...plane("6000", CORNERS).slice(1), ["60000010", "US", 60_000]],
    ],
  ] satisfies [string, DicomElement[]][])(
    "are left out, and counted, with %s",
    async (_, more) => {
      const { overlay, drawn, developed } = await read({ more });
      expect(overlay).toMatchObject({ planes: 0, leftOut: 1 });
      expect(drawn).toEqual([]);
      expect([...developed.pixels]).toEqual(pixels);
    },
  );

  it("are none of a film without such groups", async () => {
    expect((await read({})).overlay).toBeNull();
  });
});
