import type { Ellipsoid } from "../projection/solids.ts";
import type { Random } from "../random.ts";
import { lerp } from "./curve.ts";
import type { Subject } from "./subject.ts";

/** What lies between the lungs and keeps air out of its place. */
export interface Mediastinum {
  readonly solids: readonly Ellipsoid[];
}

/** Heart with its right atrium, apex to the patient's left. */
function planHeart(subject: Subject, random: Random): Ellipsoid[] {
  const { unit, lungHeight: h, ribHalfWidth: a, ribHalfDepth: b } = subject;
  // Cardiothoracic ratio about 0.45 in adults, 0.52 in small children; lying
  // down with the beam from the front it looks larger still.
  const size =
    lerp(1, 1.13, subject.childlike) *
    (subject.view === "AP" && subject.childlike < 0.5 ? 1.08 : 1) *
    (1 + 0.06 * random.normal());
  const shift = random.between(-0.5, 0.7) * unit;
  const upright = random.between(-0.12, 0.12);
  return [
    {
      x: 0.18 * a + shift,
      y: 0.86 * h,
      z: 0.22 * b,
      rx: 0.47 * a * size,
      ry: 0.36 * a * size,
      rz: 0.74 * b * size,
      roll: 0.62 + upright,
    },
    {
      x: -0.08 * a + shift,
      y: 0.83 * h,
      z: 0.1 * b,
      rx: 0.265 * a * size,
      ry: 0.38 * a * size,
      rz: 0.62 * b * size,
    },
    // Left atrium and outflow tract: the slope from the aortic knob to the apex.
    {
      x: 0.11 * a + shift,
      y: 0.63 * h,
      z: 0.05 * b,
      rx: 0.19 * a * size,
      ry: 0.26 * h,
      rz: 0.6 * b * size,
      roll: -0.3,
    },
  ];
}

/** Aorta, pulmonary trunk, upper caval vein; they make the film's contours. */
function planGreatVessels(subject: Subject, random: Random): Ellipsoid[] {
  const { unit, lungHeight: h, childlike } = subject;
  // The aorta unfolds with age: the knob is hardly seen in a child.
  const unfolded = Math.min(1, Math.max(0, (subject.ageYears - 15) / 60));
  const knob = lerp(1.5, 2.15, unfolded) * unit * lerp(1, 0.85, childlike);
  return [
    {
      x: -1.5 * unit,
      y: 0.46 * h,
      z: 1.5 * unit,
      rx: random.between(1.35, 1.8) * unit,
      ry: 0.38 * h,
      rz: 2 * unit,
    },
    {
      x: random.between(1.5, 2) * unit,
      y: 0.29 * h,
      z: -2 * unit,
      rx: knob,
      ry: knob * 1.05,
      rz: 3 * unit,
    },
    {
      x: lerp(1, 1.7, unfolded) * unit,
      y: 0.72 * h,
      z: -0.55 * subject.ribHalfDepth,
      rx: 1.45 * unit,
      ry: 0.5 * h,
      rz: 1.5 * unit,
    },
    {
      x: random.between(1.7, 2.2) * unit,
      y: 0.47 * h,
      z: 1.5 * unit,
      rx: 2.1 * unit,
      ry: 2.9 * unit,
      rz: 2.3 * unit,
      roll: -0.25,
    },
  ];
}

/** Core of the mediastinum, muscles beside the spine, fat beside the heart. */
function planCore(subject: Subject, random: Random): Ellipsoid[] {
  const { unit, lungHeight: h, ribHalfDepth: b, childlike } = subject;
  const wide = lerp(1, 1.12, childlike);
  const solids: Ellipsoid[] = [
    // Neck vessels and muscles, thyroid: the V above the arch.
    ...[1, 0.72, 0.5].map((depth, layer) => ({
      x: 0,
      y: -0.04 * h,
      z: -0.05 * b,
      rx: (2.4 + 0.8 * layer) * unit * wide,
      ry: (0.34 + 0.04 * layer) * h,
      rz: depth * b,
    })),
    // Gullet, windpipe, vessels and fat, layer upon layer: no hard edge.
    ...[1.1, 0.7, 0.45].map((depth, layer) => ({
      x: 0.3 * layer * unit,
      y: 0.6 * h,
      z: -0.1 * b * layer,
      rx: (1.4 + 0.75 * layer) * unit * wide,
      ry: 0.85 * h,
      rz: depth * b,
    })),
    // Vertebral bodies and the muscles beside them.
    ...[0.34, 0.24, 0.15].map((depth, layer) => ({
      x: 0,
      y: 0.6 * h,
      z: -b,
      rx: (1.9 + 0.7 * layer) * unit,
      ry: 1.2 * h,
      rz: 1.6 * depth * b,
    })),
    // Middle of the diaphragm, between the domes, with the heart on it.
    {
      x: 0.06 * subject.ribHalfWidth,
      y: h + 5.5 * unit,
      z: 0.1 * b,
      rx: 0.46 * subject.ribHalfWidth,
      ry: 5.6 * unit,
      rz: 1.3 * b,
    },
    // Fat in the angle between heart and diaphragm.
    {
      x: 0.4 * subject.ribHalfWidth,
      y: h + 1.6 * unit,
      z: 0.6 * b,
      rx: random.between(2.5, 3.6) * unit,
      ry: 1.7 * unit,
      rz: 0.22 * b,
    },
  ];
  if (subject.ageYears < 5) {
    // The thymus: a sail beside the upper mediastinum.
    solids.push({
      x: random.between(-0.8, 0.8) * unit,
      y: 0.36 * h,
      z: 0.45 * b,
      rx: random.between(3.4, 5) * unit,
      ry: 0.2 * h,
      rz: 0.25 * b,
    });
  }
  return solids;
}

/** Plans everything between the lungs. */
export function planMediastinum(subject: Subject, random: Random): Mediastinum {
  return {
    solids: [
      ...planHeart(subject, random),
      ...planGreatVessels(subject, random),
      ...planCore(subject, random),
    ],
  };
}
