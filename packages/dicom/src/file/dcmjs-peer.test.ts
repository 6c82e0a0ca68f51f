import dcmjs from "dcmjs";
import { beforeAll, describe, expect, it } from "vitest";

import { DEFAULT_PICTURE_LIMITS } from "../picture-limits.ts";
import {
  filmElements,
  samplePixels,
  SAMPLE_HEIGHT,
  SAMPLE_WIDTH,
} from "../write/film-elements.ts";
import { writeDicom, type DicomElement } from "../write/write-dicom.ts";
import { readDicomFile } from "./file-format.ts";
import { TAG } from "./tags.ts";

// dcmjs is the general DICOM reader of the JavaScript world: what it reads in
// well-formed files, the bounded reader here must read as well.
const SYNTAXES = [
  "1.2.840.10008.1.2",
  "1.2.840.10008.1.2.1",
  "1.2.840.10008.1.2.1.99",
  "1.2.840.10008.1.2.2",
];

const MORE: DicomElement[] = [
  [
    "00081140",
    "SQ",
    [[["00081150", "UI", "1.2.3"]], [["00081150", "UI", "4.5"]]],
  ],
  ["00100020", "LO", "P-17"],
  ["00281050", "DS", "2000\\40"],
];

describe("the same file in dcmjs", () => {
  beforeAll(() => {
    dcmjs.log.setLevel("error");
  });

  it.each(
    SYNTAXES.flatMap((syntax) => [
      { syntax, undefinedLengths: false },
      { syntax, undefinedLengths: true },
    ]),
  )(
    "has the same values ($syntax, open lengths: $undefinedLengths)",
    (variant) => {
      const pixels = samplePixels();
      const file = writeDicom(
        filmElements({
          rows: SAMPLE_HEIGHT,
          columns: SAMPLE_WIDTH,
          pixels,
          more: MORE,
        }),
        {
          transferSyntax: variant.syntax,
          undefinedLengths: variant.undefinedLengths,
        },
      );
      const own = readDicomFile(file, DEFAULT_PICTURE_LIMITS).dataSet;
      const copy = new Uint8Array(file);
      const { dict } = dcmjs.data.DicomMessage.readFile(copy.buffer);
      const peer = (tag: string): readonly unknown[] => dict[tag]?.Value ?? [];
      expect(peer("00280010")).toEqual([own.word(TAG.rows)]);
      expect(peer("00280101")).toEqual([own.word(TAG.bitsStored)]);
      expect(peer("00100020")).toEqual([own.text(TAG.patientId)]);
      expect(peer("00281050")).toEqual(own.decimals(TAG.windowCenter));
      expect(peer("00081140")).toHaveLength(own.items(0x00081140).length);
      const ownPixels = own.element(TAG.pixelData)?.bytes ?? new Uint8Array();
      const [peerPixels] = peer("7FE00010");
      if (!(peerPixels instanceof ArrayBuffer)) throw new Error("no pixels");
      expect(Buffer.from(ownPixels).equals(Buffer.from(peerPixels))).toBe(true);
    },
  );
});
