/** A picture of 8 bits, row by row. */
export interface GreyGrid {
  width: number;
  height: number;
  pixels: Uint8Array;
}

/** Means of squares of `factor` pixels. */
export function shrunk(grid: GreyGrid, factor: number): GreyGrid {
  if (factor === 1) return grid;
  const width = Math.floor(grid.width / factor);
  const height = Math.floor(grid.height / factor);
  const pixels = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      let sum = 0;
      for (let dy = 0; dy < factor; dy += 1) {
        const row = (y * factor + dy) * grid.width + x * factor;
        for (let dx = 0; dx < factor; dx += 1)
          sum += grid.pixels[row + dx] ?? 0;
      }
      pixels[y * width + x] = Math.round(sum / (factor * factor));
    }
  return { width, height, pixels };
}
