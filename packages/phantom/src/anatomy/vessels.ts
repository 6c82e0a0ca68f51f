import type { Random } from "../random.ts";
import type { Subject } from "./subject.ts";
import type { RibCage } from "./thorax.ts";

/** A stretch of a vessel between two branchings; centimetres. */
export interface VesselPath {
  readonly points: readonly VesselPoint[];
}

export interface VesselPoint {
  readonly x: number;
  readonly y: number;
  readonly z: number;
  readonly radius: number;
}

type Vector = readonly [number, number, number];

interface Shoot {
  readonly at: Vector;
  readonly direction: Vector;
  readonly radius: number;
}

function normalise([x, y, z]: Vector): Vector {
  const length = Math.sqrt(x * x + y * y + z * z) || 1;
  return [x / length, y / length, z / length];
}

/** Whether a point lies inside the cage, above the domes' usual height. */
function insideCage(subject: Subject, cage: RibCage, p: Vector): boolean {
  const [x, y, z] = p;
  if (y < 0 || y > subject.lungHeight + 4 * subject.unit) return false;
  const u = x / cage.halfWidth.at(y);
  const v = z / cage.halfDepth.at(y);
  return u * u + v * v < 0.96;
}

/**
 * Main branches of one lung, as directions from its hilum (x outwards): fans
 * out to apex, side and base; those to the base are the largest.
 */
const MAIN_BRANCHES: readonly (readonly [Vector, number])[] = [
  [[0.45, -1, 0.2], 0.45],
  [[0.8, -0.75, -0.38], 0.38],
  [[1, -0.25, 0.4], 0.38],
  [[0.9, 0.25, -0.4], 0.38],
  [[0.55, 1, -0.5], 0.58],
  [[0.9, 0.75, 0.2], 0.45],
  [[0.3, 1, 0.38], 0.45],
  [[0.75, 1, -0.1], 0.46],
];

/** Veins: flatter, from the left atrium lower down. */
const VEINS: readonly (readonly [Vector, number])[] = [
  [[1, -0.5, 0.5], 0.34],
  [[1, -0.9, 0.4], 0.32],
  [[1, 0.15, -0.3], 0.36],
  [[1, 0.45, -0.6], 0.38],
  [[0.8, 0.7, 0.3], 0.32],
];

/** Side branches of Murray's law: the cube of the radii adds up. */
function split(radius: number, share: number): [number, number] {
  return [radius * Math.cbrt(1 - share), radius * Math.cbrt(share)];
}

/** Lets one shoot grow until it branches; returns what grows on from there. */
function grow(
  shoot: Shoot,
  unit: number,
  inside: (p: Vector) => boolean,
  random: Random,
  paths: VesselPath[],
): Shoot[] {
  const length = (0.7 + (4.2 * shoot.radius) / unit) * random.between(0.7, 1.3);
  const steps = 4;
  const wander = 0.16;
  let direction = shoot.direction;
  let at = shoot.at;
  const points: VesselPoint[] = [
    { x: at[0], y: at[1], z: at[2], radius: shoot.radius },
  ];
  for (let i = 1; i <= steps; i++) {
    direction = normalise([
      direction[0] + wander * random.normal(),
      direction[1] + wander * random.normal(),
      direction[2] + wander * random.normal(),
    ]);
    const step = (length * unit) / steps;
    at = [
      at[0] + direction[0] * step,
      at[1] + direction[1] * step,
      at[2] + direction[2] * step,
    ];
    if (!inside(at)) break;
    points.push({
      x: at[0],
      y: at[1],
      z: at[2],
      radius: shoot.radius * (1 - 0.1 * (i / steps)),
    });
  }
  if (points.length > 1) paths.push({ points });
  if (points.length <= steps) return [];
  const share = random.between(0.12, 0.5);
  const [main, side] = split(shoot.radius * 0.94, share);
  const turn = (amount: number): Vector =>
    normalise([
      direction[0] + amount * random.normal(),
      direction[1] + amount * random.normal(),
      direction[2] + amount * random.normal(),
    ]);
  return [
    { at, direction: turn(0.18), radius: main },
    { at, direction: turn(0.62), radius: side },
  ];
}

/** The first shoots of one side, all leaving at about one height. */
function sprout(
  side: -1 | 1,
  height: number,
  branches: readonly (readonly [Vector, number])[],
  unit: number,
  random: Random,
): Shoot[] {
  return branches.map(([[x, y, z], radius]) => ({
    at: [
      side * 3.1 * unit,
      height + random.between(-0.8, 0.8) * unit,
      random.between(-1, 1) * unit,
    ],
    direction: normalise([
      side * x + 0.12 * random.normal(),
      y + 0.12 * random.normal(),
      z + 0.12 * random.normal(),
    ]),
    radius: radius * unit * random.between(0.85, 1.15),
  }));
}

/** The vessels of both lungs, branching from the hila until too fine to see. */
export function planVessels(
  subject: Subject,
  cage: RibCage,
  random: Random,
): VesselPath[] {
  const { unit, lungHeight: h } = subject;
  const paths: VesselPath[] = [];
  const finest = 0.045 * unit;
  const inside = (p: Vector): boolean => insideCage(subject, cage, p);
  for (const side of [-1, 1] as const) {
    // The left hilum stands a little higher than the right.
    const hilum = (side < 0 ? 0.5 : 0.47) * h;
    const shoots = [
      ...sprout(side, hilum, MAIN_BRANCHES, unit, random),
      ...sprout(side, hilum + 0.1 * h, VEINS, unit, random),
    ];
    for (let shoot = shoots.pop(); shoot; shoot = shoots.pop()) {
      if (shoot.radius < finest) continue;
      shoots.push(...grow(shoot, unit, inside, random, paths));
    }
  }
  return paths;
}
