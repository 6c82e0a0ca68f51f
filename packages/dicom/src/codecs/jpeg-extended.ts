import { DicomError } from "../errors.ts";
import { oddCounts } from "./huffman-optimum.ts";
import { BitReader, mustEnd, type HuffmanTable } from "./huffman.ts";
import { ZIG_ZAG, inverseDct } from "./inverse-dct.ts";
import { brokenJpeg, readJpegStream, type JpegStream } from "./jpeg-stream.ts";
import { keepWhatCan, type DecodedFrame } from "./keep-what-can.ts";

/**
 * Sequential Huffman JPEG with one component and 8 or 12 bits a sample
 * (ITU-T T.81 processes 1, 2 and 4): the 12-bit kind is what DICOM calls JPEG
 * Extended, for which ordinary JPEG libraries are not built. Of codes that
 * break off, the blocks before are kept.
 *
 * @throws DicomError `unreadable` for a broken stream,
 *   `unsupported-format` for colour or progressive ones.
 */
export function decodeJpegExtended(bytes: Uint8Array): DecodedFrame {
  const stream = readJpegStream(bytes);
  const { width, height, bits: depth, restartInterval } = stream;
  const tables = tablesOf(stream);
  const samples = new Uint16Array(width * height);
  const bits = new BitReader(bytes, stream.scan.dataAt);
  const block = new Float64Array(64);
  const columns = Math.ceil(width / 8);
  const blocks = columns * Math.ceil(height / 8);
  let prediction = 0;
  const readBlock = (index: number): void => {
    if (restartInterval > 0 && index > 0 && index % restartInterval === 0) {
      bits.restart();
      prediction = 0;
    }
    prediction += bits.receiveExtend(tables.dc.decode(bits) & 15);
    block.fill(0);
    block[0] = prediction * (tables.quantisation[0] ?? 0);
    readAc(bits, tables.ac, tables.quantisation, block);
    inverseDct(block);
    const left = (index % columns) * 8;
    const top = Math.trunc(index / columns) * 8;
    store(block, samples, stream, left, top);
  };
  const damage = keepWhatCan(blocks, readBlock, () => {
    mustEnd(bits);
  });
  const frame = { width, height, components: 1, bits: depth, samples };
  // Eight bits have tables for all films, and other encoders.
  const odd = depth > 8 ? (oddCounts(tables.dc) ?? oddCounts(tables.ac)) : null;
  return { frame, damage: damage ?? odd };
}

function tablesOf(stream: JpegStream): {
  dc: HuffmanTable;
  ac: HuffmanTable;
  quantisation: Float64Array;
} {
  const [component] = stream.components;
  const isKnown = stream.bits === 8 || stream.bits === 12;
  if (component === undefined || stream.components.length > 1 || !isKnown) {
    throw new DicomError(
      "unsupported-format",
      `JPEG Extended with ${String(stream.components.length)} components of ${String(stream.bits)} bits is not supported.`,
    );
  }
  const [scan] = stream.scan.components;
  const dc = stream.dc[scan?.dc ?? 0];
  const ac = stream.ac[scan?.ac ?? 0];
  const quantisation = stream.quantisation[component.quantisation];
  if (!dc || !ac || !quantisation) throw brokenJpeg("lacks a table");
  return { dc, ac, quantisation };
}

/** T.81 F.2.2.2: a symbol is a run of zeros and the size of the value after it. */
function readAc(
  bits: BitReader,
  table: HuffmanTable,
  quantisation: Float64Array,
  block: Float64Array,
): void {
  for (let k = 1; k < 64; k++) {
    const symbol = table.decode(bits);
    const run = symbol >> 4;
    const size = symbol & 15;
    if (size === 0 && run !== 15) return;
    k += run;
    const position = ZIG_ZAG[k];
    if (position === undefined) {
      throw brokenJpeg("runs past the end of a block");
    }
    block[position] = bits.receiveExtend(size) * (quantisation[position] ?? 0);
  }
}

function store(
  block: Float64Array,
  samples: Uint16Array,
  stream: JpegStream,
  left: number,
  top: number,
): void {
  const max = 2 ** stream.bits - 1;
  const shift = 2 ** (stream.bits - 1);
  const width = Math.min(8, stream.width - left);
  const height = Math.min(8, stream.height - top);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const value = Math.round((block[y * 8 + x] ?? 0) + shift);
      samples[(top + y) * stream.width + left + x] = Math.min(
        max,
        Math.max(0, value),
      );
    }
  }
}
