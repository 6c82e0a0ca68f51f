import type { GreyGrid } from "./grey-grid.ts";
import { LEAST_HEIGHT, letterShapes, type Shape } from "./letter-shapes.ts";

/** Shapes one beside the other that may be letters of a line. */
export interface Chain {
  shapes: Shape[];
  sign: 1 | -1;
  /** Written from top to bottom; then x and y of its shapes are swapped. */
  isUpright: boolean;
}

/** Chains of a picture: brighter and darker ones, level and upright ones. */
export function chainsOf(grid: GreyGrid): Chain[] {
  const side = Math.max(grid.width, grid.height);
  const radius = Math.max(9, Math.round(side / 55));
  return ([1, -1] as const).flatMap((sign) => {
    const shapes = letterShapes(grid, sign, radius).filter(isLetter);
    return [shapes, shapes.map(onItsSide)].flatMap((all, isUpright) =>
      chain(all.filter(fitsLine)).map((line) => ({
        shapes: line,
        sign,
        isUpright: isUpright === 1,
      })),
    );
  });
}

function onItsSide(shape: Shape): Shape {
  const { x, y, width, height } = shape;
  return { ...shape, x: y, y: x, width: height, height: width };
}

/** Wider ones are letters of a line that runs the other way, or none. */
function fitsLine({ width, height }: Shape): boolean {
  return width <= 3 * height && height >= LEAST_HEIGHT;
}

function isLetter({ sharpness, roughness }: Shape): boolean {
  return sharpness > 0.55 && roughness < 0.6;
}

/** Neighbours of like height on one line, three or more. */
function chain(shapes: readonly Shape[]): Shape[][] {
  const sorted = [...shapes].sort((a, b) => a.x - b.x);
  const chains: Shape[][] = [];
  const used = new Set<Shape>();
  for (const first of sorted) {
    if (used.has(first)) continue;
    const line = [first];
    let last = first;
    for (;;) {
      const next = sorted.find(
        (shape) =>
          shape !== last &&
          !used.has(shape) &&
          !line.includes(shape) &&
          follows(last, shape),
      );
      if (next === undefined) break;
      line.push(next);
      last = next;
    }
    if (line.length < 3) continue;
    for (const shape of line) used.add(shape);
    chains.push(line);
  }
  return chains;
}

function follows(a: Shape, b: Shape): boolean {
  const tall = Math.max(a.height, b.height);
  const low = Math.min(a.height, b.height);
  const gap = b.x - (a.x + a.width);
  const overlap = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return (
    b.x > a.x &&
    tall < 1.8 * low &&
    gap > -0.3 * tall &&
    gap < 1.1 * tall &&
    overlap > 0.55 * low &&
    Math.abs(a.ink - b.ink) < 0.35 * Math.max(a.contrast, b.contrast) &&
    Math.max(a.contrast, b.contrast) < 1.9 * Math.min(a.contrast, b.contrast)
  );
}
