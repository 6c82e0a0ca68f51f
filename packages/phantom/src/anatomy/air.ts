import type { Ellipsoid } from "../projection/solids.ts";
import type { Random } from "../random.ts";
import { lerp } from "./curve.ts";
import type { Subject } from "./subject.ts";
import type { Dome } from "./thorax.ts";
import type { VesselPoint } from "./vessels.ts";

/** A tube of air inside soft tissue; centimetres. */
export interface Airway {
  readonly points: readonly VesselPoint[];
}

/** Windpipe, main bronchi and the first of their branches. */
export function planAirways(subject: Subject, random: Random): Airway[] {
  const { unit: u, lungHeight: h } = subject;
  const lean = random.between(0, 0.5) * u;
  const carina = 0.4 * h;
  const radius = lerp(0.85, 0.72, subject.childlike) * u;
  const z = -1.5 * u;
  const point = (x: number, y: number, r: number): VesselPoint => ({
    x: x - lean,
    y,
    z,
    radius: r,
  });
  return [
    {
      points: [
        point(0, -12 * u, radius),
        point(0, -4 * u, radius * 0.95),
        point(-0.1 * u, 0.15 * h, radius),
        point(-0.25 * u, carina, radius * 1.02),
      ],
    },
    {
      points: [
        point(-0.35 * u, carina, radius * 0.82),
        point(-1.6 * u, carina + 1.9 * u, radius * 0.72),
        point(-2.9 * u, carina + 4.2 * u, radius * 0.55),
        point(-3.6 * u, carina + 7 * u, radius * 0.35),
      ],
    },
    {
      points: [
        point(-0.1 * u, carina, radius * 0.75),
        point(2.2 * u, carina + 2.1 * u, radius * 0.62),
        point(4 * u, carina + 3.8 * u, radius * 0.5),
        point(4.9 * u, carina + 6.6 * u, radius * 0.3),
      ],
    },
  ];
}

/** Gas in the stomach and the bowel. */
export interface BellyGas {
  readonly solid: Ellipsoid;
  /** Height of the fluid level under the bubble; nothing lies below it. */
  readonly level: number;
}

export function planBellyGas(
  subject: Subject,
  leftDome: Dome,
  random: Random,
): BellyGas[] {
  const { unit: u, ribHalfWidth: a } = subject;
  const top = leftDome.solid.y - leftDome.solid.ry;
  const upright = subject.view === "PA";
  const gas: BellyGas[] = [];
  if (random.chance(upright ? 0.75 : 0.5)) {
    const ry = random.between(1.4, 3) * u;
    const y = top + ry + random.between(0.7, 1.3) * u;
    gas.push({
      solid: {
        x: 0.5 * a + random.between(-1, 0.8) * u,
        y,
        z: 2 * u,
        rx: random.between(1.8, 3.8) * u,
        ry,
        rz: random.between(1.5, 3.5) * u,
        roll: random.between(-0.3, 0.3),
      },
      level: upright ? y + random.between(-0.1, 0.6) * ry : Infinity,
    });
  }
  const loops = random.below(subject.childlike > 0.4 ? 9 : 5);
  for (let i = 0; i < loops; i++) {
    gas.push({
      solid: {
        x: random.between(-0.2, 0.85) * a,
        y: top + random.between(6.5, 13) * u,
        z: 3 * u,
        rx: random.between(1, 2.4) * u,
        ry: random.between(0.8, 1.6) * u,
        rz: random.between(0.8, 2) * u,
        roll: random.between(-0.9, 0.9),
      },
      level: Infinity,
    });
  }
  return gas;
}
