import { DicomError } from "../errors.ts";
import { BitReader, mustEnd, type HuffmanTable } from "./huffman.ts";
import { brokenJpeg, readJpegStream, type JpegStream } from "./jpeg-stream.ts";
import { keepWhatCan, type DecodedFrame } from "./keep-what-can.ts";

/**
 * What an encoder took its samples for as it predicted one from another: their
 * own bits, signed numbers of so many bits, or words of sixteen. Predictors 1
 * to 4 give the same samples for each; 5 to 7 halve, and do not.
 */
type SampleReading = "own-bits" | "signed" | "words";

/** One decoding of the stream. */
interface Reconstruction {
  /** The samples in their own bits. */
  samples: Uint16Array;
  /** A sample left the range of the reading. */
  isOutside: boolean;
  damage: string | null;
}

/**
 * Lossless JPEG with Huffman coding (ITU-T T.81 annex H, process 14), one or
 * three interleaved components of 2 to 16 bits, all seven predictors. Of codes
 * that break off, the lines before are kept; the rest is zero.
 *
 * T.81 H.1.2.1 reconstructs modulo 65,536. Encoders of signed samples use it,
 * and some take unsigned samples for signed ones: a sample that leaves its
 * range is damage only where no reading keeps all of them inside.
 *
 * @throws DicomError `unreadable` or `unsupported-format`.
 */
export function decodeJpegLossless(
  bytes: Uint8Array,
  signed: boolean,
): DecodedFrame {
  const stream = readJpegStream(bytes);
  const tables = tablesOf(stream);
  const { width, height, scan } = stream;
  const components = tables.length;
  const depth = stream.bits - scan.pointTransform;
  const plain = reconstruct(bytes, stream, tables, "own-bits");
  const isDoubtful = plain.isOutside && depth < 16;
  const fits = (found: Reconstruction): boolean =>
    !found.isOutside &&
    (signed || isSmootherUnsigned(found.samples, components, depth));
  const other = isDoubtful
    ? readingThatFits(fits, (reading) =>
        reconstruct(bytes, stream, tables, reading),
      )
    : undefined;
  const { samples, damage } = other ?? plain;
  const isOutside = isDoubtful && other === undefined && !signed;
  if (scan.pointTransform > 0) shiftUp(samples, scan.pointTransform);
  const frame = { width, height, components, bits: stream.bits, samples };
  return {
    frame,
    damage:
      damage ??
      (isOutside ? "has values outside its range" : null) ??
      oddPredictor(bytes, stream, tables, samples),
  };
}

/** Part of the film's range by which its first column stands off where it is told. */
const LEAST_SEAM = 0.02;
/** How much smaller the next steps are, and it with the encoder's predictor. */
const SURELY_SMALLER = 4;
/** Fewer lines tell nothing of a column. */
const LEAST_LINES = 32;

/**
 * A header that names another predictor than the encoder used. The first column
 * is told from above whatever it names and is right; the rest is not, and stands
 * off from it. A border that was painted does so with every predictor, damage
 * with all but one.
 */
function oddPredictor(
  bytes: Uint8Array,
  stream: JpegStream,
  tables: readonly HuffmanTable[],
  samples: Uint16Array,
): string | null {
  const { width, height, scan } = stream;
  const stride = width * tables.length;
  if (width < 4 || height < LEAST_LINES) return null;
  const own = columnStep(samples, stride, tables.length, 0);
  const next = [1, 2].map((column) =>
    columnStep(samples, stride, tables.length, column),
  );
  if (own < SURELY_SMALLER * Math.max(1, ...next)) return null;
  if (own < LEAST_SEAM * rangeOf(samples)) return null;
  const isRight = (selection: number): boolean => {
    const other = { ...stream, scan: { ...scan, selection } };
    const read = reconstruct(bytes, other, tables, "own-bits").samples;
    return SURELY_SMALLER * columnStep(read, stride, tables.length, 0) < own;
  };
  return [1, 2, 3, 4, 5, 6, 7].some((s) => s !== scan.selection && isRight(s))
    ? "names another predictor than made it"
    : null;
}

/** Median step from a column to the next, below the first line. */
function columnStep(
  samples: Uint16Array,
  stride: number,
  components: number,
  column: number,
): number {
  const steps: number[] = [];
  const first = stride + column * components;
  for (let at = first; at + components < samples.length; at += stride) {
    steps.push(Math.abs((samples[at + components] ?? 0) - (samples[at] ?? 0)));
  }
  return steps.sort((a, b) => a - b)[steps.length >> 1] ?? 0;
}

function rangeOf(samples: Uint16Array): number {
  let low = 65_535;
  let high = 0;
  const { length } = samples;
  // By index: an iterator takes three times as long.
  for (let at = 0; at < length; at++) {
    const sample = samples[at] ?? 0;
    if (sample < low) low = sample;
    if (sample > high) high = sample;
  }
  return high - low;
}

/** The first of the other readings that fits; each is a decoding of its own. */
function readingThatFits(
  fits: (found: Reconstruction) => boolean,
  read: (reading: SampleReading) => Reconstruction,
): Reconstruction | undefined {
  for (const reading of ["signed", "words"] as const) {
    const found = read(reading);
    if (fits(found)) return found;
  }
  return undefined;
}

function reconstruct(
  bytes: Uint8Array,
  stream: JpegStream,
  tables: readonly HuffmanTable[],
  reading: SampleReading,
): Reconstruction {
  const { width, height, restartInterval, scan } = stream;
  const components = tables.length;
  const stride = width * components;
  const samples = new Uint16Array(stride * height);
  // What the predictions are made of.
  const numbers = new Int32Array(stride * height);
  const bits = new BitReader(bytes, scan.dataAt);
  const depth = stream.bits - scan.pointTransform;
  const range = 2 ** depth;
  const initial = range / 2;
  let untilRestart = restartInterval;
  let isFirstLine = true;
  let isOutside = false;
  const readLine = (y: number): void => {
    for (let x = 0; x < width; x++) {
      const restarts = restartInterval > 0 && untilRestart-- === 0;
      if (restarts) {
        bits.restart();
        untilRestart = restartInterval - 1;
        // T.81 H.1.2.1 and H.2.2: an interval is a whole number of lines.
        isFirstLine = true;
      }
      for (const [component, table] of tables.entries()) {
        const at = y * stride + x * components + component;
        const isStart = isFirstLine && x === 0;
        const predicted = isStart
          ? initial
          : predict(
              numbers,
              at,
              components,
              stride,
              x,
              isFirstLine,
              scan.selection,
            );
        const value = predicted + difference(bits, table);
        const sample = value & (range - 1);
        samples[at] = sample;
        if (reading === "own-bits") {
          numbers[at] = sample;
          if (sample !== value) isOutside = true;
        } else {
          const asWord = (value << 16) >> 16;
          if (asWord < -initial || asWord >= initial) isOutside = true;
          numbers[at] =
            reading === "words"
              ? value & 0xffff
              : sample - (sample >= initial ? range : 0);
        }
      }
    }
    isFirstLine = false;
  };
  const damage = keepWhatCan(height, readLine, () => {
    mustEnd(bits);
  });
  return { samples, isOutside, damage };
}

/**
 * Whether neighbours fit together better as unsigned numbers than as signed
 * ones. Where an unsigned film falls below zero by a wrong code, it is not so; a
 * film all on one side is the same either way.
 */
function isSmootherUnsigned(
  samples: Uint16Array,
  components: number,
  depth: number,
): boolean {
  const half = 2 ** (depth - 1);
  const signed = (v: number): number => (v >= half ? v - 2 * half : v);
  let asUnsigned = 0;
  let asSigned = 0;
  for (let at = components; at < samples.length; at++) {
    const here = samples[at] ?? 0;
    const left = samples[at - components] ?? 0;
    asUnsigned += Math.abs(here - left);
    asSigned += Math.abs(signed(here) - signed(left));
  }
  return asUnsigned <= asSigned;
}

function tablesOf(stream: JpegStream): HuffmanTable[] {
  const count = stream.scan.components.length;
  const isInterleaved = count === stream.components.length;
  const fullSize = stream.components.every((c) => c.fullSize || count === 1);
  if ((count !== 1 && count !== 3) || !isInterleaved || !fullSize) {
    throw new DicomError(
      "unsupported-format",
      "Lossless JPEG with subsampled or separate colours is not supported.",
    );
  }
  if (stream.scan.selection < 1 || stream.scan.selection > 7) {
    throw brokenJpeg(`names predictor ${String(stream.scan.selection)}`);
  }
  return stream.scan.components.map(({ dc }) => {
    const table = stream.dc[dc];
    if (table === undefined) throw brokenJpeg("lacks a table");
    return table;
  });
}

/** T.81 table H.1; on the first line only the left, at its start only above. */
function predict(
  samples: Int32Array,
  at: number,
  step: number,
  stride: number,
  x: number,
  isFirstLine: boolean,
  selection: number,
): number {
  const left = samples[at - step] ?? 0;
  if (isFirstLine) return left;
  const above = samples[at - stride] ?? 0;
  if (x === 0) return above;
  const corner = samples[at - stride - step] ?? 0;
  switch (selection) {
    case 1:
      return left;
    case 2:
      return above;
    case 3:
      return corner;
    case 4:
      return left + above - corner;
    case 5:
      return left + ((above - corner) >> 1);
    case 6:
      return above + ((left - corner) >> 1);
    default:
      return (left + above) >> 1;
  }
}

/** T.81 H.1.2.2: size 16 stands for 32,768 and has no further bits. */
function difference(bits: BitReader, table: HuffmanTable): number {
  const size = table.decode(bits);
  if (size > 16) throw brokenJpeg("has a difference of more than 16 bits");
  return size === 16 ? 32_768 : bits.receiveExtend(size);
}

function shiftUp(samples: Uint16Array, bits: number): void {
  for (let i = 0; i < samples.length; i++) {
    samples[i] = (samples[i] ?? 0) << bits;
  }
}
