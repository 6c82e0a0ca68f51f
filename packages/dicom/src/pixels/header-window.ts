import { windowEnds, windowFromEnds, invertWindow } from "./window.ts";
import type { DisplayWindow } from "../types.ts";
import type { DataSet } from "../file/data-set.ts";
import { hasWindow, type GreyMapping } from "./grey-mapping.ts";
import { TAG } from "../file/tags.ts";

const SHAPES: Readonly<Record<string, DisplayWindow["shape"]>> = {
  LINEAR: "linear",
  LINEAR_EXACT: "linear-exact",
  SIGMOID: "sigmoid",
};

/**
 * The header's first window in film values; null where it has none,
 * "unusable" where it would show none of what the film holds.
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
  if (!hasWindow(data)) {
    return data.decimals(TAG.windowWidth).length === 0 ? null : "unusable";
  }
  const shape = SHAPES[data.code(TAG.voiLutFunction) ?? "LINEAR"] ?? "linear";
  const stated = windowEnds({
    center: data.decimal(TAG.windowCenter) ?? 0,
    width: data.decimal(TAG.windowWidth) ?? 1,
    shape,
  });
  const { slope, intercept } = mapping.windowScale;
  const ends = [stated.low, stated.high].map((x) => x * slope - intercept);
  const window = windowFromEnds(Math.min(...ends), Math.max(...ends), shape);
  const shown = inverted ? invertWindow(window, mapping.maxValue) : window;
  return covers(shown, content) ? shown : "unusable";
}

/** At least a twentieth of the film's grey values must lie inside the window. */
function covers(window: DisplayWindow, content: DisplayWindow): boolean {
  const a = windowEnds(window);
  const b = windowEnds(content);
  const shared = Math.min(a.high, b.high) - Math.max(a.low, b.low);
  return shared >= (b.high - b.low) / 20;
}
