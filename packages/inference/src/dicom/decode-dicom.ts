import { InferenceError } from "../errors.ts";
import type { FilmLimits } from "../image/film-limits.ts";
import { contradictsPolarity, polarityScore } from "../image/polarity.ts";
import { sampleGrid } from "../image/sample-grid.ts";
import { percentileWindow } from "../image/window.ts";
import type { DisplayWindow, Film, FilmWarning } from "../types.ts";
import { readCompressedPixels } from "./compressed-pixels.ts";
import type { DataSet } from "./data-set.ts";
import { readDicomFile } from "./file-format.ts";
import type { StoredFrame } from "./frame.ts";
import { buildGreyMapping, type GreyMapping } from "./grey-mapping.ts";
import { headerWindow } from "./header-window.ts";
import { readHeader } from "./header.ts";
import { readNativePixels } from "./native-pixels.ts";
import {
  readPixelDescription,
  type PixelDescription,
} from "./pixel-description.ts";
import { checkIsRadiograph } from "./radiograph-check.ts";
import { TAG } from "./tags.ts";
import { codecOf } from "./transfer-syntaxes.ts";

/**
 * Decodes a DICOM radiograph to grey pixels in the MONOCHROME2 sense.
 *
 * The film's anatomy decides whether it is stored inverted; where the tag says
 * otherwise, the warning `photometric-tag-contradicts-pixels` is set.
 *
 * @throws InferenceError `not-a-radiograph`, `no-pixels`, `unreadable`,
 *   `unsupported-format`, `too-large`, `too-small`.
 */
export async function decodeDicom(
  bytes: Uint8Array,
  limits: FilmLimits,
): Promise<Film> {
  const { dataSet, transferSyntaxUid, repaired } = readDicomFile(bytes, limits);
  checkIsRadiograph(dataSet);
  const description = readPixelDescription(dataSet, limits);
  const frame = await readFrame(
    dataSet,
    transferSyntaxUid,
    description,
    limits,
  );
  const histogram = countWords(frame.words);
  const mapping = buildGreyMapping(dataSet, frame, lastUsed(histogram));
  const { inverted, contradicted } = readPolarity(frame, mapping, description);
  const { window, isFallback } = chooseWindow(
    dataSet,
    mapping,
    inverted,
    histogram,
  );
  applyMapping(frame.words, mapping, inverted);
  const warnings: FilmWarning[] = [];
  if (contradicted) warnings.push("photometric-tag-contradicts-pixels");
  if (frame.wasColour) warnings.push("colour-converted-to-grey");
  if (description.frames > 1) warnings.push("several-frames-first-used");
  if (repaired || mapping.repaired || isFallback) {
    warnings.push("header-repaired");
  }
  const spacing = readSpacing(dataSet);
  return {
    width: frame.width,
    height: frame.height,
    pixels: frame.words,
    maxValue: mapping.maxValue,
    bitsStored: mapping.bits,
    format: "dicom",
    window,
    ...(spacing === undefined ? {} : { pixelSpacing: spacing }),
    header: readHeader(dataSet, description.photometric, transferSyntaxUid),
    warnings,
  };
}

async function readFrame(
  data: DataSet,
  transferSyntaxUid: string,
  description: PixelDescription,
  limits: FilmLimits,
): Promise<StoredFrame> {
  const element = data.element(TAG.pixelData);
  if (element === undefined) {
    throw new InferenceError("no-pixels", "The DICOM file has no pixel data.");
  }
  const codec = codecOf(transferSyntaxUid);
  if (codec !== "native") {
    return readCompressedPixels(element, codec, description, limits);
  }
  if (element.undefinedLength) {
    throw new InferenceError(
      "unreadable",
      "The DICOM pixel data has fragments but is said not to be compressed.",
    );
  }
  return readNativePixels(element, description);
}

function countWords(words: Uint16Array): Uint32Array {
  const counts = new Uint32Array(65_536);
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}

function lastUsed(histogram: Uint32Array): number {
  return histogram.findLastIndex((count) => count > 0);
}

function readPolarity(
  frame: StoredFrame,
  mapping: GreyMapping,
  description: PixelDescription,
): { inverted: boolean; contradicted: boolean } {
  const tagged = description.photometric === "MONOCHROME1";
  const asTagged = tagged !== mapping.reversed;
  const sign = asTagged ? -1 : 1;
  const grid = sampleGrid(frame.width, frame.height, (index) => {
    const value = mapping.values[frame.words[index] ?? 0] ?? 0;
    return value < 0 ? Number.NaN : sign * value;
  });
  const contradicted = contradictsPolarity(polarityScore(grid));
  return { inverted: asTagged !== contradicted, contradicted };
}

function chooseWindow(
  data: DataSet,
  mapping: GreyMapping,
  inverted: boolean,
  wordHistogram: Uint32Array,
): { window: DisplayWindow; isFallback: boolean } {
  const histogram = new Uint32Array(mapping.maxValue + 1);
  for (let word = 0; word < wordHistogram.length; word++) {
    const count = wordHistogram[word] ?? 0;
    if (count === 0) continue;
    const shown = shownValue(mapping, word, inverted);
    if (shown < 0) continue;
    histogram[shown] = (histogram[shown] ?? 0) + count;
  }
  const fallback = percentileWindow(histogram);
  const stated = headerWindow(data, mapping, inverted, fallback);
  if (stated === "unusable") return { window: fallback, isFallback: true };
  return { window: stated ?? fallback, isFallback: false };
}

/** Film value of a stored word, -1 for padding. */
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

/** Replaces stored words by film values; padding becomes black. */
function applyMapping(
  words: Uint16Array,
  mapping: GreyMapping,
  inverted: boolean,
): void {
  const table = new Uint16Array(65_536);
  for (let word = 0; word < table.length; word++) {
    table[word] = Math.max(0, shownValue(mapping, word, inverted));
  }
  for (let i = 0; i < words.length; i++) words[i] = table[words[i] ?? 0] ?? 0;
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
