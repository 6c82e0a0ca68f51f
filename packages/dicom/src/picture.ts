import type { DataSet } from "./file/data-set.ts";
import { readDicomFile } from "./file/file-format.ts";
import { readHeader } from "./header/header.ts";
import {
  checkIsRadiograph,
  type ModalityRule,
} from "./header/radiograph-check.ts";
import type { PictureLimits } from "./picture-limits.ts";
import { buildGreyMapping, type GreyMapping } from "./pixels/grey-mapping.ts";
import { readGeometry, type PixelGeometry } from "./pixels/pixel-geometry.ts";
import {
  overlayGroups,
  readOverlayPlanes,
  type OverlayPlanes,
} from "./pixels/overlay-planes.ts";
import { headerWindow, statedWindow } from "./pixels/header-window.ts";
import { readPixelDescription } from "./pixels/pixel-description.ts";
import type { StoredFrame } from "./pixels/frame.ts";
import { readFrame } from "./pixels/read-frame.ts";
import { percentileWindow } from "./pixels/window.ts";
import type { DicomHeader, DisplayWindow } from "./types.ts";

/** A radiograph as it is stored, with what its header says of it. */
export interface DicomPicture {
  width: number;
  height: number;
  /** Words as stored, one a pixel; colour is grey already. */
  words: Uint16Array;
  /** How often each of the 65,536 words occurs. */
  counts: Uint32Array;
  /** What each word means. */
  mapping: GreyMapping;
  /** True where the header says that a larger value is darker. */
  taggedInverted: boolean;
  header: DicomHeader;
  /** What the file says it is, where that is no radiograph; else null. */
  overruledModality: string | null;
  /** Millimetres a pixel and its proportion. */
  geometry: PixelGeometry;
  /** Drawings of group 60xx over the picture; null where there are none. */
  overlay: OverlayPlanes | null;
  frames: number;
  wasColour: boolean;
  /** True where the file's description of itself was wrong and was put right. */
  repaired: boolean;
  /** What is damaged in the compressed pixels, in words; null for nothing. */
  damage: string | null;
  /** False where the codec has nothing by which all damage would be noticed. */
  damageShows: boolean;
  /** The header, for the display window. */
  dataSet: DataSet;
}

/** Grey values of a picture in one sense of its grey scale. */
export interface DevelopedPicture {
  /** 0 to `mapping.maxValue`; padding is black. */
  pixels: Uint16Array;
  window: DisplayWindow;
  /** True where the header's first window is not the one used as written. */
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
  rule: ModalityRule = "as-stated",
): Promise<DicomPicture> {
  const { dataSet, transferSyntaxUid, repaired } = readDicomFile(bytes, limits);
  const overruledModality = checkIsRadiograph(dataSet, rule);
  const description = readPixelDescription(dataSet, limits);
  const frame = await readFrame(
    dataSet,
    transferSyntaxUid,
    description,
    limits,
  );
  const counts = countWords(frame.words);
  const mapping = buildGreyMapping(dataSet, frame, counts);
  const geometry = readGeometry(dataSet);
  return {
    width: frame.width,
    height: frame.height,
    words: frame.words,
    counts,
    mapping,
    taggedInverted:
      (description.photometric === "MONOCHROME1") !== mapping.reversed,
    header: readHeader(dataSet, description.photometric, transferSyntaxUid),
    overruledModality,
    geometry,
    overlay: overlayOf(dataSet, frame),
    frames: description.frames,
    wasColour: frame.wasColour,
    repaired:
      repaired ||
      description.repaired ||
      frame.repaired ||
      mapping.repaired ||
      geometry.repaired,
    damage: frame.damage ?? fallenBelowZero(frame, mapping),
    damageShows: frame.damageShows,
    dataSet,
  };
}

function overlayOf(data: DataSet, frame: StoredFrame): OverlayPlanes | null {
  if (overlayGroups(data).length === 0) return null;
  const { bitsStored, highBit } = frame;
  const pictureBits = (2 ** bitsStored - 1) << (highBit + 1 - bitsStored);
  return readOverlayPlanes(data, frame, pictureBits);
}

/** A wrong difference from which all later samples fell out of their range. */
function fallenBelowZero(
  { isOfDifferences }: StoredFrame,
  { cutsBelowZero }: GreyMapping,
): string | null {
  return isOfDifferences && cutsBelowZero ? "has values below zero" : null;
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
  const { words, mapping, counts } = picture;
  const histogram = shownHistogram(picture, inverted);
  const content = percentileWindow(histogram);
  const stated = headerWindow(picture.dataSet, mapping, inverted, histogram);
  const table = new Uint16Array(65_536);
  for (let word = 0; word < table.length; word++) {
    if (counts[word] === 0) continue;
    table[word] = Math.max(0, shownValue(mapping, word, inverted));
  }
  for (let i = 0; i < words.length; i++) words[i] = table[words[i] ?? 0] ?? 0;
  return {
    pixels: words,
    window: stated === "unusable" ? content : (stated ?? content),
    windowReplaced:
      stated === "unusable" ||
      (stated !== null && statedWindow(picture.dataSet)?.repaired === true),
  };
}

function countWords(words: Uint16Array): Uint32Array {
  const counts = new Uint32Array(65_536);
  const { length } = words;
  // By index: an iterator takes three times as long.
  for (let at = 0; at < length; at++) {
    const word = words[at] ?? 0;
    counts[word] = (counts[word] ?? 0) + 1;
  }
  return counts;
}

function shownHistogram(picture: DicomPicture, inverted: boolean): Uint32Array {
  const { counts, mapping } = picture;
  const histogram = new Uint32Array(mapping.maxValue + 1);
  for (let word = 0; word < counts.length; word++) {
    const count = counts[word] ?? 0;
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
