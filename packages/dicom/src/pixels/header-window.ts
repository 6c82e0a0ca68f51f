import { windowEnds, windowFromEnds, invertWindow } from "./window.ts";
import type { DisplayWindow } from "../types.ts";
import type { DataSet } from "../file/data-set.ts";
import type { GreyMapping } from "./grey-mapping.ts";
import { TAG } from "../file/tags.ts";

const SHAPES: Readonly<Record<string, DisplayWindow["shape"]>> = {
  LINEAR: "linear",
  LINEAR_EXACT: "linear-exact",
  SIGMOID: "sigmoid",
};

/** A window of the header as it is written. */
export interface StatedWindow {
  center: number;
  width: number;
  /** True where it is not the first, or was written with a decimal comma. */
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
    return { center, width, repaired: place > 0 || comma };
  }
  return null;
}

/**
 * The header's first usable window in film values; null where it has none,
 * "unusable" where it would show none of what the film holds, or hide it in a
 * sliver of grey.
 *
 * @param content window of the film's actual values, to judge by.
 */
export function headerWindow(
  data: DataSet,
  mapping: GreyMapping,
  inverted: boolean,
  content: DisplayWindow,
): DisplayWindow | null | "unusable" {
  if (!data.has(TAG.windowCenter) && !data.has(TAG.windowWidth)) return null;
  const written = statedWindow(data);
  if (written === null) return isSaid(data) ? "unusable" : null;
  const shape = SHAPES[data.code(TAG.voiLutFunction) ?? "LINEAR"] ?? "linear";
  const stated = windowEnds({ ...written, shape });
  const { slope, intercept } = mapping.windowScale;
  const ends = [stated.low, stated.high].map((x) => x * slope - intercept);
  const window = windowFromEnds(Math.min(...ends), Math.max(...ends), shape);
  const shown = inverted ? invertWindow(window, mapping.maxValue) : window;
  return fits(shown, content) ? shown : "unusable";
}

/** True where something stands in the window's attributes. */
function isSaid(data: DataSet): boolean {
  return [TAG.windowCenter, TAG.windowWidth].some(
    (tag) => data.code(tag) !== undefined,
  );
}

/**
 * At least a twentieth of the film's grey values must lie inside the window,
 * and they must fill at least a twelfth of it: a window far wider than its
 * content shows one grey, one far narrower or beside it black and white.
 */
function fits(window: DisplayWindow, content: DisplayWindow): boolean {
  const a = windowEnds(window);
  const b = windowEnds(content);
  const shared = Math.min(a.high, b.high) - Math.max(a.low, b.low);
  const span = b.high - b.low;
  return shared >= span / 20 && span * 12 >= a.high - a.low;
}
