/** Letters, numbers and markers, burnt in or of lead, in several hands. */
import type { Random } from "./random.ts";

/** Five columns by seven rows, a bit a dot, top row first. */
const GLYPHS: Record<string, readonly number[]> = {
  R: [30, 17, 17, 30, 20, 18, 17],
  L: [16, 16, 16, 16, 16, 16, 31],
  P: [30, 17, 17, 30, 16, 16, 16],
  A: [14, 17, 17, 31, 17, 17, 17],
  D: [30, 17, 17, 17, 17, 17, 30],
  E: [31, 16, 16, 30, 16, 16, 31],
  S: [15, 16, 16, 14, 1, 1, 30],
  K: [17, 18, 20, 24, 20, 18, 17],
  V: [17, 17, 17, 17, 17, 10, 4],
  M: [17, 27, 21, 21, 17, 17, 17],
  T: [31, 4, 4, 4, 4, 4, 4],
  X: [17, 17, 10, 4, 10, 17, 17],
  "0": [14, 17, 19, 21, 25, 17, 14],
  "1": [4, 12, 4, 4, 4, 4, 14],
  "2": [14, 17, 1, 2, 4, 8, 31],
  "3": [31, 2, 4, 2, 1, 17, 14],
  "4": [2, 6, 10, 18, 31, 2, 2],
  "5": [31, 16, 30, 1, 1, 17, 14],
  "6": [6, 8, 16, 30, 17, 17, 14],
  "7": [31, 1, 2, 4, 8, 8, 8],
  "8": [14, 17, 17, 14, 17, 17, 14],
  "9": [14, 17, 17, 15, 1, 2, 12],
  ".": [0, 0, 0, 0, 0, 12, 12],
  ":": [0, 12, 12, 0, 12, 12, 0],
  "/": [1, 1, 2, 4, 8, 16, 16],
  "-": [0, 0, 0, 31, 0, 0, 0],
};
const COLUMNS = 5;
const ROWS = 7;
const DIGITS = "0123456789";

/** One hand: how strokes look. */
interface Hand {
  /** Height of a capital in pixels of the grid. */
  height: number;
  /** Width of a letter by its height. */
  width: number;
  /** Half a stroke, in dots of the glyph. */
  weight: number;
  slant: number;
  level: number;
  /** A quarter turn: markers lie as they were laid down. */
  isTurned: boolean;
  isMirrored: boolean;
}

/**
 * A side letter, lines of numbers, or both, in places where technicians and
 * devices put them. Drawn on films with and without disease alike.
 */
export function drawLettering(
  grey: Float32Array,
  size: number,
  random: Random,
): void {
  // Lead and burnt-in text are brighter than any anatomy: the film's own
  // white lies below theirs, and a large marker takes the whole scale.
  if (random.chance(0.5)) {
    const headroom = random.range(0.65, 1);
    for (let at = 0; at < grey.length; at += 1) {
      grey[at] = (grey[at] ?? 0) * headroom;
    }
  }
  if (random.chance(0.75)) drawSideLetter(grey, size, random);
  if (random.chance(0.55)) drawLines(grey, size, random);
}

function drawSideLetter(
  grey: Float32Array,
  size: number,
  random: Random,
): void {
  const hand = drawHand(random, size * random.range(0.045, 0.17));
  const word = pick(random, [
    "R",
    "L",
    "R",
    "L",
    "D",
    "E",
    "AP",
    "PA",
    "R1",
    "L2",
  ]);
  const x = random.chance(0.5)
    ? random.range(0.01, 0.16)
    : random.range(0.76, 0.93);
  const y = random.chance(0.8)
    ? random.range(0.01, 0.3)
    : random.range(0.7, 0.9);
  const at = { x: x * size, y: y * size };
  if (random.chance(0.2)) {
    const side = hand.height * random.range(1.2, 1.6);
    fillRectangle(
      grey,
      size,
      at.x - side * 0.2,
      at.y - side * 0.2,
      side,
      side,
      1 - hand.level,
    );
  }
  write(grey, size, word, at, hand);
}

/** One to four short lines in a corner: exposure, date, number. */
function drawLines(grey: Float32Array, size: number, random: Random): void {
  const hand = {
    ...drawHand(random, size * random.range(0.03, 0.055)),
    isTurned: false,
  };
  const lines = 1 + random.below(4);
  const x = random.chance(0.5)
    ? random.range(0.01, 0.1)
    : random.range(0.55, 0.8);
  const y = random.chance(0.5)
    ? random.range(0.01, 0.08)
    : random.range(0.72, 0.88);
  for (let line = 0; line < lines; line += 1) {
    const top = (y + 0.045 * line) * size + line;
    write(grey, size, drawText(random), { x: x * size, y: top }, hand);
  }
}

function drawText(random: Random): string {
  const number = (length: number): string =>
    Array.from({ length }, () => DIGITS[random.below(10)] ?? "0").join("");
  return pick(random, [
    `${number(2)}KV`,
    `${number(1)}.${number(1)}MAS`,
    `${number(2)}.${number(2)}.${number(4)}`,
    `${number(2)}:${number(2)}`,
    number(3 + random.below(5)),
    `AP ${number(2)}`,
    `S${number(3)}/${number(1)}`,
  ]);
}

function drawHand(random: Random, height: number): Hand {
  return {
    height,
    width: random.range(0.5, 0.9),
    weight: random.range(0.3, 0.75),
    slant: random.chance(0.3) ? random.range(-0.3, 0.3) : 0,
    level: random.chance(0.9) ? random.range(0.75, 1.1) : random.range(0, 0.15),
    isTurned: random.chance(0.12),
    isMirrored: random.chance(0.1),
  };
}

function pick<T>(random: Random, from: readonly [T, ...T[]]): T {
  return from[random.below(from.length)] ?? from[0];
}

function write(
  grey: Float32Array,
  size: number,
  text: string,
  at: { x: number; y: number },
  hand: Hand,
): void {
  const advance = hand.height * hand.width * 1.2;
  for (const [index, letter] of Array.from(text).entries()) {
    const rows = GLYPHS[letter];
    if (rows === undefined) continue;
    drawGlyph(grey, size, rows, { x: at.x + index * advance, y: at.y }, hand);
  }
}

/** Paints every pixel that lies near enough to a dot of the glyph. */
function drawGlyph(
  grey: Float32Array,
  size: number,
  rows: readonly number[],
  at: { x: number; y: number },
  hand: Hand,
): void {
  const height = Math.ceil(hand.height) + 1;
  const width = Math.ceil(hand.height * hand.width) + 2;
  const [across, down] = hand.isTurned ? [height, width] : [width, height];
  for (let dy = 0; dy < down; dy += 1) {
    for (let dx = 0; dx < across; dx += 1) {
      const x = Math.round(at.x) + dx;
      const y = Math.round(at.y) + dy;
      if (x < 0 || y < 0 || x >= size || y >= size) continue;
      const [u, v] = hand.isTurned ? [dy, height - dx] : [dx, dy];
      const row = (v / hand.height) * ROWS - 0.5;
      const plain = (u / (hand.height * hand.width)) * COLUMNS - 0.5;
      const slanted = plain + hand.slant * (row - ROWS / 2);
      const column = hand.isMirrored ? COLUMNS - 1 - slanted : slanted;
      const ink = inkAt(rows, column, row, hand.weight);
      if (ink === 0) continue;
      const pixel = y * size + x;
      const before = grey[pixel] ?? 0;
      grey[pixel] = before + ink * (hand.level - before);
    }
  }
}

/** 1 on a stroke, falling to 0 within a quarter of a dot. */
function inkAt(
  rows: readonly number[],
  column: number,
  row: number,
  weight: number,
): number {
  let nearest = Infinity;
  for (let y = Math.floor(row); y <= Math.floor(row) + 1; y += 1) {
    const bits = rows[y] ?? 0;
    for (let x = Math.floor(column); x <= Math.floor(column) + 1; x += 1) {
      if (x < 0 || x >= COLUMNS) continue;
      if ((bits & (1 << (COLUMNS - 1 - x))) === 0) continue;
      nearest = Math.min(nearest, Math.hypot(x - column, y - row));
    }
  }
  return Math.min(1, Math.max(0, (weight + 0.25 - nearest) / 0.25));
}

function fillRectangle(
  grey: Float32Array,
  size: number,
  left: number,
  top: number,
  width: number,
  height: number,
  level: number,
): void {
  const right = Math.min(size, Math.round(left + width));
  const bottom = Math.min(size, Math.round(top + height));
  for (let y = Math.max(0, Math.round(top)); y < bottom; y += 1) {
    grey.fill(
      level,
      y * size + Math.max(0, Math.round(left)),
      y * size + right,
    );
  }
}
