/** Markers of T.800 table A.2. */
const MARKER = {
  siz: 0xff51,
  cod: 0xff52,
  coc: 0xff53,
  rgn: 0xff5e,
  qcc: 0xff5d,
  poc: 0xff5f,
  ppm: 0xff60,
  ppt: 0xff61,
  qcd: 0xff5c,
  sot: 0xff90,
  sod: 0xff93,
} as const;
/** What gives parts of a picture options of their own, or moves packet headers. */
const OWN_OPTIONS: ReadonlySet<number> = new Set([
  MARKER.coc,
  MARKER.rgn,
  MARKER.qcc,
  MARKER.poc,
  MARKER.ppm,
  MARKER.ppt,
]);
/** The same for a tile, whose header may also say anew what holds. */
const OWN_OPTIONS_OF_TILE: ReadonlySet<number> = new Set([
  ...OWN_OPTIONS,
  MARKER.cod,
  MARKER.qcd,
]);

/** Bits of the code-block style (table A.19). */
export const BLOCK_STYLE = {
  bypass: 0x01,
  resetContexts: 0x02,
  endEachPass: 0x04,
  verticallyCausal: 0x08,
  predictableEnd: 0x10,
  segmentMarks: 0x20,
} as const;

/** From one corner to another, the second outside. */
export interface Box {
  x0: number;
  y0: number;
  x1: number;
  y1: number;
}

/** What the main header says of how the picture was coded. */
export interface CodestreamHeader {
  image: Box;
  tile: Box;
  components: readonly { stepX: number; stepY: number }[];
  hasStartMarks: boolean;
  hasEndMarks: boolean;
  /** 0 to 4: LRCP, RLCP, RPCL, PCRL, CPRL (table A.16). */
  progression: number;
  layers: number;
  levels: number;
  /** Exponents of two: the sides of a code-block, and of each resolution's precincts. */
  blockX: number;
  blockY: number;
  precincts: readonly { x: number; y: number }[];
  style: number;
  isReversible: boolean;
  /**
   * Bit planes of each band where no step was divided by (Mb, equation E-2), the
   * coarsest first; null where the picture was quantised.
   */
  planes: readonly number[] | null;
  /** Bit planes that every band has to spare (G of equation E-2). */
  guard: number;
}

/** A tile's data, all of its parts together. */
export interface TileData {
  index: number;
  bytes: Uint8Array;
}

/**
 * Main header and tiles of a codestream; null where a part of the picture has
 * options of its own, which are not read here, or where the markers are broken.
 */
export function readCodestream(
  stream: Uint8Array,
  start: number,
): { header: CodestreamHeader; tiles: TileData[] } | null {
  const view = new DataView(
    stream.buffer,
    stream.byteOffset,
    stream.byteLength,
  );
  const segments = new Map<number, number>();
  let at = start + 2;
  while (at + 4 <= stream.length && view.getUint16(at) !== MARKER.sot) {
    const marker = view.getUint16(at);
    if (marker < 0xff4f || OWN_OPTIONS.has(marker)) return null;
    segments.set(marker, at + 4);
    at += 2 + Math.max(2, view.getUint16(at + 2));
  }
  const siz = segments.get(MARKER.siz);
  const cod = segments.get(MARKER.cod);
  if (siz === undefined || cod === undefined) return null;
  const header = readHeader(view, siz, cod, quantisationOf(view, segments));
  const tiles = header === null ? null : readTiles(view, stream, at);
  return header === null || tiles === null ? null : { header, tiles };
}

function readHeader(
  view: DataView,
  siz: number,
  cod: number,
  quantisation: Quantisation,
): CodestreamHeader | null {
  if (siz + 36 > view.byteLength || cod + 10 > view.byteLength) return null;
  const [x1, y1, x0, y0, tileX, tileY, tileX0, tileY0] = Array.from(
    { length: 8 },
    (_, i) => view.getUint32(siz + 2 + 4 * i),
  ) as [number, number, number, number, number, number, number, number];
  const count = view.getUint16(siz + 34);
  if (tileX === 0 || tileY === 0 || siz + 36 + 3 * count > view.byteLength) {
    return null;
  }
  const components = Array.from({ length: count }, (_, i) => ({
    stepX: view.getUint8(siz + 37 + 3 * i),
    stepY: view.getUint8(siz + 38 + 3 * i),
  }));
  const flags = view.getUint8(cod);
  const levels = view.getUint8(cod + 5);
  const hasPrecincts = (flags & 1) !== 0;
  if (levels > 32 || (hasPrecincts && cod + 11 + levels > view.byteLength)) {
    return null;
  }
  const precincts = Array.from({ length: levels + 1 }, (_, i) => {
    const sides = hasPrecincts ? view.getUint8(cod + 10 + i) : 0xff;
    return { x: sides & 15, y: sides >> 4 };
  });
  return {
    image: { x0, y0, x1, y1 },
    tile: { x0: tileX0, y0: tileY0, x1: tileX0 + tileX, y1: tileY0 + tileY },
    components,
    hasStartMarks: (flags & 2) !== 0,
    hasEndMarks: (flags & 4) !== 0,
    progression: view.getUint8(cod + 1),
    layers: view.getUint16(cod + 2),
    levels,
    blockX: (view.getUint8(cod + 6) & 15) + 2,
    blockY: (view.getUint8(cod + 7) & 15) + 2,
    precincts,
    style: view.getUint8(cod + 8),
    isReversible: view.getUint8(cod + 9) === 1,
    ...quantisation,
  };
}

type Quantisation = Pick<CodestreamHeader, "planes" | "guard">;

/** The quantisation segment (table A.27); planes where it is of style 0. */
function quantisationOf(
  view: DataView,
  segments: ReadonlyMap<number, number>,
): Quantisation {
  const at = segments.get(MARKER.qcd);
  if (at === undefined || at + 1 > view.byteLength) {
    return { planes: null, guard: 0 };
  }
  const count = view.getUint16(at - 2) - 3;
  const style = view.getUint8(at);
  const guard = style >> 5;
  if ((style & 31) !== 0 || at + 1 + count > view.byteLength) {
    return { planes: null, guard };
  }
  const planes = Array.from(
    { length: Math.max(0, count) },
    (_, i) => guard + (view.getUint8(at + 1 + i) >> 3) - 1,
  );
  return { planes, guard };
}

function readTiles(
  view: DataView,
  stream: Uint8Array,
  first: number,
): TileData[] | null {
  const parts = new Map<number, Uint8Array[]>();
  let at = first;
  while (at + 14 <= stream.length && view.getUint16(at) === MARKER.sot) {
    const index = view.getUint16(at + 4);
    const length = view.getUint32(at + 6);
    const end = length === 0 ? stream.length - 2 : at + length;
    let data = at + 12;
    while (data + 4 <= stream.length && view.getUint16(data) !== MARKER.sod) {
      if (OWN_OPTIONS_OF_TILE.has(view.getUint16(data))) return null;
      data += 2 + Math.max(2, view.getUint16(data + 2));
    }
    if (end <= data || end > stream.length) return null;
    const own = parts.get(index) ?? [];
    own.push(stream.subarray(data + 2, end));
    parts.set(index, own);
    at = end;
  }
  return [...parts].map(([index, own]) => ({
    index,
    bytes:
      own.length === 1 && own[0] !== undefined ? own[0] : Buffer.concat(own),
  }));
}
