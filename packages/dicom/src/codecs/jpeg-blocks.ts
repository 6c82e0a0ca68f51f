import type { BitReader, HuffmanTable } from "./huffman.ts";
import { ZIG_ZAG } from "./inverse-dct.ts";
import {
  brokenJpeg,
  type JpegComponent,
  type JpegScan,
  type JpegTables,
} from "./jpeg-stream.ts";

/** Blocks of one component, as far as the scans have told. */
interface Plane {
  component: JpegComponent;
  /** Blocks a row and a column as single scans count them. */
  columns: number;
  rows: number;
  /** Blocks a row as interleaved scans write them, padding included. */
  stride: number;
  dc: Int16Array;
  /** Sum of squares of what a block holds; Parseval bounds it. */
  energy: Float64Array;
  /** Progressive only: 1 where a coefficient is not zero. */
  known: Uint8Array | null;
  seen: boolean;
}

/** The tables and scale of one component in one scan. */
interface Part {
  plane: Plane;
  dc: HuffmanTable | undefined;
  ac: HuffmanTable | undefined;
  quantisation: Float64Array;
  prediction: number;
}

/** Zig-zag position → row-major position, for the quantisation tables. */
const ORDER = ZIG_ZAG;

/** Walks the blocks of every scan of a frame and holds them to T.81's rules. */
export class ScanGrid {
  readonly #planes: Plane[];
  readonly #across: number;
  readonly #down: number;
  readonly #half: number;
  /** Energy of a block of extreme samples, and what rounding may add. */
  readonly #maxEnergy: number;
  #eobRun = 0;

  constructor(tables: JpegTables) {
    const { components, width, height, bits } = tables;
    if (components.length === 0 || width === 0 || height === 0) {
      throw brokenJpeg("has a scan before its frame");
    }
    const most = (side: "horizontal" | "vertical"): number =>
      Math.max(1, ...components.map((component) => component[side]));
    this.#across = Math.ceil(width / (8 * most("horizontal")));
    this.#down = Math.ceil(height / (8 * most("vertical")));
    this.#half = 2 ** (bits - 1);
    this.#maxEnergy = 64 * this.#half ** 2 * 1.25;
    this.#planes = components.map((component) => {
      const { horizontal, vertical } = component;
      const side = (full: number, own: number, all: number): number =>
        Math.ceil(Math.ceil((full * own) / all) / 8);
      const stride = this.#across * horizontal;
      const blocks = stride * this.#down * vertical;
      return {
        component,
        columns: side(width, horizontal, most("horizontal")),
        rows: side(height, vertical, most("vertical")),
        stride,
        dc: new Int16Array(blocks),
        energy: new Float64Array(blocks),
        known: null,
        seen: false,
      };
    });
  }

  /** What no scan has told, or null. */
  missing(): string | null {
    return this.#planes.every((plane) => plane.seen)
      ? null
      : "lacks a scan of its picture";
  }

  /** Mean grey of each block of the first component, in samples times eight. */
  dcMap(): { columns: number; rows: number; values: Float64Array } {
    const [plane] = this.#planes;
    if (plane === undefined) throw brokenJpeg("has no component");
    const { columns, rows, stride, dc } = plane;
    const values = new Float64Array(columns * rows);
    const scale = this.#dcStep / (this.#half / 128);
    for (let y = 0; y < rows; y++) {
      for (let x = 0; x < columns; x++) {
        values[y * columns + x] = (dc[y * stride + x] ?? 0) * scale;
      }
    }
    return { columns, rows, values };
  }

  #dcStep = 1;

  /** @throws DicomError where the scan breaks a rule. */
  walk(scan: JpegScan, tables: JpegTables, bits: BitReader): void {
    const parts = scan.components.map((entry) =>
      this.#part(entry, scan, tables),
    );
    const [only] = parts;
    if (only === undefined) throw brokenJpeg("has a scan of nothing");
    this.#eobRun = 0;
    const step = this.#stepOf(scan, tables);
    const alone = parts.length === 1;
    const units = alone
      ? only.plane.columns * only.plane.rows
      : this.#across * this.#down;
    for (let unit = 0; unit < units; unit++) {
      this.#restart(unit, tables.restartInterval, parts, bits);
      if (alone) this.#single(only, unit, step, bits);
      else this.#interleaved(parts, unit, step, bits);
    }
    if (this.#eobRun > 0) throw brokenJpeg("ends inside a run of blocks");
  }

  #part(
    entry: JpegScan["components"][number],
    scan: JpegScan,
    tables: JpegTables,
  ): Part {
    const plane = this.#planes.find(
      ({ component }) => component.id === entry.id,
    );
    const table = tables.quantisation[plane?.component.quantisation ?? -1];
    if (plane === undefined || table === undefined) {
      throw brokenJpeg("has a scan of a component it does not describe");
    }
    if (scan.selection === 0) {
      plane.seen = true;
      if (plane === this.#planes[0]) this.#dcStep = table[0] ?? 1;
    }
    return {
      plane,
      dc: tables.dc[entry.dc],
      ac: tables.ac[entry.ac],
      quantisation: table,
      prediction: 0,
    };
  }

  #restart(
    unit: number,
    interval: number,
    parts: readonly Part[],
    bits: BitReader,
  ): void {
    if (interval === 0 || unit === 0 || unit % interval !== 0) return;
    const expected = (unit / interval - 1) & 7;
    if (this.#eobRun > 0 || bits.takeRestart() !== expected) {
      throw brokenJpeg("has a restart marker out of order");
    }
    for (const part of parts) part.prediction = 0;
  }

  #single(part: Part, unit: number, step: BlockStep, bits: BitReader): void {
    const { columns, stride } = part.plane;
    const block = Math.trunc(unit / columns) * stride + (unit % columns);
    step(part, block, bits);
  }

  #interleaved(
    parts: readonly Part[],
    unit: number,
    step: BlockStep,
    bits: BitReader,
  ): void {
    const mcuX = unit % this.#across;
    const mcuY = Math.trunc(unit / this.#across);
    for (const part of parts) {
      const { horizontal, vertical } = part.plane.component;
      for (let v = 0; v < vertical; v++) {
        const row = (mcuY * vertical + v) * part.plane.stride;
        for (let h = 0; h < horizontal; h++) {
          step(part, row + mcuX * horizontal + h, bits);
        }
      }
    }
  }

  #stepOf(scan: JpegScan, tables: JpegTables): BlockStep {
    const isProgressive = !(
      scan.selection === 0 &&
      scan.selectionEnd === 63 &&
      scan.pointTransform === 0 &&
      scan.highBit === 0
    );
    if (!isProgressive)
      return (part, block, bits) => {
        this.#dcFirst(part, block, bits, 0, tables.bits);
        this.#acFirst(part, block, bits, 1, 63, 0);
      };
    const { selection, selectionEnd, highBit, pointTransform: low } = scan;
    if (selectionEnd > 63 || selection > selectionEnd) {
      throw brokenJpeg("has a scan outside the spectrum");
    }
    if (selection === 0) {
      return highBit === 0
        ? (part, block, bits) => {
            this.#dcFirst(part, block, bits, low, tables.bits);
          }
        : (_, __, bits) => void bits.take(1);
    }
    return highBit === 0
      ? (part, block, bits) => {
          this.#acFirst(part, block, bits, selection, selectionEnd, low);
        }
      : (part, block, bits) => {
          this.#acRefine(part, block, bits, selection, selectionEnd);
        };
  }

  #dcFirst(
    part: Part,
    block: number,
    bits: BitReader,
    low: number,
    depth: number,
  ): void {
    if (part.dc === undefined) throw brokenJpeg("lacks a table");
    const size = part.dc.decode(bits);
    if (size > depth + 3)
      throw brokenJpeg("has a step of brightness too large");
    part.prediction += bits.receiveExtend(size);
    const value = part.prediction << low;
    const step = part.quantisation[0] ?? 1;
    // A block of one grey has 8 times its distance from the middle (T.81 A.3.3).
    const limit = 8 * this.#half + step * (1 << low);
    const scaled = value * step;
    if (scaled > limit || scaled < -limit) {
      throw brokenJpeg("has a block brighter or darker than can be");
    }
    part.plane.dc[block] = value;
    part.plane.energy[block] = scaled * scaled;
  }

  #acFirst(
    part: Part,
    block: number,
    bits: BitReader,
    from: number,
    to: number,
    low: number,
  ): void {
    if (this.#eobRun > 0) {
      this.#eobRun -= 1;
      return;
    }
    const { plane, quantisation, ac } = part;
    if (ac === undefined) throw brokenJpeg("lacks a table");
    let energy = plane.energy[block] ?? 0;
    const known = from > 1 || low > 0 ? this.#known(plane) : plane.known;
    for (let k = from; k <= to; k++) {
      const symbol = ac.decode(bits);
      const run = symbol >> 4;
      const size = symbol & 15;
      if (size === 0 && run < 15) {
        this.#eobRun = (1 << run) - 1 + bits.take(run);
        break;
      }
      k += run;
      if (k > to) throw brokenJpeg("runs past the end of a block");
      if (size === 0) continue;
      const position = ORDER[k] ?? 0;
      const value =
        bits.receiveExtend(size) * (1 << low) * (quantisation[position] ?? 0);
      energy += value * value;
      if (known !== null) known[64 * block + k] = 1;
    }
    plane.energy[block] = energy;
    this.#mustBePossible(energy, quantisation);
  }

  /** T.81 G.1.2.3: a bit for each coefficient that is known, and new ones. */
  #acRefine(
    part: Part,
    block: number,
    bits: BitReader,
    from: number,
    to: number,
  ): void {
    const known = this.#known(part.plane);
    const { ac } = part;
    if (ac === undefined) throw brokenJpeg("lacks a table");
    let k = from;
    while (this.#eobRun === 0 && k <= to) {
      const symbol = ac.decode(bits);
      const run = symbol >> 4;
      const size = symbol & 15;
      if (size > 1) throw brokenJpeg("refines by more than a bit");
      if (size === 0 && run < 15) {
        this.#eobRun = (1 << run) + bits.take(run);
        break;
      }
      if (size === 1) bits.take(1);
      let zeros = run;
      for (; k <= to; k++) {
        if (known[64 * block + k] === 1) bits.take(1);
        else if (zeros-- === 0) break;
      }
      if (k > to) {
        if (size === 1) throw brokenJpeg("runs past the end of a block");
        break;
      }
      if (size === 1) known[64 * block + k] = 1;
      k += 1;
    }
    if (this.#eobRun === 0) return;
    for (; k <= to; k++) if (known[64 * block + k] === 1) bits.take(1);
    this.#eobRun -= 1;
  }

  #known(plane: Plane): Uint8Array {
    plane.known ??= new Uint8Array(64 * plane.dc.length);
    return plane.known;
  }

  /** The transform keeps the sum of squares (Parseval); rounding adds a little. */
  #mustBePossible(energy: number, quantisation: Float64Array): void {
    if (energy <= this.#maxEnergy) return;
    let slack = 0;
    for (const step of quantisation) slack += (step * step) / 4;
    if (energy > this.#maxEnergy + 4 * slack) {
      throw brokenJpeg("has a block with more contrast than can be");
    }
  }
}

type BlockStep = (part: Part, block: number, bits: BitReader) => void;
