import type { CodeBlock, Orientation } from "./code-block.ts";
import type { Box, CodestreamHeader, TileData } from "./codestream-header.ts";
import { PacketBits } from "./packet-bits.ts";
import { TagTree } from "./tag-tree.ts";

/** A block with the part of the picture that its coefficients reach. */
export interface PlacedBlock extends CodeBlock {
  /** Area in pixels of the picture. */
  reach: number;
  /** Passes that its bit planes have and its packets do not tell; null if unknown. */
  missing: number | null;
}

/** Blocks of a tile; `isWhole` where its packets are all of its data. */
export interface TileBlocks {
  blocks: PlacedBlock[];
  isWhole: boolean;
}

interface OpenBlock {
  column: number;
  row: number;
  box: Box;
  isIncluded: boolean;
  /** Bit planes without a coefficient, which are not coded. */
  empty: number;
  /** Bits of a length (Lblock, T.800 B.10.7.1). */
  lengthBits: number;
  passes: number;
  pieces: Uint8Array[];
}

/** The blocks of one subband in one precinct. */
interface Band {
  orientation: Orientation;
  /** Halvings from the picture to the band. */
  depth: number;
  /** Bit planes of the band, where they are known. */
  planes: number | null;
  blocks: OpenBlock[];
  inclusion: TagTree;
  emptyPlanes: TagTree;
}

/** One packet a layer: the bands of a precinct of one resolution. */
type Precinct = Band[];
/** [component][resolution][precinct] */
type Grid = Precinct[][][];

/** Films have fewer by far; a hostile header could ask for any number. */
const MOST_BLOCKS = 2 ** 18;
const MOST_PACKETS = 2 ** 17;

/**
 * Reads the packet headers of a tile (T.800 B.10) and gathers each block's bytes.
 *
 * @returns null where the order of the packets depends on places that are not
 *   worked out here: precincts of their own in the orders by position.
 */
export function readBlocks(
  header: CodestreamHeader,
  tile: TileData,
): TileBlocks | null {
  const grid = gridOf(header, tile.index);
  if (grid === null) return null;
  const order = orderOf(header, grid);
  if (order === null) return null;
  let at = 0;
  let isWhole = true;
  for (const { precinct, layer } of order) {
    if (at >= tile.bytes.length) {
      isWhole = false;
      break;
    }
    at = readPacket(header, tile.bytes, at, precinct, layer);
    if (at > tile.bytes.length) {
      isWhole = false;
      break;
    }
  }
  if (at < tile.bytes.length) isWhole = false;
  const blocks = grid.flat(2).flatMap((precinct) => precinct.flatMap(finished));
  return { blocks, isWhole };
}

function finished({ orientation, depth, planes, blocks }: Band): PlacedBlock[] {
  return blocks
    .filter(({ passes }) => passes > 0)
    .map(({ box, empty, passes, pieces }) => {
      const width = box.x1 - box.x0;
      const height = box.y1 - box.y0;
      const bytes = Buffer.concat(pieces);
      const reach = width * height * 4 ** depth;
      // A clean-up, then three passes for each further plane (T.800 D.3).
      const missing =
        planes === null ? null : 3 * (planes - empty) - 2 - passes;
      return { orientation, width, height, passes, bytes, reach, missing };
    });
}

function gridOf(header: CodestreamHeader, index: number): Grid | null {
  const { image, tile, components, levels } = header;
  const across = Math.ceil((image.x1 - tile.x0) / (tile.x1 - tile.x0));
  const column = index % across;
  const row = Math.trunc(index / across);
  const width = tile.x1 - tile.x0;
  const height = tile.y1 - tile.y0;
  const own: Box = {
    x0: Math.max(image.x0, tile.x0 + column * width),
    y0: Math.max(image.y0, tile.y0 + row * height),
    x1: Math.min(image.x1, tile.x0 + (column + 1) * width),
    y1: Math.min(image.y1, tile.y0 + (row + 1) * height),
  };
  const area = (own.x1 - own.x0) * (own.y1 - own.y0) * components.length;
  const isTooMuch =
    area / 2 ** (header.blockX + header.blockY) > MOST_BLOCKS ||
    packetsOf(header, area) > MOST_PACKETS;
  if (!(area > 0) || isTooMuch) return null;
  return components.map(({ stepX, stepY }) => {
    const part: Box = {
      x0: Math.ceil(own.x0 / stepX),
      y0: Math.ceil(own.y0 / stepY),
      x1: Math.ceil(own.x1 / stepX),
      y1: Math.ceil(own.y1 / stepY),
    };
    return Array.from({ length: levels + 1 }, (_, resolution) =>
      precinctsOf(header, part, resolution),
    );
  });
}

/** At least as many packets as a tile of so many samples has, roughly. */
function packetsOf(
  { layers, levels, precincts, components }: CodestreamHeader,
  area: number,
): number {
  const sides = precincts.map(({ x, y }) => x + y);
  // A side of one sample would have bands of half a one.
  if (precincts.slice(1).some(({ x, y }) => x < 1 || y < 1)) return Infinity;
  const places = area / 2 ** Math.min(...sides) + components.length;
  return layers * (levels + 1) * places;
}

/** T.800 B.5 to B.7: precincts of a resolution, their bands and blocks. */
function precinctsOf(
  header: CodestreamHeader,
  part: Box,
  resolution: number,
): Precinct[] {
  const { levels, precincts } = header;
  const box = scaled(part, levels - resolution, 0, 0);
  if (box.x1 <= box.x0 || box.y1 <= box.y0) return [];
  const { x: sideX = 15, y: sideY = 15 } = precincts[resolution] ?? {};
  const all: Precinct[] = [];
  const first = { x: box.x0 >> sideX, y: box.y0 >> sideY };
  const last = { x: (box.x1 - 1) >> sideX, y: (box.y1 - 1) >> sideY };
  const depth = resolution === 0 ? levels : levels - resolution + 1;
  const kinds: readonly (readonly [Orientation, number, number])[] =
    resolution === 0
      ? [["LL", 0, 0]]
      : [
          ["HL", 1, 0],
          ["LH", 0, 1],
          ["HH", 1, 1],
        ];
  // The bands of a higher resolution have half its side.
  const half = resolution === 0 ? 0 : 1;
  for (let y = first.y; y <= last.y; y++) {
    for (let x = first.x; x <= last.x; x++) {
      all.push(
        kinds.map(([orientation, highX, highY], i) => {
          const band = scaled(part, depth, highX, highY);
          const bandX = sideX - half;
          const bandY = sideY - half;
          const inside: Box = {
            x0: Math.max(band.x0, x * 2 ** bandX),
            y0: Math.max(band.y0, y * 2 ** bandY),
            x1: Math.min(band.x1, (x + 1) * 2 ** bandX),
            y1: Math.min(band.y1, (y + 1) * 2 ** bandY),
          };
          const blockX = Math.min(header.blockX, bandX);
          const blockY = Math.min(header.blockY, bandY);
          const at = resolution === 0 ? 0 : 3 * resolution - 2 + i;
          const planes = header.planes?.[at] ?? null;
          const made = bandOf(orientation, depth, inside, blockX, blockY);
          return { ...made, planes };
        }),
      );
    }
  }
  return all;
}

/** A box in a band `depth` halvings down (equation B-15). */
function scaled(box: Box, depth: number, highX: number, highY: number): Box {
  const scale = 2 ** depth;
  const side = (value: number, high: number): number =>
    Math.ceil((value - (high * scale) / 2) / scale);
  return {
    x0: side(box.x0, highX),
    y0: side(box.y0, highY),
    x1: side(box.x1, highX),
    y1: side(box.y1, highY),
  };
}

function bandOf(
  orientation: Orientation,
  depth: number,
  box: Box,
  blockX: number,
  blockY: number,
): Omit<Band, "planes"> {
  const blocks: OpenBlock[] = [];
  const isEmpty = box.x1 <= box.x0 || box.y1 <= box.y0;
  const first = { x: box.x0 >> blockX, y: box.y0 >> blockY };
  const columns = isEmpty ? 0 : ((box.x1 - 1) >> blockX) - first.x + 1;
  const rows = isEmpty ? 0 : ((box.y1 - 1) >> blockY) - first.y + 1;
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const x = (first.x + column) * 2 ** blockX;
      const y = (first.y + row) * 2 ** blockY;
      blocks.push({
        column,
        row,
        box: {
          x0: Math.max(box.x0, x),
          y0: Math.max(box.y0, y),
          x1: Math.min(box.x1, x + 2 ** blockX),
          y1: Math.min(box.y1, y + 2 ** blockY),
        },
        isIncluded: false,
        empty: 0,
        lengthBits: 3,
        passes: 0,
        pieces: [],
      });
    }
  }
  return {
    orientation,
    depth,
    blocks,
    inclusion: new TagTree(columns, rows),
    emptyPlanes: new TagTree(columns, rows),
  };
}

interface Packet {
  precinct: Precinct;
  layer: number;
}

/** T.800 B.12.1, the five orders, as far as one precinct a resolution allows. */
function orderOf(header: CodestreamHeader, grid: Grid): Packet[] | null {
  const { progression, layers, levels } = header;
  const isSingle = grid.every((own) => own.every((all) => all.length <= 1));
  if (progression > 1 && !isSingle) return null;
  const packets: Packet[] = [];
  const add = (component: number, resolution: number, layer: number): void => {
    for (const precinct of grid[component]?.[resolution] ?? [])
      packets.push({ precinct, layer });
  };
  const count = grid.length;
  const each = (most: number, visit: (i: number) => void): void => {
    for (let i = 0; i < most; i++) visit(i);
  };
  if (progression === 0) {
    each(layers, (l) =>
      each(levels + 1, (r) => each(count, (c) => add(c, r, l))),
    );
  } else if (progression === 1) {
    each(levels + 1, (r) =>
      each(layers, (l) => each(count, (c) => add(c, r, l))),
    );
  } else if (progression === 2) {
    each(levels + 1, (r) =>
      each(count, (c) => each(layers, (l) => add(c, r, l))),
    );
  } else if (progression <= 4) {
    each(count, (c) =>
      each(levels + 1, (r) => each(layers, (l) => add(c, r, l))),
    );
  } else return null;
  return packets;
}

/** One packet; where the next begins. */
function readPacket(
  { hasStartMarks, hasEndMarks }: CodestreamHeader,
  bytes: Uint8Array,
  from: number,
  precinct: Precinct,
  layer: number,
): number {
  const isMarked =
    hasStartMarks && bytes[from] === 0xff && bytes[from + 1] === 0x91;
  const bits = new PacketBits(bytes, isMarked ? from + 6 : from);
  const lengths: { block: OpenBlock; length: number }[] = [];
  if (bits.take() === 1) {
    for (const band of precinct) {
      for (const block of band.blocks) {
        const length = readInclusion(bits, band, block, layer);
        if (length > 0) lengths.push({ block, length });
      }
    }
  }
  let at = bits.end();
  if (hasEndMarks && bytes[at] === 0xff && bytes[at + 1] === 0x92) at += 2;
  for (const { block, length } of lengths) {
    block.pieces.push(bytes.subarray(at, at + length));
    at += length;
  }
  return at;
}

/** What a packet header says of a block: the bytes that it adds. */
function readInclusion(
  bits: PacketBits,
  band: Band,
  block: OpenBlock,
  layer: number,
): number {
  const { column, row } = block;
  if (block.isIncluded) {
    if (bits.take() === 0) return 0;
  } else {
    const since = band.inclusion.read(bits, column, row, layer + 1);
    if (since === null) return 0;
    block.isIncluded = true;
    // As many empty planes as it says; nobody has more than 74 (Mb at most 74).
    block.empty = band.emptyPlanes.read(bits, column, row, 75) ?? 0;
  }
  const passes = readPasses(bits);
  while (bits.take() === 1) {
    block.lengthBits += 1;
    if (block.lengthBits > 31) return 0;
  }
  block.passes += passes;
  return bits.takeMany(block.lengthBits + Math.trunc(Math.log2(passes)));
}

/** Code words of table B.4. */
function readPasses(bits: PacketBits): number {
  if (bits.take() === 0) return 1;
  if (bits.take() === 0) return 2;
  const two = bits.takeMany(2);
  if (two < 3) return 3 + two;
  const five = bits.takeMany(5);
  if (five < 31) return 6 + five;
  return 37 + bits.takeMany(7);
}
