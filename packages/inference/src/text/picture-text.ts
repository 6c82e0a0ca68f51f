import { isDeepStrictEqual } from "node:util";
import { windowFromEnds } from "@lung-iris/dicom";
import { toBytes } from "../image/render-film.ts";
import type { Film } from "../types.ts";
import { shrunk, type GreyGrid } from "./grey-grid.ts";
import type { Shape } from "./letter-shapes.ts";
import { lineFeatures } from "./line-features.ts";
import { BIAS, MEANS, SPREADS, WEIGHTS } from "./line-weights.ts";
import { chainsOf, type Chain } from "./text-lines.ts";

/** Where letters stand, in pixels of the film. */
export interface TextRegion {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Longest side that is looked at; letters of 8 pixels there are found. */
const MOST_SIDE = 2_000;
/** Features further off than this many deviations say no more. */
const MOST_DEVIATIONS = 4;

/**
 * Lines of three letters or more in a film, level or upright, brighter or
 * darker than the tissue: patches with the size and the sharp edge of
 * letters, chained into lines, each line judged by a logistic regression of 15
 * measures (docs/decisions/0051 says how well). Side markers of one
 * or two letters are no text. A film with a window is looked at twice, through
 * it and over its whole range, because a window can hide what is in the pixels.
 */
export function findPictureText(film: Film): TextRegion[] {
  const views = [toBytes(film, film.window)];
  const whole = windowFromEnds(0, film.maxValue);
  if (!isDeepStrictEqual(film.window, whole)) views.push(toBytes(film, whole));
  const { width, height } = film;
  const factor = Math.ceil(Math.max(width, height) / MOST_SIDE);
  return views.flatMap((pixels) => {
    const grid = shrunk({ width, height, pixels }, factor);
    return linesIn(grid).map((line) => regionOf(line, factor, film));
  });
}

function linesIn(grid: GreyGrid): Chain[] {
  const side = Math.max(grid.width, grid.height);
  return chainsOf(grid).filter(
    ({ shapes }) => logOdds(lineFeatures(shapes, side)) > 0,
  );
}

function logOdds(features: readonly number[]): number {
  return features.reduce((sum, value, at) => {
    const off = (value - (MEANS[at] ?? 0)) / (SPREADS[at] ?? 1);
    const bounded = Math.max(-MOST_DEVIATIONS, Math.min(MOST_DEVIATIONS, off));
    return sum + (WEIGHTS[at] ?? 0) * bounded;
  }, BIAS);
}

/**
 * The line with room around it: accents above, letters that ran together or
 * were too faint at its ends.
 */
function regionOf(
  { shapes, isUpright }: Chain,
  factor: number,
  film: Pick<Film, "width" | "height">,
): TextRegion {
  const tall = Math.max(...shapes.map(({ height }) => height));
  const [left, right] = ends(shapes, "x", "width", 3 * tall);
  const [top, bottom] = ends(shapes, "y", "height", 0.7 * tall);
  const [x0, x1, y0, y1] = isUpright
    ? [top, bottom, left, right]
    : [left, right, top, bottom];
  const within = (place: number, most: number) =>
    Math.max(0, Math.min(most, Math.round(place * factor)));
  const [x, y] = [within(x0, film.width), within(y0, film.height)];
  return {
    x,
    y,
    width: within(x1, film.width) - x,
    height: within(y1, film.height) - y,
  };
}

function ends(
  shapes: readonly Shape[],
  from: "x" | "y",
  length: "width" | "height",
  room: number,
): [number, number] {
  return [
    Math.min(...shapes.map((shape) => shape[from])) - room,
    Math.max(...shapes.map((shape) => shape[from] + shape[length])) + room,
  ];
}
