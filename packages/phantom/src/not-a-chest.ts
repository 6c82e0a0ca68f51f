import { lerp } from "./anatomy/curve.ts";
import { fractalNoise } from "./noise-field.ts";
import { blur } from "./projection/resample.ts";
import {
  roundProfile,
  TubePainter,
  type FilmPoint,
} from "./projection/tube-painter.ts";
import { randomStream, type Random } from "./random.ts";
import type { FilmPixels } from "./types.ts";

/** Pictures that an input gate must not take for an upright frontal chest film. */
export type NotAChestKind =
  "hand" | "lateral" | "text-page" | "checkerboard" | "screenshot" | "blank";

const MAX_VALUE = 4095;

interface Canvas {
  readonly size: number;
  /** Grey, 0 to 1. */
  readonly grey: Float32Array;
}

function fillRectangle(
  canvas: Canvas,
  [x, y, width, height]: readonly [number, number, number, number],
  value: number,
): void {
  const { size, grey } = canvas;
  const left = Math.max(0, Math.round(x * size));
  const right = Math.min(size, Math.round((x + width) * size));
  const top = Math.max(0, Math.round(y * size));
  const bottom = Math.min(size, Math.round((y + height) * size));
  for (let row = top; row < bottom; row++) {
    grey.fill(value, row * size + left, row * size + right);
  }
}

/** Bones in soft tissue: chords of tubes, summed, through Beer and Lambert. */
function paintLimb(
  canvas: Canvas,
  painter: TubePainter,
  flesh: Float32Array,
  points: readonly (readonly [x: number, y: number, radius: number])[],
): void {
  const { size, grey } = canvas;
  const tube = (share: number): FilmPoint[] =>
    points.map(([x, y, radius]) => ({
      column: x * size,
      row: y * size,
      radius: Math.max(1, radius * share * size),
      gain: radius * share,
    }));
  const soft = new Float32Array(flesh.length);
  painter.paint(soft, tube(1), roundProfile);
  for (let i = 0; i < flesh.length; i++) {
    // Fingers side by side share their skin: the thicker one counts.
    flesh[i] = Math.max(flesh[i] ?? 0, soft[i] ?? 0);
  }
  painter.paint(grey, tube(0.55), (q) => {
    const inner = q < 0.75 ? 1.5 * Math.sqrt(0.5625 - q * q) : 0;
    return roundProfile(q) - 0.6 * inner;
  });
}

/** Five rays of finger bones from a wrist, black around. */
function hand(canvas: Canvas, random: Random): void {
  const { size, grey } = canvas;
  const painter = new TubePainter(size, size);
  const flesh = new Float32Array(size * size);
  const lean = random.between(-0.12, 0.12);
  const wrist: readonly [number, number] = [0.5, 0.78];
  paintLimb(canvas, painter, flesh, [
    [0.46, 0.8, 0.085],
    [0.45, 1.05, 0.09],
  ]);
  paintLimb(canvas, painter, flesh, [
    [0.55, 0.8, 0.085],
    [0.56, 1.05, 0.09],
  ]);
  for (let finger = 0; finger < 5; finger++) {
    const angle = lerp(-0.75, 0.42, finger / 4) + lean;
    const length = [0.42, 0.62, 0.68, 0.63, 0.52][finger] ?? 0.6;
    const thickness = finger === 0 ? 0.055 : 0.046;
    const joints = [0.1, 0.5, 0.53, 0.74, 0.77, 0.89, 0.91, 1];
    const at = (share: number, radius: number): [number, number, number] => [
      wrist[0] + Math.sin(angle) * length * share + (finger - 2) * 0.035,
      wrist[1] - Math.cos(angle) * length * share,
      radius,
    ];
    for (let bone = 0; bone < 4; bone++) {
      const from = joints[2 * bone] ?? 0;
      const to = joints[2 * bone + 1] ?? 1;
      const knuckle = thickness * lerp(1.05, 0.7, to);
      paintLimb(canvas, painter, flesh, [
        at(from, knuckle),
        at((from + to) / 2, knuckle * 0.82),
        at(to, knuckle),
      ]);
    }
  }
  for (let i = 0; i < grey.length; i++) {
    const attenuation = 5 * (flesh[i] ?? 0) + 22 * (grey[i] ?? 0);
    grey[i] = 1 - Math.exp(-0.9 * attenuation);
  }
}

/**
 * A chest from the side: one column of lung between a curved spine behind and
 * the breast bone in front, the heart low in front, one pair of domes.
 */
function lateral(canvas: Canvas, random: Random): void {
  const { size, grey } = canvas;
  const facing = random.chance(0.5) ? 1 : -1;
  const noise = random.below(1_000_000);
  const ellipse = (
    x: number,
    y: number,
    [cx, cy, rx, ry]: readonly [number, number, number, number],
  ): number => {
    const u = (x - cx) / rx;
    const v = (y - cy) / ry;
    return Math.sqrt(Math.max(0, 1 - u * u - v * v));
  };
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const y = row / size;
      const x = 0.5 + facing * (column / size - 0.5);
      const body = ellipse(x, y, [0.5, 0.62, 0.36, 0.85]);
      const lungTop = ellipse(x, y, [0.5, 0.42, 0.25, 0.38]);
      const dome = ellipse(x, y, [0.55, 1, 0.33, 0.36]);
      const lung = Math.max(0, lungTop - 1.4 * dome);
      const heart = ellipse(x, y, [0.62, 0.58, 0.14, 0.15]);
      const spineX = 0.29 + 0.05 * Math.sin(3 * y) - 0.08 * (y - 0.5) ** 2;
      const vertebra = ((y * 13) % 1) - 0.5;
      const inSpine = Math.abs(x - spineX) < 0.045;
      const spine = inSpine ? (Math.abs(vertebra) < 0.4 ? 0.9 : 0.35) : 0;
      const ribs = Math.max(
        0,
        Math.sin(60 * (y + 0.55 * (x - 0.3) ** 2 - 0.25 * x)),
      );
      const texture = 0.05 * fractalNoise(noise, x * 24, y * 24, 3);
      const attenuation =
        5.2 * body -
        3.9 * lung +
        2 * heart * lung +
        spine +
        0.3 * ribs * ribs * lungTop +
        texture;
      grey[row * size + column] =
        1 - Math.exp(-0.42 * Math.max(0, attenuation));
    }
  }
}

/** Lines of dark words on white paper. */
function textPage(canvas: Canvas, random: Random): void {
  canvas.grey.fill(0.96);
  const line = random.between(0.022, 0.03);
  for (let y = 0.07; y < 0.93; y += line) {
    if (random.chance(0.12)) continue;
    const end = random.chance(0.2) ? random.between(0.4, 0.8) : 0.92;
    for (let x = 0.08; x < end;) {
      const word = random.between(0.015, 0.08);
      for (let letter = x; letter < Math.min(x + word, end); letter += 0.009) {
        const tall = random.between(0.35, 0.75) * line;
        fillRectangle(
          canvas,
          [letter, y + 0.75 * line - tall, 0.0055, tall],
          random.between(0.05, 0.3),
        );
      }
      x += word + 0.01;
    }
  }
}

function checkerboard(canvas: Canvas, random: Random): void {
  const squares = 4 + random.below(9);
  const { size, grey } = canvas;
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const dark =
        (Math.floor((row * squares) / size) +
          Math.floor((column * squares) / size)) %
        2;
      grey[row * size + column] = dark === 0 ? 0.9 : 0.12;
    }
  }
}

/** A window with a bar, a side list, fields and buttons. */
function screenshot(canvas: Canvas, random: Random): void {
  canvas.grey.fill(0.93);
  fillRectangle(canvas, [0, 0, 1, 0.06], 0.25);
  fillRectangle(canvas, [0, 0.06, 0.2, 0.94], 0.8);
  for (let i = 0; i < 12; i++) {
    const width = random.between(0.05, 0.14);
    fillRectangle(canvas, [0.03, 0.1 + i * 0.055, width, 0.015], 0.35);
  }
  for (let i = 0; i < 9; i++) {
    const y = 0.12 + i * 0.09;
    fillRectangle(canvas, [0.25, y, 0.7, 0.065], 0.99);
    fillRectangle(
      canvas,
      [0.27, y + 0.02, random.between(0.1, 0.3), 0.018],
      0.3,
    );
    fillRectangle(
      canvas,
      [0.6, y + 0.02, random.between(0.05, 0.2), 0.018],
      0.55,
    );
    fillRectangle(canvas, [0.86, y + 0.012, 0.07, 0.04], 0.45);
  }
}

/** A plate nobody stood in front of: bare exposure and a little grain. */
function blank(canvas: Canvas, random: Random): void {
  const level = random.between(0.02, 0.08);
  canvas.grey.fill(level);
}

const PAINTERS: Record<
  NotAChestKind,
  (canvas: Canvas, random: Random) => void
> = {
  hand,
  lateral,
  "text-page": textPage,
  checkerboard,
  screenshot,
  blank,
};

/** Kinds that come from an x-ray detector and carry its grain and blur. */
const RADIOGRAPHS = new Set<NotAChestKind>(["hand", "lateral", "blank"]);

/**
 * A picture that is no frontal chest film, for testing refusals. Deterministic.
 *
 * @param size pixels of each side
 */
export function makeNotAChest(
  kind: NotAChestKind,
  seed: number,
  size = 768,
): FilmPixels {
  const random = randomStream(seed, `not-a-chest ${kind}`);
  const canvas: Canvas = { size, grey: new Float32Array(size * size) };
  PAINTERS[kind](canvas, random);
  const isRadiograph = RADIOGRAPHS.has(kind);
  const grey = isRadiograph
    ? blur(canvas.grey, size, size, size / 600)
    : canvas.grey;
  const pixels = new Uint16Array(size * size);
  for (let i = 0; i < pixels.length; i++) {
    const grain = isRadiograph
      ? 0.006 * (random.next() + random.next() - 1)
      : 0;
    const value = Math.max(0, Math.min(1, (grey[i] ?? 0) + grain));
    pixels[i] = Math.round(value * MAX_VALUE);
  }
  return { width: size, height: size, pixels, maxValue: MAX_VALUE };
}
