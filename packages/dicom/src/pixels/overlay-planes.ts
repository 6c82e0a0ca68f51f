import type { DataSet } from "../file/data-set.ts";
import type { StoredFrame } from "./frame.ts";

/** Planes of drawings over a picture, put together (PS3.3 C.9.2). */
export interface OverlayPlanes {
  /** 1 where something is drawn, one a pixel of the picture, row by row. */
  drawn: Uint8Array;
  /** How many planes were put together. */
  planes: number;
  /** Planes that are there and cannot be read. */
  leftOut: number;
}

/** Groups 6000 to 601E, even ones (PS3.5 7.6). */
const FIRST_GROUP = 0x6000;
const LAST_GROUP = 0x601e;
const ELEMENT = {
  rows: 0x0010,
  columns: 0x0011,
  origin: 0x0050,
  bitPosition: 0x0102,
  data: 0x3000,
} as const;
/** Films with a plane beyond this size are not drawn over in it. */
const MOST_SIDE = 16_384;

/** The groups of a header that say something of an overlay. */
export function overlayGroups(data: DataSet): number[] {
  const groups = new Set<number>();
  data.some((tag) => {
    const group = tag >>> 16;
    const isOverlay =
      group >= FIRST_GROUP && group <= LAST_GROUP && group % 2 === 0;
    if (isOverlay) groups.add(group);
    return false;
  });
  return [...groups].sort((a, b) => a - b);
}

/**
 * All planes of a film in one: those with data of their own, and those in bits
 * of the words that the picture does not use. Parts beyond the film are cut.
 *
 * @param frame words as stored; null where a codec has kept the picture alone.
 * @param pictureBits which bits of a word are the picture's.
 */
export function readOverlayPlanes(
  data: DataSet,
  frame: Pick<StoredFrame, "width" | "height" | "words">,
  pictureBits: number,
): OverlayPlanes {
  const drawn = new Uint8Array(frame.width * frame.height);
  let planes = 0;
  let leftOut = 0;
  for (const group of overlayGroups(data)) {
    const isRead = data.has(tagOf(group, "data"))
      ? drawOwn(data, group, frame, drawn)
      : drawEmbedded(data, group, frame, pictureBits, drawn);
    if (isRead) planes += 1;
    else leftOut += 1;
  }
  return { drawn, planes, leftOut };
}

function tagOf(group: number, element: keyof typeof ELEMENT): number {
  return group * 0x10000 + ELEMENT[element];
}

/** A plane with data of its own: a bit a pixel, the first the lowest. */
function drawOwn(
  data: DataSet,
  group: number,
  { width, height }: { width: number; height: number },
  drawn: Uint8Array,
): boolean {
  const element = data.element(tagOf(group, "data"));
  const rows = data.word(tagOf(group, "rows")) ?? height;
  const columns = data.word(tagOf(group, "columns")) ?? width;
  const isSane =
    rows > 0 && columns > 0 && Math.max(rows, columns) <= MOST_SIDE;
  const needed = Math.ceil((rows * columns) / 8);
  if (element === undefined || !isSane || element.bytes.length < needed) {
    return false;
  }
  const { bytes, vr, encoding } = element;
  // Words in the other order of bytes come in swapped pairs (PS3.5 8.1.2).
  const swap = !encoding.littleEndian && vr === "OW" ? 1 : 0;
  const [top, left] = originOf(data, group);
  for (let row = 0; row < rows; row++) {
    const y = row + top;
    if (y < 0 || y >= height) continue;
    for (let column = 0; column < columns; column++) {
      const x = column + left;
      if (x < 0 || x >= width) continue;
      const bit = row * columns + column;
      const byte = bytes[(bit >>> 3) ^ swap] ?? 0;
      if (((byte >>> (bit & 7)) & 1) === 1) drawn[y * width + x] = 1;
    }
  }
  return true;
}

/** A plane in one bit of the picture's words, as films before 2004 have it. */
function drawEmbedded(
  data: DataSet,
  group: number,
  { words }: { words: Uint16Array },
  pictureBits: number,
  drawn: Uint8Array,
): boolean {
  const position = data.word(tagOf(group, "bitPosition"));
  // A bit of the picture is no plane, nor is one that nobody names.
  if (position === undefined || position > 15) return false;
  if (((pictureBits >>> position) & 1) === 1) return false;
  for (let i = 0; i < drawn.length; i++) {
    if ((((words[i] ?? 0) >>> position) & 1) === 1) drawn[i] = 1;
  }
  return true;
}

/** Rows and columns from the film's first pixel; 1\1 is that pixel itself. */
function originOf(data: DataSet, group: number): readonly [number, number] {
  const [row = 1, column = 1] = data.words(tagOf(group, "origin"), true);
  return [row - 1, column - 1];
}
