import type { Random } from "../random.ts";
import type { Subject } from "./subject.ts";

/** One vertebra as the film shows it from the front; centimetres. */
export interface Vertebra {
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly halfWidth: number;
  readonly halfHeight: number;
  /** Half depth of the body, along the ray. */
  readonly halfDepth: number;
  /** Where the shadow of the spinous process lies below the middle. */
  readonly spinousDrop: number;
}

/**
 * From the lower neck to the upper loins: bodies grow downwards, as does the
 * spacing; the column bends a little sideways.
 */
export function planSpine(subject: Subject, random: Random): Vertebra[] {
  const { unit, lungHeight: h, ribHalfDepth: b } = subject;
  const bend = 0.5 * random.normal() * unit;
  const phase = random.between(0, 6.28);
  const vertebrae: Vertebra[] = [];
  // Eleven thoracic spaces span 1.19 lung heights, as do the heads of the ribs.
  const spacing = (1.19 * h) / 11;
  for (let level = -5; level < 21; level++) {
    const growth = 1 + 0.028 * level;
    const y = (level - 0.25) * spacing;
    vertebrae.push({
      x: bend * Math.sin(phase + level * 0.22),
      y,
      z: -0.72 * b,
      halfWidth: 1.55 * unit * growth * (level < 0 ? 0.95 : 1),
      halfHeight: 0.41 * spacing,
      halfDepth: 1.45 * unit * growth,
      spinousDrop: 0.55 * spacing,
    });
  }
  return vertebrae;
}
