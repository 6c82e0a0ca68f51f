import type { Ellipsoid } from "../projection/solids.ts";
import type { Random } from "../random.ts";
import { lerp } from "./curve.ts";
import type { Subject } from "./subject.ts";

/** What lies between the lungs and keeps air out of its place. */
export interface Mediastinum {
  readonly solids: readonly Ellipsoid[];
  readonly heart: Ellipsoid;
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
      x: 0.17 * a + shift,
      y: 0.83 * h,
      z: 0.3 * b,
      rx: 0.46 * a * size,
      ry: 0.345 * a * size,
      rz: 0.52 * b * size,
      roll: 0.68 + upright,
    },
    {
      x: -0.09 * a + shift,
      y: 0.81 * h,
      z: 0.15 * b,
      rx: 0.255 * a * size,
      ry: 0.36 * a * size,
      rz: 0.4 * b * size,
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
      y: 0.42 * h,
      z: 1.5 * unit,
      rx: random.between(1.35, 1.8) * unit,
      ry: 0.3 * h,
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
    {
      x: 0,
      y: -0.02 * h,
      z: 0,
      rx: 3.3 * unit * wide,
      ry: 0.36 * h,
      rz: 0.5 * b,
    },
    {
      x: 0,
      y: 0.55 * h,
      z: 0,
      rx: 2.15 * unit * wide,
      ry: 0.75 * h,
      rz: 0.95 * b,
    },
    // Vertebral bodies and the muscles beside them.
    {
      x: 0,
      y: 0.6 * h,
      z: -0.86 * b,
      rx: 2.9 * unit,
      ry: 1.2 * h,
      rz: 0.33 * b,
    },
    // Fat in the angle between heart and diaphragm.
    {
      x: 0.36 * subject.ribHalfWidth,
      y: h + 1.2 * unit,
      z: 0.55 * b,
      rx: random.between(2.5, 4) * unit,
      ry: 2 * unit,
      rz: 0.3 * b,
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
  const [heart, atrium] = planHeart(subject, random);
  if (!heart || !atrium) throw new Error("the heart has two parts");
  return {
    heart,
    solids: [
      heart,
      atrium,
      ...planGreatVessels(subject, random),
      ...planCore(subject, random),
    ],
  };
}
