import type { Types } from "@cornerstonejs/core";
import { WindowLevelTool } from "@cornerstonejs/tools";
import { rangeOf } from "./value-range.ts";

/**
 * Cornerstone's window tool, which goes over every pixel of the film for the
 * range of its values at each move of the pointer: a fifth of a second for
 * 6000 × 6000. They do not change, and how far a drag goes by them need not be
 * exact.
 */
export class FilmWindowTool extends WindowLevelTool {
  static override readonly toolName = "FilmWindow";

  #known: { imageId: string; range: number } | null = null;

  override _getImageDynamicRangeFromViewport(
    viewport: Types.IStackViewport,
  ): number {
    const { imageId, getPixelData } = viewport.getCornerstoneImage();
    if (this.#known?.imageId !== imageId)
      this.#known = { imageId, range: rangeOf(getPixelData()) };
    return this.#known.range;
  }
}
