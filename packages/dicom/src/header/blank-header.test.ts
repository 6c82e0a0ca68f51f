import { describe, expect, it } from "vitest";

import { DEFAULT_PICTURE_LIMITS } from "../picture-limits.ts";
import {
  filmElements,
  samplePixels,
  SAMPLE_HEIGHT,
  SAMPLE_WIDTH,
} from "../write/film-elements.ts";
import {
  writeDicom,
  type DicomElement,
  type DicomWriteOptions,
} from "../write/write-dicom.ts";
import { blankHeader } from "./blank-header.ts";
import { listHeader, type HeaderSubject } from "./header-list.ts";

const MORE: DicomElement[] = [
  ["00080090", "PN", "Referrer^Rita"],
  ["00091001", "LO", "CAD says so"],
  ["00091002", "OB", Uint8Array.of(1, 2, 3, 4)],
  ["00100010", "PN", "Patient^Pat"],
  [
    "00081111",
    "SQ",
    [
      [
        ["00081070", "PN", "Operator^Olga"],
        ["00091003", "LO", "CAD inside"],
        ["00181030", "LO", "Thorax"],
      ],
    ],
  ],
];

function film(options: DicomWriteOptions = {}, more = MORE): Buffer {
  return writeDicom(
    filmElements({
      rows: SAMPLE_HEIGHT,
      columns: SAMPLE_WIDTH,
      pixels: samplePixels(),
      more,
    }),
    options,
  );
}

const blank = (bytes: Uint8Array, ...hidden: HeaderSubject[]) =>
  blankHeader(bytes, DEFAULT_PICTURE_LIMITS, new Set(hidden));
const words = (bytes: Uint8Array): string =>
  listHeader(bytes, DEFAULT_PICTURE_LIMITS)
    .elements.map(({ value }) => value ?? "")
    .join("|");

describe("a file without some of its header", () => {
  it.each([
    {},
    { undefinedLengths: true },
    { transferSyntax: "1.2.840.10008.1.2" },
  ])("has no word of a maker's own, and all else (%j)", (options) => {
    const whole = film(options);
    const bare = blank(whole, "private");
    expect(bare).toHaveLength(whole.length);
    expect(Buffer.from(bare).toString("latin1")).not.toContain("CAD");
    expect(words(bare)).toContain("Referrer^Rita");
    expect(words(bare)).toContain("Operator^Olga");
    expect(words(bare)).toContain("Thorax");
    // The pixels are the last of the file.
    const pixels = SAMPLE_WIDTH * SAMPLE_HEIGHT * 2;
    expect(bare.subarray(-pixels)).toEqual(
      new Uint8Array(whole.subarray(-pixels)),
    );
  });

  it("names nobody but the patient", () => {
    const bare = blank(film(), "other-person");
    const text = Buffer.from(bare).toString("latin1");
    expect(text).not.toMatch(/Rita|Olga/u);
    expect(words(bare)).toContain("Patient^Pat");
    expect(words(bare)).toContain("CAD says so");
  });

  it("is the very file where nothing is to be left out", () => {
    const whole = film({}, [["00100010", "PN", "Patient^Pat"]]);
    expect(blank(whole, "private", "other-person")).toBe(whole);
  });

  it("ends with its pixels", () => {
    const trailer = Buffer.from("private words behind the pixels");
    const whole = film({}, []);
    const bare = blank(Buffer.concat([whole, trailer]), "private");
    expect(Buffer.from(bare).equals(whole)).toBe(true);
    const packed = writeDicom(
      filmElements({
        rows: SAMPLE_HEIGHT,
        columns: SAMPLE_WIDTH,
        pixels: { fragments: [Uint8Array.of(0xff, 0xd8, 0xff, 0xd9)] },
      }),
      { transferSyntax: "1.2.840.10008.1.2.4.50" },
    );
    const cut = blank(Buffer.concat([packed, trailer]), "private");
    expect(Buffer.from(cut).equals(packed)).toBe(true);
  });

  it("is refused of a data set that is packed as a whole", () => {
    const packed = film({ transferSyntax: "1.2.840.10008.1.2.1.99" });
    expect(() => blank(packed, "private")).toThrow("packed");
    expect(
      blank(film({ transferSyntax: "1.2.840.10008.1.2.1.99" }, []), "private"),
    ).toBeDefined();
  });
});
