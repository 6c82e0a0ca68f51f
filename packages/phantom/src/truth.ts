import type { Anatomy } from "./anatomy/plan.ts";
import {
  projectPoint,
  type Beam,
  type FilmGeometry,
} from "./projection/ray.ts";
import { shrink } from "./projection/resample.ts";
import type { Box } from "./types.ts";

/** Attenuation, in nepers, from which a reader would call it an opacity. */
const VISIBLE = 0.1;
/** Share of the opacity's own peak that its box goes down to. */
const EDGE_SHARE = 0.28;
/** Smaller specks than this share of the film get no box of their own. */
const SMALLEST_SHARE = 0.0025;

interface Region {
  count: number;
  left: number;
  right: number;
  top: number;
  bottom: number;
}

function toBox(region: Region): Box {
  return {
    x: region.left,
    y: region.top,
    width: region.right - region.left + 1,
    height: region.bottom - region.top + 1,
  };
}

/** Connected pixels (by edges) of the mask, largest first. */
function regions(mask: Uint8Array, width: number): Region[] {
  const left = Uint8Array.from(mask);
  const stack: number[] = [];
  const found: Region[] = [];
  for (let start = 0; start < left.length; start++) {
    if (left[start] !== 1) continue;
    const region: Region = {
      count: 0,
      left: width,
      right: 0,
      top: left.length,
      bottom: 0,
    };
    left[start] = 0;
    stack.push(start);
    for (let i = stack.pop(); i !== undefined; i = stack.pop()) {
      const x = i % width;
      const y = (i - x) / width;
      region.count++;
      region.left = Math.min(region.left, x);
      region.right = Math.max(region.right, x);
      region.top = Math.min(region.top, y);
      region.bottom = Math.max(region.bottom, y);
      const next = [
        x > 0 ? i - 1 : -1,
        x < width - 1 ? i + 1 : -1,
        i - width,
        i + width,
      ];
      for (const n of next) {
        if (n >= 0 && left[n] === 1) {
          left[n] = 0;
          stack.push(n);
        }
      }
    }
    found.push(region);
  }
  return found.sort((a, b) => b.count - a.count);
}

/** Boxes are found on a map of about this many pixels a side. */
const BOX_GRID = 256;

/** Boxes around what the disease added, one for each separate opacity. */
export function opacityBoxes(
  added: Float32Array,
  width: number,
  height: number,
): Box[] {
  const factor = Math.max(1, Math.floor(Math.max(width, height) / BOX_GRID));
  const grid = shrink(added, width, height, factor);
  let peak = 0;
  for (const value of grid.map) peak = Math.max(peak, value);
  if (peak < VISIBLE) return [];
  const limit = Math.max(0.5 * VISIBLE, EDGE_SHARE * peak);
  const mask = Uint8Array.from(grid.map, (value) => (value > limit ? 1 : 0));
  const smallest = SMALLEST_SHARE * grid.width * grid.height;
  return regions(mask, grid.width)
    .filter((region) => region.count > smallest)
    .map((region) => {
      const x = Math.max(0, region.left * factor + grid.offsetX);
      const y = Math.max(0, region.top * factor + grid.offsetY);
      const right = (region.right + 1) * factor + grid.offsetX;
      const bottom = (region.bottom + 1) * factor + grid.offsetY;
      return {
        x,
        y,
        width: Math.min(width, right) - x,
        height: Math.min(height, bottom) - y,
      };
    });
}

/** Boxes of both lungs: the mask cut in two along the projected midline. */
export function lungBoxes(
  mask: Uint8Array,
  width: number,
  height: number,
  anatomy: Anatomy,
  beam: Beam,
  film: FilmGeometry,
): { rightLung: Box; leftLung: Box } {
  const h = anatomy.subject.lungHeight;
  const [topColumn, topRow] = projectPoint(beam, film, 0, 0, 0);
  const [lowColumn, lowRow] = projectPoint(beam, film, 0, h, 0);
  const boxes = [-1, 1].map((side) => {
    const region: Region = {
      count: 0,
      left: width,
      right: 0,
      top: height,
      bottom: 0,
    };
    for (let y = 0; y < height; y++) {
      const middle =
        topColumn +
        ((lowColumn - topColumn) * (y - topRow)) / (lowRow - topRow);
      for (let x = 0; x < width; x++) {
        if (mask[y * width + x] !== 1 || x < middle === side > 0) continue;
        region.count++;
        region.left = Math.min(region.left, x);
        region.right = Math.max(region.right, x);
        region.top = Math.min(region.top, y);
        region.bottom = Math.max(region.bottom, y);
      }
    }
    return toBox(region);
  });
  const [rightLung, leftLung] = boxes;
  if (!rightLung || !leftLung) throw new Error("a chest has two lungs");
  return { rightLung, leftLung };
}
