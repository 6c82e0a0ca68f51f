import sharp from "sharp";

import type { ActivationMap, Assessment, Box, Film } from "../types.ts";
import { inferno } from "./colour-scale.ts";
import { toBytes } from "./render-film.ts";

/** Opacity of the map where it is 1; it fades with the map itself. */
const OPACITY = 0.6;
const BOX_COLOUR = [0, 229, 255] as const;
/** Lines stay visible when a large film is shown small. */
const LINE_SHARE = 1 / 300;

/**
 * The film at source size with the first activation map over it and the boxes
 * drawn, as PNG. Without a map (a film that was not assessed) it is the plain
 * film.
 */
export async function renderOverlay(
  film: Film,
  assessment: Pick<Assessment, "cam" | "boxes">,
): Promise<Uint8Array> {
  const rgb = greyToRgb(toBytes(film, film.window));
  const [map] = assessment.cam;
  if (map !== undefined) paintMap(rgb, film, map);
  for (const box of assessment.boxes) paintBox(rgb, film, box);
  const png = await sharp(rgb, {
    raw: { width: film.width, height: film.height, channels: 3 },
    limitInputPixels: false,
  })
    .png({ compressionLevel: 6 })
    .toBuffer();
  return new Uint8Array(png);
}

function greyToRgb(grey: Uint8Array): Uint8Array {
  const rgb = new Uint8Array(grey.length * 3);
  for (let i = 0; i < grey.length; i++)
    rgb.fill(grey[i] ?? 0, 3 * i, 3 * i + 3);
  return rgb;
}

function paintMap(rgb: Uint8Array, film: Film, map: ActivationMap): void {
  const colours = Array.from({ length: 256 }, (_, i) => inferno(i / 255));
  const { rect } = map;
  const left = Math.max(0, Math.round(rect.x));
  const top = Math.max(0, Math.round(rect.y));
  const right = Math.min(film.width, Math.round(rect.x + rect.width));
  const bottom = Math.min(film.height, Math.round(rect.y + rect.height));
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const value = mapValueAt(map, x + 0.5, y + 0.5);
      const colour = colours[Math.round(255 * Math.min(1, value))];
      if (colour === undefined) continue;
      blend(rgb, 3 * (y * film.width + x), colour, OPACITY * value);
    }
  }
}

/** Bilinear value of the map at a point of the film; edges continue outwards. */
export function mapValueAt(map: ActivationMap, x: number, y: number): number {
  const { rect, width, height, values } = map;
  const u = clamp(((x - rect.x) / rect.width) * width - 0.5, width - 1);
  const v = clamp(((y - rect.y) / rect.height) * height - 0.5, height - 1);
  const i = Math.min(Math.trunc(u), Math.max(0, width - 2));
  const j = Math.min(Math.trunc(v), Math.max(0, height - 2));
  const at = (di: number, dj: number): number =>
    values[
      Math.min(height - 1, j + dj) * width + Math.min(width - 1, i + di)
    ] ?? 0;
  const above = at(0, 0) + (at(1, 0) - at(0, 0)) * (u - i);
  const below = at(0, 1) + (at(1, 1) - at(0, 1)) * (u - i);
  return above + (below - above) * (v - j);
}

function clamp(value: number, max: number): number {
  return Math.min(max, Math.max(0, value));
}

function paintBox(rgb: Uint8Array, film: Film, box: Box): void {
  const line = Math.max(
    1,
    Math.round(Math.max(film.width, film.height) * LINE_SHARE),
  );
  const left = Math.round(box.x);
  const top = Math.round(box.y);
  const right = Math.round(box.x + box.width);
  const bottom = Math.round(box.y + box.height);
  fillRect(rgb, film, left, top, right, top + line);
  fillRect(rgb, film, left, bottom - line, right, bottom);
  fillRect(rgb, film, left, top, left + line, bottom);
  fillRect(rgb, film, right - line, top, right, bottom);
}

function fillRect(
  rgb: Uint8Array,
  film: Film,
  left: number,
  top: number,
  right: number,
  bottom: number,
): void {
  for (let y = Math.max(0, top); y < Math.min(film.height, bottom); y++) {
    for (let x = Math.max(0, left); x < Math.min(film.width, right); x++) {
      blend(rgb, 3 * (y * film.width + x), BOX_COLOUR, 1);
    }
  }
}

function blend(
  rgb: Uint8Array,
  at: number,
  colour: readonly [number, number, number],
  alpha: number,
): void {
  for (const [channel, value] of colour.entries()) {
    const below = rgb[at + channel] ?? 0;
    rgb[at + channel] = Math.round(below + (value - below) * alpha);
  }
}
