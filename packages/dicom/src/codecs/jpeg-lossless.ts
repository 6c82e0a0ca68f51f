import { DicomError } from "../errors.ts";
import { BitReader, mustEnd, type HuffmanTable } from "./huffman.ts";
import { brokenJpeg, readJpegStream, type JpegStream } from "./jpeg-stream.ts";
import { keepWhatCan, type DecodedFrame } from "./keep-what-can.ts";

/**
 * Lossless JPEG with Huffman coding (ITU-T T.81 annex H, process 14), one or
 * three interleaved components of 2 to 16 bits, all seven predictors. Of codes
 * that break off, the lines before are kept; the rest is zero.
 *
 * @throws DicomError `unreadable` or `unsupported-format`.
 */
export function decodeJpegLossless(
  bytes: Uint8Array,
  signed: boolean,
): DecodedFrame {
  const stream = readJpegStream(bytes);
  const tables = tablesOf(stream);
  const { width, height, restartInterval, scan } = stream;
  const components = tables.length;
  const stride = width * components;
  const samples = new Uint16Array(stride * height);
  const bits = new BitReader(bytes, scan.dataAt);
  const depth = stream.bits - scan.pointTransform;
  const mask = 2 ** depth - 1;
  const initial = 2 ** (depth - 1);
  let untilRestart = restartInterval;
  let isFirstLine = true;
  let wrapped = 0;
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
              samples,
              at,
              components,
              stride,
              x,
              isFirstLine,
              scan.selection,
            );
        // T.81 H.1.2.1 reconstructs modulo 65,536, and encoders of signed
        // samples use it: what counts is the value in the sample's own bits.
        const value = predicted + difference(bits, table);
        samples[at] = value & mask;
        if (samples[at] !== value) wrapped += 1;
      }
    }
    isFirstLine = false;
  };
  const damage = keepWhatCan(height, readLine, () => {
    mustEnd(bits);
  });
  // Sixteen bits and signed samples use the wrap; others leave their range
  // after a wrong difference only.
  const isOutside = wrapped > 0 && !signed && depth < 16;
  if (scan.pointTransform > 0) shiftUp(samples, scan.pointTransform);
  const frame = { width, height, components, bits: stream.bits, samples };
  return {
    frame,
    damage: damage ?? (isOutside ? "has values outside its range" : null),
  };
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
  samples: Uint16Array,
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
