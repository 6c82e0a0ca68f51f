import {
  invertWindow,
  percentileWindow,
  windowEnds,
  windowFromEnds,
} from "./window.ts";
import type { DisplayWindow } from "../types.ts";
import type { DataSet } from "../file/data-set.ts";
import type { GreyMapping } from "./grey-mapping.ts";
import { TAG } from "../file/tags.ts";
import { FILM_VALUES } from "./main-run.ts";

const SHAPES: Readonly<Record<string, DisplayWindow["shape"]>> = {
  LINEAR: "linear",
  LINEAR_EXACT: "linear-exact",
  SIGMOID: "sigmoid",
};

/** A window's shape by its name; a word that names none is told, and is linear. */
function shapeOf(data: DataSet): {
  shape: DisplayWindow["shape"];
  isKnown: boolean;
} {
  const name = (data.code(TAG.voiLutFunction) ?? "LINEAR")
    .toUpperCase()
    .replace(/[\s_-]+/gu, "_");
  const shape = SHAPES[name];
  return { shape: shape ?? "linear", isKnown: shape !== undefined };
}

/** A window of the header as it is written. */
export interface StatedWindow {
  center: number;
  width: number;
  /**
   * True where it is not the first, was written with a decimal comma, or has a
   * shape of no known name.
   */
  repaired: boolean;
}

/**
 * The header's first usable window: centre and width of one place belong
 * together, whatever else is missing or no number. Null where it has none.
 */
export function statedWindow(data: DataSet): StatedWindow | null {
  const centers = data.decimalsByPlace(TAG.windowCenter);
  const widths = data.decimalsByPlace(TAG.windowWidth);
  for (const [place, center] of centers.entries()) {
    const width = widths[place];
    if (center === undefined || width === undefined || width < 1) continue;
    const comma = [TAG.windowCenter, TAG.windowWidth].some(
      (tag) => data.code(tag)?.includes(",") === true,
    );
    const repaired = place > 0 || comma || !shapeOf(data).isKnown;
    return { center, width, repaired };
  }
  return null;
}

/**
 * The header's first usable window in film values; null where it has none,
 * "unusable" where it would show none of what the film holds, or hide it in a
 * sliver of grey.
 *
 * @param histogram of the film's values as they are shown, to judge by.
 */
export function headerWindow(
  data: DataSet,
  mapping: GreyMapping,
  inverted: boolean,
  histogram: Uint32Array,
): DisplayWindow | null | "unusable" {
  if (!data.has(TAG.windowCenter) && !data.has(TAG.windowWidth)) return null;
  const written = statedWindow(data);
  if (written === null) return isSaid(data) ? "unusable" : null;
  const { shape } = shapeOf(data);
  const stated = windowEnds({ ...written, shape });
  const { slope, intercept } = mapping.windowScale;
  const ends = [stated.low, stated.high].map((x) => x * slope - intercept);
  const window = windowFromEnds(Math.min(...ends), Math.max(...ends), shape);
  const shown = inverted ? invertWindow(window, mapping.maxValue) : window;
  return fits(shown, histogram) ? shown : "unusable";
}

/** True where something stands in the window's attributes. */
function isSaid(data: DataSet): boolean {
  return [TAG.windowCenter, TAG.windowWidth].some(
    (tag) => data.code(tag) !== undefined,
  );
}

/** A window wider than this many times its content shows one grey. */
const MOST_WIDTHS = 4;
/** Of the picture at least this part must keep its greys. */
const LEAST_INSIDE = 0.06;

/**
 * A window far wider than its content shows one grey, one far narrower or
 * beside it black and white. What lies at the ends of the content (collimated
 * borders, direct exposure, letters) is no part of the picture here.
 */
function fits(window: DisplayWindow, histogram: Uint32Array): boolean {
  const { low, high } = windowEnds(window);
  const content = windowEnds(percentileWindow(histogram));
  const span = content.high - content.low;
  if (high - low > span * MOST_WIDTHS) return false;
  let all = 0;
  let inside = 0;
  let values = 0;
  for (let value = content.low + 1; value < content.high; value++) {
    const count = histogram[value] ?? 0;
    if (count > 0) values += 1;
    all += count;
    if (value > low && value < high) inside += count;
  }
  // A drawing of a few greys may have none inside a window that shows them all.
  if (values < FILM_VALUES) return low < content.high && high > content.low;
  return inside >= all * LEAST_INSIDE;
}
