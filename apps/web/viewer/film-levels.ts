/** Samples row by row; those of a film, or fewer of the same picture. */
export interface Samples {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint16Array;
}

/** The film at half its size, a quarter…; lives as long as its samples do. */
const halves = new WeakMap<Uint16Array, Samples>();

/**
 * The samples that a film shown this small is painted from: as few as there
 * are without any of them being larger than a pixel of the screen. Each stands
 * for `side` × `side` pixels of the film, of which it is the mean.
 * @param scale pixels of the screen a film pixel
 */
export function levelFor(
  film: Samples,
  scale: number,
): { level: Samples; side: number } {
  let level = film;
  let side = 1;
  while (scale * side * 2 <= 1 && level.width > 1 && level.height > 1) {
    level = halfOf(level);
    side *= 2;
  }
  return { level, side };
}

function halfOf(film: Samples): Samples {
  const known = halves.get(film.pixels);
  if (known) return known;
  const half = halved(film);
  halves.set(film.pixels, half);
  return half;
}

/** Means of two by two; a last odd row or column is its own mean. */
export function halved({ width, height, pixels }: Samples): Samples {
  const across = Math.ceil(width / 2);
  const down = Math.ceil(height / 2);
  const half = new Uint16Array(across * down);
  let to = 0;
  for (let row = 0; row < down; row++) {
    const upper = 2 * row * width;
    const lower = Math.min(2 * row + 1, height - 1) * width;
    for (let column = 0; column < across; column++, to++) {
      const left = 2 * column;
      const right = Math.min(left + 1, width - 1);
      const sum =
        (pixels[upper + left] ?? 0) +
        (pixels[upper + right] ?? 0) +
        (pixels[lower + left] ?? 0) +
        (pixels[lower + right] ?? 0);
      half[to] = (sum + 2) >> 2;
    }
  }
  return { width: across, height: down, pixels: half };
}
