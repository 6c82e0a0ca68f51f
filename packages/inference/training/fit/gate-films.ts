/**
 * Pictures the gate learns from: true films, and what must be refused. Broken
 * films are made of training films; other pictures come from a folder with a
 * manifest (kind, file) and are drawn from scratch.
 */
import { augment, STANDARD_AUGMENTATION } from "../data/augment.ts";
import { IDENTITY_WARP, warp } from "../data/augment-geometry.ts";
import { drawNothing } from "./gate-drawings.ts";
import { normalisePercentiles } from "../../src/models/preprocess.ts";
import type { Random } from "../data/random.ts";

/** Classes in the head's order; the first is accepted. */
export const GATE_CLASSES = [
  "frontal",
  "not-a-chest-film",
  "lateral",
  "rotated",
  "inverted",
  "cut-off",
] as const;

export type GateClass = (typeof GATE_CLASSES)[number];

/** Ways to break a film; `kind` names what was done, for held-out tests. */
export const BREAKAGES = [
  "turned-90",
  "turned-180",
  "turned-270",
  "inverted",
  "cut-half",
  "cut-window",
  "covered",
  "shuffled",
  "collage",
] as const;

export type Breakage = (typeof BREAKAGES)[number];

/** The class each way of breaking belongs to. */
export function classOfBreakage(breakage: Breakage): GateClass {
  if (breakage.startsWith("turned")) return "rotated";
  if (breakage === "inverted") return "inverted";
  if (breakage === "shuffled" || breakage === "collage") {
    return "not-a-chest-film";
  }
  return "cut-off";
}

/** A true film, moved and toned as films are, rather less than in training. */
export function goodFilm(
  bytes: Uint8Array,
  side: number,
  size: number,
  random: Random,
): Float32Array {
  if (random.chance(0.35)) return warp(bytes, side, size, IDENTITY_WARP);
  const mild = { ...STANDARD_AUGMENTATION, cover: 0.15, rotateDegrees: 8 };
  return augment(bytes, side, size, mild, random).grey;
}

/** A broken film; the same mild changes come first. */
export function brokenFilm(
  bytes: Uint8Array,
  side: number,
  size: number,
  breakage: Breakage,
  random: Random,
): Float32Array {
  const good = goodFilm(bytes, side, size, random);
  switch (breakage) {
    case "turned-90":
      return turn(good, size, 1);
    case "turned-180":
      return turn(good, size, 2);
    case "turned-270":
      return turn(good, size, 3);
    case "inverted":
      return good.map((v) => 1 - v);
    case "cut-half":
      return renormalise(window(good, size, halfWindow(random)));
    case "cut-window":
      return renormalise(window(good, size, smallWindow(random)));
    case "covered":
      return covered(good, size, random);
    case "shuffled":
      return shuffled(good, size, random);
    case "collage":
      return collage(good, size, random);
  }
}

/** A picture that is no film at all, drawn. */
export function drawnPicture(size: number, random: Random): Float32Array {
  return drawNothing(size, random);
}

/** Turned clockwise by quarter turns. */
export function turn(
  grey: Float32Array,
  size: number,
  quarters: 1 | 2 | 3,
): Float32Array {
  const last = size - 1;
  return grey.map((_, at) => {
    const x = at % size;
    const y = Math.floor(at / size);
    if (quarters === 2) return grey[(last - y) * size + last - x] ?? 0;
    if (quarters === 1) return grey[(last - x) * size + y] ?? 0;
    return grey[x * size + last - y] ?? 0;
  });
}

interface Window {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** At most 55 % of one side stays: one lung, or the upper or lower part. */
function halfWindow(random: Random): Window {
  const part = random.range(0.3, 0.52);
  const isLow = random.chance(0.5);
  const start = isLow ? 0 : 1 - part;
  return random.chance(0.5)
    ? { x: start, y: 0, width: part, height: 1 }
    : { x: 0, y: start, width: 1, height: part };
}

function smallWindow(random: Random): Window {
  const width = random.range(0.25, 0.5);
  const height = width * random.range(0.8, 1.25);
  return {
    x: random.range(0, 1 - width),
    y: random.range(0, 1 - height),
    width,
    height,
  };
}

function window(grey: Float32Array, size: number, part: Window): Float32Array {
  const bytes = Uint8Array.from(grey, (v) =>
    Math.round(Math.min(1, Math.max(0, v)) * 255),
  );
  return warp(bytes, size, size, {
    ...IDENTITY_WARP,
    scaleX: 1 / part.width,
    scaleY: 1 / part.height,
    shiftX: (0.5 - part.x - part.width / 2) / part.width,
    shiftY: (0.5 - part.y - part.height / 2) / part.height,
  });
}

function renormalise(grey: Float32Array): Float32Array {
  normalisePercentiles(grey, 1, 99);
  return grey;
}

/** Half or more of the film replaced by one grey. */
function covered(
  grey: Float32Array,
  size: number,
  random: Random,
): Float32Array {
  const out = Float32Array.from(grey);
  const value = random.chance(0.6) ? 0 : random.next();
  const part = halfWindow(random);
  for (let at = 0; at < out.length; at += 1) {
    const x = (at % size) / size;
    const y = Math.floor(at / size) / size;
    const isKept =
      x >= part.x &&
      y >= part.y &&
      x < part.x + part.width &&
      y < part.y + part.height;
    if (!isKept) out[at] = value;
  }
  return out;
}

/** Tiles of the film in another order: its texture without its anatomy. */
function shuffled(
  grey: Float32Array,
  size: number,
  random: Random,
): Float32Array {
  const tiles = random.chance(0.5) ? 2 : 4;
  const side = size / tiles;
  const order = Array.from({ length: tiles * tiles }, (_, at) => at);
  for (let at = order.length - 1; at > 0; at -= 1) {
    const other = random.below(at + 1);
    [order[at], order[other]] = [order[other] ?? 0, order[at] ?? 0];
  }
  // A shuffle that leaves most tiles in place is still a film.
  order.push(order.shift() ?? 0);
  return grey.map((_, at) => {
    const x = at % size;
    const y = Math.floor(at / size);
    const tile = Math.floor(y / side) * tiles + Math.floor(x / side);
    const from = order[tile] ?? 0;
    const sx = (from % tiles) * side + (x % side);
    const sy = Math.floor(from / tiles) * side + (y % side);
    return grey[sy * size + sx] ?? 0;
  });
}

/** The film two or three times a side: a contact sheet. */
function collage(
  grey: Float32Array,
  size: number,
  random: Random,
): Float32Array {
  const times = 2 + random.below(2);
  return grey.map((_, at) => {
    const x = ((at % size) * times) % size;
    const y = (Math.floor(at / size) * times) % size;
    return grey[y * size + x] ?? 0;
  });
}
