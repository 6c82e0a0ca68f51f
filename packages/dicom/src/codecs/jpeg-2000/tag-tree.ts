import type { PacketBits } from "./packet-bits.ts";

interface Level {
  width: number;
  height: number;
  value: Uint16Array;
  isKnown: Uint8Array;
}

/** A tree of smallest values (T.800 B.10.2), told bit by bit over the layers. */
export class TagTree {
  readonly #levels: Level[] = [];

  constructor(width: number, height: number) {
    let [w, h] = [width, height];
    for (;;) {
      const cells = w * h;
      this.#levels.push({
        width: w,
        height: h,
        value: new Uint16Array(cells),
        isKnown: new Uint8Array(cells),
      });
      if (cells <= 1) return;
      [w, h] = [(w + 1) >> 1, (h + 1) >> 1];
    }
  }

  /**
   * Reads until the leaf's value is known or known to be `threshold` or more.
   *
   * @returns the value where it is below the threshold; null otherwise.
   */
  read(
    bits: PacketBits,
    x: number,
    y: number,
    threshold: number,
  ): number | null {
    let low = 0;
    for (let depth = this.#levels.length - 1; depth >= 0; depth--) {
      const level = this.#levels[depth];
      if (level === undefined) return null;
      const at = (y >> depth) * level.width + (x >> depth);
      let value = Math.max(low, level.value[at] ?? 0);
      while (value < threshold && level.isKnown[at] === 0) {
        if (bits.take() === 1) level.isKnown[at] = 1;
        else value += 1;
      }
      level.value[at] = value;
      if (level.isKnown[at] === 0) return null;
      low = value;
    }
    return low < threshold ? low : null;
  }
}
