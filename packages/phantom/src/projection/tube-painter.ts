/** One point of a tube on the film, in pixels. */
export interface FilmPoint {
  readonly column: number;
  readonly row: number;
  readonly radius: number;
  /** Factor on what the profile gives: obliqueness, presence, pixel size. */
  readonly gain: number;
}

/**
 * What a ray gains that passes the middle line at `q` radii (0 to 1); `below`
 * says on which side, seen along the tube.
 */
export type TubeProfile = (q: number, below: boolean) => number;

/** Chord of a solid round tube against its radius. */
export const roundProfile = (q: number): number => 2 * Math.sqrt(1 - q * q);

/**
 * Adds tubes to a map. Each tube is drawn as a whole, every pixel by its
 * nearest point of the middle line, so that joints leave no beads.
 */
export class TubePainter {
  private readonly nearest: Float32Array;
  private readonly gains: Float32Array;
  private readonly below: Uint8Array;
  private left = 0;
  private right = 0;
  private top = 0;
  private bottom = 0;

  constructor(
    private readonly width: number,
    private readonly height: number,
    /** Whether tubes end round; where they join end to end they must not. */
    private readonly caps = true,
  ) {
    this.nearest = new Float32Array(width * height).fill(2);
    this.gains = new Float32Array(width * height);
    this.below = new Uint8Array(width * height);
  }

  paint(
    map: Float32Array,
    points: readonly FilmPoint[],
    profile: TubeProfile,
  ): void {
    for (let i = 0; i + 1 < points.length; i++) {
      const a = points[i];
      const b = points[i + 1];
      if (a && b) this.measure(a, b, i === 0, i + 2 === points.length);
    }
    for (let i = 0; i + 1 < points.length; i++) {
      const a = points[i];
      const b = points[i + 1];
      if (a && b) this.deposit(map, a, b, profile);
    }
  }

  /** Sets the pixels that a stretch can reach. */
  private frame(a: FilmPoint, b: FilmPoint): void {
    const r = Math.max(a.radius, b.radius) + 1;
    this.left = Math.max(0, Math.floor(Math.min(a.column, b.column) - r));
    this.right = Math.min(
      this.width - 1,
      Math.ceil(Math.max(a.column, b.column) + r),
    );
    this.top = Math.max(0, Math.floor(Math.min(a.row, b.row) - r));
    this.bottom = Math.min(
      this.height - 1,
      Math.ceil(Math.max(a.row, b.row) + r),
    );
  }

  private measure(
    a: FilmPoint,
    b: FilmPoint,
    isFirst: boolean,
    isLast: boolean,
  ): void {
    const openStart = isFirst && !this.caps;
    const openEnd = isLast && !this.caps;
    this.frame(a, b);
    const dx = b.column - a.column;
    const dy = b.row - a.row;
    const length2 = dx * dx + dy * dy || 1e-9;
    for (let row = this.top; row <= this.bottom; row++) {
      for (let column = this.left; column <= this.right; column++) {
        const px = column - a.column;
        const py = row - a.row;
        const along = (px * dx + py * dy) / length2;
        if ((openStart && along < 0) || (openEnd && along > 1)) continue;
        const t = Math.max(0, Math.min(1, along));
        const ex = px - t * dx;
        const ey = py - t * dy;
        const radius = a.radius + (b.radius - a.radius) * t;
        const q = Math.sqrt(ex * ex + ey * ey) / radius;
        const index = row * this.width + column;
        if (q < 1 && q < (this.nearest[index] ?? 2)) {
          this.nearest[index] = q;
          this.gains[index] = a.gain + (b.gain - a.gain) * t;
          this.below[index] = ey > 0 ? 1 : 0;
        }
      }
    }
  }

  /** Adds what was measured in the window and forgets it. */
  private deposit(
    map: Float32Array,
    a: FilmPoint,
    b: FilmPoint,
    profile: TubeProfile,
  ): void {
    this.frame(a, b);
    for (let row = this.top; row <= this.bottom; row++) {
      for (let column = this.left; column <= this.right; column++) {
        const index = row * this.width + column;
        const q = this.nearest[index] ?? 2;
        if (q >= 1) continue;
        this.nearest[index] = 2;
        map[index] =
          (map[index] ?? 0) +
          profile(q, this.below[index] === 1) * (this.gains[index] ?? 0);
      }
    }
  }
}
