/** An ellipsoid whose axes may be turned in the film's plane. */
export interface Ellipsoid {
  readonly x: number;
  readonly y: number;
  readonly z: number;
  /** Half axes, in centimetres. */
  readonly rx: number;
  readonly ry: number;
  readonly rz: number;
  /** Turn of the first two axes, in radians, clockwise on the film. */
  readonly roll?: number;
}

/** Where a ray enters and leaves a solid; `end` ≤ `start` when it misses. */
export interface Crossing {
  start: number;
  end: number;
}

/** A form of an ellipsoid that answers quickly. */
export type RaySolid = (
  x0: number,
  y0: number,
  sx: number,
  sy: number,
  out: Crossing,
) => boolean;

/**
 * Prepares an ellipsoid: the ray (x0 + sx·z, y0 + sy·z, z) in units of the half
 * axes meets the unit sphere where a·z² + 2b·z + c = 0.
 */
export function raySolid(e: Ellipsoid): RaySolid {
  const cos = Math.cos(e.roll ?? 0);
  const sin = Math.sin(e.roll ?? 0);
  const ix = 1 / e.rx;
  const iy = 1 / e.ry;
  const iz = 1 / e.rz;
  return (x0, y0, sx, sy, out) => {
    const dx = x0 - e.x;
    const dy = y0 - e.y;
    const px = (dx * cos + dy * sin) * ix;
    const py = (dy * cos - dx * sin) * iy;
    const pz = -e.z * iz;
    const vx = (sx * cos + sy * sin) * ix;
    const vy = (sy * cos - sx * sin) * iy;
    const a = vx * vx + vy * vy + iz * iz;
    const b = px * vx + py * vy + pz * iz;
    const c = px * px + py * py + pz * pz - 1;
    const disc = b * b - a * c;
    if (disc <= 0) return false;
    const root = Math.sqrt(disc);
    out.start = (-b - root) / a;
    out.end = (-b + root) / a;
    return true;
  };
}
