import { DicomError } from "./errors.ts";
import type { DataSet } from "./file/data-set.ts";
import { readDicomFile } from "./file/file-format.ts";
import { TAG } from "./file/tags.ts";
import { codecOf } from "./file/transfer-syntaxes.ts";
import { readHeader } from "./header/header.ts";
import { checkIsRadiograph } from "./header/radiograph-check.ts";
import type { PictureLimits } from "./picture-limits.ts";
import { readCompressedPixels } from "./pixels/compressed-pixels.ts";
import type { StoredFrame } from "./pixels/frame.ts";
import { buildGreyMapping, type GreyMapping } from "./pixels/grey-mapping.ts";
import { headerWindow } from "./pixels/header-window.ts";
import { readNativePixels } from "./pixels/native-pixels.ts";
import {
  readPixelDescription,
  type PixelDescription,
} from "./pixels/pixel-description.ts";
import { percentileWindow } from "./pixels/window.ts";
import type { DicomHeader, DisplayWindow } from "./types.ts";

/** A radiograph as it is stored, with what its header says of it. */
export interface DicomPicture {
  width: number;
  height: number;
  /** Words as stored, one a pixel; colour is grey already. */
  words: Uint16Array;
  /** What each word means. */
  mapping: GreyMapping;
  /** True where the header says that a larger value is darker. */
  taggedInverted: boolean;
  header: DicomHeader;
  /** Millimetres [row, column]: at the patient where stated, else at the detector. */
  pixelSpacing?: [number, number];
  frames: number;
  wasColour: boolean;
  /** True where the file's description of itself was wrong and was put right. */
  repaired: boolean;
  /** The header, for the display window. */
  dataSet: DataSet;
}

/** Grey values of a picture in one sense of its grey scale. */
export interface DevelopedPicture {
  /** 0 to `mapping.maxValue`; padding is black. */
  pixels: Uint16Array;
  window: DisplayWindow;
  /** True where the header's window would show none of the picture. */
  windowReplaced: boolean;
}

/**
 * Reads the first frame of a DICOM radiograph.
 *
 * @throws DicomError `not-a-radiograph`, `no-pixels`, `unreadable`,
 *   `unsupported-format`, `too-large`, `too-small`.
 */
export async function readDicomPicture(
  bytes: Uint8Array,
  limits: PictureLimits,
): Promise<DicomPicture> {
  const { dataSet, transferSyntaxUid, repaired } = readDicomFile(bytes, limits);
  checkIsRadiograph(dataSet);
  const description = readPixelDescription(dataSet, limits);
  const frame = await readFrame(
    dataSet,
    transferSyntaxUid,
    description,
    limits,
  );
  const mapping = buildGreyMapping(dataSet, frame, largest(frame.words));
  const spacing = readSpacing(dataSet);
  return {
    width: frame.width,
    height: frame.height,
    words: frame.words,
    mapping,
    taggedInverted:
      (description.photometric === "MONOCHROME1") !== mapping.reversed,
    header: readHeader(dataSet, description.photometric, transferSyntaxUid),
    ...(spacing === undefined ? {} : { pixelSpacing: spacing }),
    frames: description.frames,
    wasColour: frame.wasColour,
    repaired: repaired || mapping.repaired,
    dataSet,
  };
}

/**
 * Turns a picture into grey values, a larger one brighter. The picture's words
 * are replaced: a film of 50 million pixels is not held twice.
 *
 * @param inverted whether values are to be turned round.
 */
export function developPicture(
  picture: DicomPicture,
  inverted: boolean,
): DevelopedPicture {
  const { words, mapping } = picture;
  const content = percentileWindow(shownHistogram(picture, inverted));
  const stated = headerWindow(picture.dataSet, mapping, inverted, content);
  const table = new Uint16Array(65_536);
  for (let word = 0; word < table.length; word++) {
    table[word] = Math.max(0, shownValue(mapping, word, inverted));
  }
  for (let i = 0; i < words.length; i++) words[i] = table[words[i] ?? 0] ?? 0;
  return {
    pixels: words,
    window: stated === "unusable" ? content : (stated ?? content),
    windowReplaced: stated === "unusable",
  };
}

async function readFrame(
  data: DataSet,
  transferSyntaxUid: string,
  description: PixelDescription,
  limits: PictureLimits,
): Promise<StoredFrame> {
  const element = data.element(TAG.pixelData);
  if (element === undefined) {
    throw new DicomError("no-pixels", "The DICOM file has no pixel data.");
  }
  const codec = codecOf(transferSyntaxUid);
  if (codec !== "native") {
    return readCompressedPixels(element, codec, description, limits);
  }
  if (element.undefinedLength) {
    throw new DicomError(
      "unreadable",
      "The DICOM pixel data has fragments but is said not to be compressed.",
    );
  }
  return readNativePixels(element, description);
}

function largest(words: Uint16Array): number {
  let most = 0;
  for (const word of words) if (word > most) most = word;
  return most;
}

function shownHistogram(picture: DicomPicture, inverted: boolean): Uint32Array {
  const { words, mapping } = picture;
  const counts = new Uint32Array(65_536);
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  const histogram = new Uint32Array(mapping.maxValue + 1);
  for (const [word, count] of counts.entries()) {
    if (count === 0) continue;
    const shown = shownValue(mapping, word, inverted);
    if (shown >= 0) histogram[shown] = (histogram[shown] ?? 0) + count;
  }
  return histogram;
}

/** Grey value of a stored word, -1 for padding. */
function shownValue(
  { values, maxValue }: GreyMapping,
  word: number,
  inverted: boolean,
): number {
  const value = values[word] ?? -1;
  if (value < 0) return -1;
  const clamped = Math.min(maxValue, value);
  return inverted ? maxValue - clamped : clamped;
}

/** Millimetres [row, column]: at the patient where stated, else at the detector. */
function readSpacing(data: DataSet): [number, number] | undefined {
  for (const tag of [TAG.pixelSpacing, TAG.imagerPixelSpacing]) {
    const [row, column] = data.decimals(tag);
    if (row !== undefined && column !== undefined && row > 0 && column > 0) {
      return [row, column];
    }
  }
  return undefined;
}
