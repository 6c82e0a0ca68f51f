import type { Random } from "../random.ts";
import type { Ellipsoid } from "../projection/solids.ts";
import { lerp, sampleCurve, type SampledCurve } from "./curve.ts";
import type { Subject } from "./subject.ts";

/** The skin: half width and half depth by height, and the fat beneath it. */
export interface BodyOutline {
  readonly halfWidth: SampledCurve;
  readonly halfDepth: SampledCurve;
  readonly fat: number;
}

/** The space the lungs lie in. */
export interface RibCage {
  /** Half width by height. */
  readonly halfWidth: SampledCurve;
  /** Half depth by height. */
  readonly halfDepth: SampledCurve;
  /** Distance from the midline at which each lung's top stands. */
  readonly apexX: number;
  /** How far the top's round shoulder reaches towards the midline, by height. */
  readonly apexReach: SampledCurve;
  /** Below this no lung is left. */
  readonly floor: number;
}

/**
 * The cage widens from the apex like a bell: at a tenth of the height it has
 * two thirds of its width, at 0.8 all of it.
 */
export function planRibCage(subject: Subject): RibCage {
  const { ribHalfWidth: a, ribHalfDepth: b, lungHeight: h, unit } = subject;
  const apexX = 5.1 * unit;
  const rise = lerp(1, 1.08, subject.childlike);
  return {
    halfWidth: sampleCurve([
      [0, apexX * 1.02],
      [0.03 * h, a * 0.53],
      [0.1 * h, a * 0.68 * rise],
      [0.25 * h, a * 0.84 * rise],
      [0.5 * h, a * 0.95],
      [0.8 * h, a * 0.99],
      [1.05 * h, a],
      [1.45 * h, a * 0.97],
    ]),
    halfDepth: sampleCurve([
      [0, 0.12 * b],
      [0.04 * h, 0.34 * b],
      [0.15 * h, 0.62 * b],
      [0.4 * h, 0.88 * b],
      [0.8 * h, b],
      [1.4 * h, b],
    ]),
    apexX,
    apexReach: sampleCurve([
      [0, 0.2 * unit],
      [0.03 * h, 2.2 * unit],
      [0.1 * h, 4.2 * unit],
      [0.2 * h, 7 * unit],
      [0.3 * h, 12 * unit],
    ]),
    floor: h + 7.5 * unit,
  };
}

/** Skin from the neck over the shoulders to the belly. */
export function planOutline(subject: Subject, random: Random): BodyOutline {
  const { unit, lungHeight: h, fat, wall, childlike } = subject;
  const chest = subject.ribHalfWidth + wall + fat;
  const neck = (lerp(5.9, 6.6, childlike) + 0.35 * fat) * unit;
  const shoulder = chest + lerp(4.4, 1.6, childlike) * unit;
  // Shoulders hang lower or higher with posture.
  const drop = random.between(-0.8, 1) * unit;
  const depth = subject.ribHalfDepth + 2.1 * unit + fat;
  return {
    halfWidth: sampleCurve([
      [-14 * unit, neck],
      [-6 * unit, neck * 1.02],
      [-3.6 * unit + drop, lerp(neck, shoulder, 0.3)],
      [-1.6 * unit + drop, lerp(neck, shoulder, 0.68)],
      [0.4 * unit + drop, lerp(neck, shoulder, 0.92)],
      [3.2 * unit + drop, shoulder],
      [0.36 * h, chest + 1.6 * unit],
      [0.62 * h, chest + 0.2 * unit],
      [h, chest - 0.1 * unit],
      [1.7 * h, chest - 0.2 * unit],
    ]),
    halfDepth: sampleCurve([
      [-14 * unit, neck * 0.95],
      [-5 * unit, neck * 1.02],
      [0, lerp(neck, depth, 0.62)],
      [0.3 * h, lerp(neck, depth, 0.9)],
      [0.7 * h, depth],
      [1.7 * h, depth * 1.02],
    ]),
    fat,
  };
}

/** A dome of the diaphragm, and the height below which all is belly. */
export interface Dome {
  readonly solid: Ellipsoid;
  readonly level: number;
}

/** Right and left dome; the right stands higher in nine of ten. */
export function planDomes(
  subject: Subject,
  random: Random,
): { right: Dome; left: Dome } {
  const { ribHalfWidth: a, lungHeight: h, unit } = subject;
  const step = random.between(-0.2, 2.2) * unit;
  const dome = (side: -1 | 1, top: number): Dome => {
    const ry = random.between(5.2, 7.5) * unit;
    return {
      solid: {
        x: side * 0.49 * a,
        y: top + ry,
        z: 0.12 * subject.ribHalfDepth,
        rx: 0.56 * a * random.between(0.98, 1.05),
        ry,
        rz: 1.1 * subject.ribHalfDepth,
      },
      level: top + ry,
    };
  };
  return { right: dome(-1, h), left: dome(1, h + step) };
}

/** Arms, breasts, the folds of the armpits, and a small child's head. */
export function planAppendages(subject: Subject, random: Random): Ellipsoid[] {
  const { unit, lungHeight: h, childlike, fat } = subject;
  const chest = subject.ribHalfWidth + subject.wall + fat;
  const parts: Ellipsoid[] = [];
  const armsUp = childlike > 0.4 && random.chance(0.6);
  const girth = (4 + 0.5 * fat) * unit * lerp(1, 0.8, childlike);
  for (const side of [-1, 1] as const) {
    const spread = random.between(-0.6, 0.6) * unit;
    parts.push(
      armsUp
        ? {
            x: side * (chest + 6.5 * unit + spread),
            y: -4.5 * unit,
            z: 0,
            rx: 11 * unit,
            ry: girth,
            rz: girth,
            roll: -side * random.between(0.45, 0.75),
          }
        : {
            x: side * (chest + 4.2 * unit + spread),
            y: 16 * unit,
            z: 1.5 * unit,
            rx: girth,
            ry: 17 * unit,
            rz: girth * 1.05,
            roll: -side * random.between(0.02, 0.12),
          },
    );
    parts.push({
      x: side * (chest - 2.2 * unit),
      y: 0.28 * h,
      z: 0.45 * subject.ribHalfDepth,
      rx: 3.6 * unit,
      ry: 6.5 * unit,
      rz: 4.2 * unit,
      roll: side * 0.35,
    });
  }
  if (subject.sex === "F" && subject.ageYears >= 14) {
    const size = random.between(0.75, 1.15) * (1 + 0.08 * fat);
    const skin = subject.ribHalfDepth + 2.1 * unit + fat;
    for (const side of [-1, 1] as const) {
      const rz = 5.2 * unit * size;
      parts.push({
        x: side * 8.2 * unit,
        y: h * random.between(0.76, 0.86),
        // Sunk into the body, so that it rises from the skin without a step.
        z: skin - 0.45 * rz,
        rx: 7 * unit * size,
        ry: 7.6 * unit * size,
        rz,
        roll: side * 0.3,
      });
    }
  }
  if (childlike > 0.35) {
    parts.push({
      x: random.between(-1, 1) * unit,
      y: -15.5 * unit * random.between(0.95, 1.1),
      z: 2 * unit,
      rx: 10 * unit,
      ry: 9.5 * unit,
      rz: 11 * unit,
    });
  }
  return parts;
}
