import { mix32 } from "./random.ts";

/** A lattice value in [−1, 1) that depends on the seed and the place alone. */
function lattice(seed: number, x: number, y: number): number {
  const h = mix32(
    seed ^ Math.imul(x, 0x27d4eb2d) ^ Math.imul(y, 0x165667b1) ^ (x << 16),
  );
  return h / 2147483648 - 1;
}

/** Smooth noise in [−1, 1] with features about one unit across. */
export function valueNoise(seed: number, x: number, y: number): number {
  const xi = Math.floor(x);
  const yi = Math.floor(y);
  const fx = x - xi;
  const fy = y - yi;
  const u = fx * fx * (3 - 2 * fx);
  const v = fy * fy * (3 - 2 * fy);
  const a = lattice(seed, xi, yi);
  const b = lattice(seed, xi + 1, yi);
  const c = lattice(seed, xi, yi + 1);
  const d = lattice(seed, xi + 1, yi + 1);
  return a + (b - a) * u + (c - a) * v + (a - b - c + d) * u * v;
}

/** Octaves of value noise, each half as large and half as strong, in [−1, 1]. */
export function fractalNoise(
  seed: number,
  x: number,
  y: number,
  octaves: number,
): number {
  let sum = 0;
  let total = 0;
  let amplitude = 1;
  let u = x;
  let v = y;
  for (let i = 0; i < octaves; i++) {
    sum += amplitude * valueNoise(seed + i, u, v);
    total += amplitude;
    amplitude /= 2;
    // Twice as fine and turned by 37°, so that no lattice shows through.
    [u, v] = [1.6 * u + 1.2 * v, 1.6 * v - 1.2 * u];
  }
  return sum / total;
}
