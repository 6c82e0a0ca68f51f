import { ZIG_ZAG } from "./inverse-dct.ts";
import type { JpegTables } from "./jpeg-stream.ts";

/** Tables K.1 and K.2 of T.81, row by row: what nearly every encoder scales. */
// prettier-ignore
const LUMINANCE = [
  16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55,
  14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51, 87, 80, 62,
  18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92,
  49, 64, 78, 87, 103, 121, 120, 101, 72, 92, 95, 98, 112, 100, 103, 99,
];
// prettier-ignore
const CHROMINANCE = [
  17, 18, 24, 47, 99, 99, 99, 99, 18, 21, 26, 66, 99, 99, 99, 99,
  24, 26, 56, 99, 99, 99, 99, 99, 47, 66, 99, 99, 99, 99, 99, 99,
  99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
  99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99, 99,
];

/** A table that agrees in this many places was made from the standard's. */
const SURELY_MEANT = 48;

/**
 * A quantisation table that is the standard's at some quality, but for a few
 * entries: those were changed after the encoder wrote them. Null where none is.
 */
export function oddQuantisation(tables: JpegTables): string | null {
  for (const table of tables.quantisation) {
    if (table === undefined) continue;
    if (table.includes(0)) return "has a quantisation step of zero";
    const best = Math.max(
      ...[LUMINANCE, CHROMINANCE].flatMap((base) =>
        Array.from({ length: 100 }, (_, i) => agreeing(table, base, i + 1)),
      ),
    );
    if (best >= SURELY_MEANT && best < ZIG_ZAG.length) {
      return `has ${String(64 - best)} changed quantisation steps`;
    }
  }
  return null;
}

/** Entries that are the base table's at this quality of the IJG (jcparam.c). */
function agreeing(
  table: Float64Array,
  base: readonly number[],
  quality: number,
): number {
  const scale = quality < 50 ? Math.trunc(5000 / quality) : 200 - 2 * quality;
  let count = 0;
  for (const [i, entry] of base.entries()) {
    const scaled = Math.trunc((entry * scale + 50) / 100);
    const own = table[i] ?? 0;
    if (
      own === Math.max(1, scaled) ||
      own === Math.min(255, Math.max(1, scaled))
    ) {
      count += 1;
    }
  }
  return count;
}
