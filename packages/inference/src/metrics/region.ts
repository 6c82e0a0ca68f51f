/** Cells a side on which regions of a film are compared. */
const SIDE = 256;
/** Cells of a region. */
export const REGION_CELLS = SIDE * SIDE;

/** A rectangle in pixels of a film. */
export interface Rectangle {
  x: number;
  y: number;
  width: number;
  height: number;
}

/**
 * A region of a film on a grid of 256 × 256 cells over the whole film, so that
 * boxes and masks of any size can be compared.
 */
export class Region {
  readonly #cells = new Uint8Array(REGION_CELLS);

  /** Union of boxes in pixels of a film of this size. */
  static fromBoxes(
    boxes: readonly Rectangle[],
    film: { width: number; height: number },
  ): Region {
    const region = new Region();
    region.#fill((x, y) => {
      const px = x * film.width;
      const py = y * film.height;
      return boxes.some(
        (box) =>
          px >= box.x &&
          px < box.x + box.width &&
          py >= box.y &&
          py < box.y + box.height,
      );
    });
    return region;
  }

  /** Where a mask picture, which covers the whole film, is not black. */
  static fromMask(mask: {
    width: number;
    height: number;
    pixels: Uint16Array;
    maxValue: number;
  }): Region {
    const region = new Region();
    region.#fill((x, y) => {
      const column = Math.min(mask.width - 1, Math.trunc(x * mask.width));
      const row = Math.min(mask.height - 1, Math.trunc(y * mask.height));
      const value = mask.pixels[row * mask.width + column] ?? 0;
      return value * 2 > mask.maxValue;
    });
    return region;
  }

  /** Share of the film that the region covers: a random point's chance to hit. */
  get share(): number {
    return this.#cells.reduce((sum, cell) => sum + cell, 0) / REGION_CELLS;
  }

  /** True where a point, as fractions of the film's sides, lies inside. */
  contains(x: number, y: number): boolean {
    const column = Math.min(SIDE - 1, Math.max(0, Math.trunc(x * SIDE)));
    const row = Math.min(SIDE - 1, Math.max(0, Math.trunc(y * SIDE)));
    return this.#cells[row * SIDE + column] === 1;
  }

  /**
   * Calls `visit` for every cell of the film with its centre, as fractions of
   * the film's sides, and whether the region covers it.
   */
  eachCell(visit: (x: number, y: number, isInside: boolean) => void): void {
    for (let row = 0; row < SIDE; row++) {
      for (let column = 0; column < SIDE; column++) {
        const isInside = this.#cells[row * SIDE + column] === 1;
        visit((column + 0.5) / SIDE, (row + 0.5) / SIDE, isInside);
      }
    }
  }

  /** Intersection over union; 0 where both are empty. */
  iou(other: Region): number {
    const { both, either } = this.#overlap(other);
    return either === 0 ? 0 : both / either;
  }

  /** Share of this region (a detected box) that lies in the other (the truth). */
  iobb(truth: Region): number {
    const own = this.share * REGION_CELLS;
    return own === 0 ? 0 : this.#overlap(truth).both / own;
  }

  #overlap(other: Region): { both: number; either: number } {
    let both = 0;
    let either = 0;
    for (let i = 0; i < this.#cells.length; i++) {
      const mine = this.#cells[i] ?? 0;
      const theirs = other.#cells[i] ?? 0;
      both += mine & theirs;
      either += mine | theirs;
    }
    return { both, either };
  }

  #fill(covers: (x: number, y: number) => boolean): void {
    for (let row = 0; row < SIDE; row++) {
      for (let column = 0; column < SIDE; column++) {
        if (covers((column + 0.5) / SIDE, (row + 0.5) / SIDE)) {
          this.#cells[row * SIDE + column] = 1;
        }
      }
    }
  }
}
