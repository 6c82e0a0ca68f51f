import { walkBlock } from "./code-block.ts";
import { BLOCK_STYLE, readCodestream } from "./codestream-header.ts";
import { readBlocks, type PlacedBlock } from "./packets.ts";

/**
 * Blocks that reach less of the picture are not walked. A wrong block is at most
 * a few times as strong as it was, and details are weak: such a one does not
 * change the picture by as much as is allowed.
 */
const LEAST_REACH = 0.05;
/** The coarsest of them, so that a film costs a tenth of a second at most. */
const MOST_COEFFICIENTS = 2 ** 17;
/** Films are one tile, or some hundred of them. */
const MOST_TILES = 1024;
/** Encoders spare one bit plane or two; more, with none of them used, is a changed header. */
const USUAL_GUARD = 2;
/** Fewer blocks say nothing of how the encoder ends them. */
const LEAST_BLOCKS = 8;
/** So few blocks, or such a part of them, end otherwise: damage, and no habit. */
const FEW_STRAYS = 2;
const FEW_STRAYS_PART = 1 / 16;
/** Otherwise the blocks are many code words each, or their contexts others. */
const NOT_WALKED =
  BLOCK_STYLE.bypass | BLOCK_STYLE.endEachPass | BLOCK_STYLE.verticallyCausal;

/**
 * What is damaged in the blocks of a JPEG 2000 codestream that matter most, in
 * words; null for nothing, or where nothing is known of the stream.
 *
 * Every block of the coarser wavelet levels is decoded and encoded anew. Where
 * nearly all come out as the same bytes, the film's encoder ends its blocks as
 * T.800 C.2.9 does, and the ones that do not were changed after it: of the last
 * bytes of a block many bits follow from all bits before. Encoders that shorten
 * their blocks are not held to it. A block of which the first plane has nothing,
 * or whose planes lack their marks, is damaged whoever wrote it, and so is a
 * tile whose packets are not all of its data.
 *
 * @param start where the codestream begins.
 */
export function findBlockDamage(
  stream: Uint8Array,
  start: number,
): string | null {
  const read = readCodestream(stream, start);
  if (read === null || (read.header.style & NOT_WALKED) !== 0) return null;
  const { header, tiles } = read;
  if (tiles.length > MOST_TILES || header.components.length > 4) return null;
  const { image } = header;
  const area = (image.x1 - image.x0) * (image.y1 - image.y0);
  const blocks: PlacedBlock[] = [];
  for (const tile of tiles) {
    const found = readBlocks(header, tile);
    if (found === null) return null;
    if (!found.isWhole) return "its packets are not all of its data";
    blocks.push(...found.blocks);
  }
  const walked = coarsest(blocks.filter((b) => b.reach >= LEAST_REACH * area));
  const style = {
    resetsContexts: (header.style & BLOCK_STYLE.resetContexts) !== 0,
    marksSegments: (header.style & BLOCK_STYLE.segmentMarks) !== 0,
  };
  const ends = walked.map((block) => walkBlock(block, style));
  const impossible = ends.filter(({ isImpossible }) => isImpossible).length;
  if (impossible > 0) {
    return `${String(impossible)} of its blocks cannot be`;
  }
  if (walked.some(({ missing }) => (missing ?? 0) < 0)) {
    return "has blocks of more bit planes than it says";
  }
  const strays = ends.filter(({ isExact }) => !isExact).length;
  const few = Math.max(FEW_STRAYS, FEW_STRAYS_PART * ends.length);
  // Whoever leaves passes out ends some of the blocks in the middle of a code.
  const short = walked.filter(({ missing }) => (missing ?? 0) > 0).length;
  const isAll = short === walked.length && header.guard > USUAL_GUARD;
  if (strays === 0 && short > 0 && (isAll || 2 * short < walked.length)) {
    return `${String(short)} of its blocks have fewer bit planes than it says`;
  }
  return strays > 0 && strays <= few && ends.length >= LEAST_BLOCKS
    ? `${String(strays)} of its blocks do not end as the others do`
    : null;
}

/** As many blocks as may be walked, the coarsest first. */
function coarsest(blocks: readonly PlacedBlock[]): PlacedBlock[] {
  const scale = ({ reach, width, height }: PlacedBlock): number =>
    reach / (width * height);
  let left = MOST_COEFFICIENTS;
  return [...blocks]
    .sort((a, b) => scale(b) - scale(a))
    .filter(({ width, height }) => {
      left -= width * height;
      return left >= 0;
    });
}
