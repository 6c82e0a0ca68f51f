import type { Random } from "../random.ts";
import { lerp, smoothstep } from "./curve.ts";
import type { Subject } from "./subject.ts";
import type { RibCage } from "./thorax.ts";

/** One point of a tube's middle line; centimetres. */
export interface TubePoint {
  readonly x: number;
  readonly y: number;
  readonly z: number;
  /** Half of the width seen on the film. */
  readonly radius: number;
  /** How much bone is there, 1 where the bone is whole. */
  readonly presence: number;
}

/** A long bone: a shell of dense bone around spongy bone. */
export interface Tube {
  readonly points: readonly TubePoint[];
  /** Half of the thickness along the ray against half of the width. */
  readonly flatness: number;
  /** Thickness of the shell against half of the width. */
  readonly shell: number;
}

const RIB_PAIRS = 12;

/**
 * One rib: from its head beside the spine round the back, the side and forward
 * to where the cartilage, which films do not show, begins.
 */
function planRib(
  subject: Subject,
  cage: RibCage,
  side: -1 | 1,
  index: number,
  random: Random,
): Tube {
  const { lungHeight: h, unit, childlike, ribHalfDepth: b } = subject;
  const t = index / (RIB_PAIRS - 1);
  // Heads stand a rib space apart; the first rib's just under the apex.
  const headY = lerp(-0.02, 1.17, t) * h + 0.25 * unit * random.normal();
  // Ribs slope more in adults than in small children, and more lower down.
  const slope = lerp(1, 0.62, childlike);
  const fall =
    lerp(0.2, 0.62, Math.min(1, t * 1.7)) *
    slope *
    h *
    (1 + 0.05 * random.normal());
  const endAngle = index < 7 ? lerp(2.55, 2.4, t) : lerp(2.55, 1.75, t);
  const steps = 40;
  const thickness = lerp(0.78, 0.62, childlike) * unit;
  const points: TubePoint[] = [];
  for (let i = 0; i <= steps; i++) {
    const s = i / steps;
    const angle = 0.05 + (endAngle - 0.05) * s;
    // Along the back the rib first runs nearly level, then falls.
    const y =
      headY +
      fall * (0.25 * s + 0.75 * s * s * (1.35 - 0.35 * s)) -
      0.5 * unit * Math.sin(Math.PI * Math.min(1, s * 2.2));
    const width =
      Math.max(cage.halfWidth.at(y), 0.42 * subject.ribHalfWidth) + 0.35 * unit;
    const depth = Math.max(cage.halfDepth.at(y), 0.4 * b) + 0.3 * unit;
    points.push({
      x: side * (width * Math.pow(Math.sin(angle), 0.82) + 0.5 * unit),
      y,
      z: -depth * Math.cos(angle),
      radius: thickness * lerp(0.9, 1.12, s) * (index === 0 ? 1.35 : 1),
      // Towards the front ribs are flatter and hold less bone.
      presence:
        (1 - 0.55 * smoothstep(0.4, 0.75, s)) *
        (1 - 0.6 * smoothstep(0.86, 1, s)) *
        (index < 2 ? 0.75 : 1),
    });
  }
  return { points, flatness: lerp(0.54, 0.7, childlike), shell: 0.25 };
}

/** Twelve pairs of ribs. */
export function planRibs(
  subject: Subject,
  cage: RibCage,
  random: Random,
): Tube[] {
  const ribs: Tube[] = [];
  for (let i = 0; i < RIB_PAIRS; i++) {
    ribs.push(planRib(subject, cage, -1, i, random));
    ribs.push(planRib(subject, cage, 1, i, random));
  }
  return ribs;
}

/** Points along a polygon's corners, rounded by a Catmull-Rom spline. */
function smoothTube(
  corners: readonly TubePoint[],
  flatness: number,
  shell: number,
): Tube {
  const points: TubePoint[] = [];
  const at = (i: number): TubePoint | undefined =>
    corners[Math.max(0, Math.min(corners.length - 1, i))];
  for (let i = 0; i + 1 < corners.length; i++) {
    const [p, q, r, s] = [at(i - 1), at(i), at(i + 1), at(i + 2)];
    if (!p || !q || !r || !s) continue;
    for (let k = 0; k < 8; k++) {
      const t = k / 8;
      const mix = (f: (n: TubePoint) => number): number =>
        0.5 *
        (2 * f(q) +
          (f(r) - f(p)) * t +
          (2 * f(p) - 5 * f(q) + 4 * f(r) - f(s)) * t * t +
          (3 * f(q) - f(p) - 3 * f(r) + f(s)) * t * t * t);
      points.push({
        x: mix((n) => n.x),
        y: mix((n) => n.y),
        z: mix((n) => n.z),
        radius: mix((n) => n.radius),
        presence: mix((n) => n.presence),
      });
    }
  }
  const last = corners[corners.length - 1];
  if (last) points.push(last);
  return { points, flatness, shell };
}

/** Collar bone, shoulder blade and upper arm of one side. */
function planShoulder(
  subject: Subject,
  side: -1 | 1,
  lift: number,
  random: Random,
): Tube[] {
  const { unit: u, lungHeight: h, childlike } = subject;
  const reach = subject.ribHalfWidth + lerp(3, 1.6, childlike) * u;
  const point = (
    x: number,
    y: number,
    z: number,
    radius: number,
    presence = 1,
  ): TubePoint => ({ x: side * x, y, z, radius: radius * u, presence });
  const clavicleY = 0.18 * h + lift;
  const outerY = clavicleY - random.between(2, 4) * u;
  const clavicle = smoothTube(
    [
      point(
        1.9 * u,
        clavicleY + 0.5 * u,
        0.55 * subject.ribHalfDepth,
        0.85,
        0.9,
      ),
      point(4.4 * u, clavicleY - 0.4 * u, 0.62 * subject.ribHalfDepth, 0.7),
      point(0.55 * reach, lerp(clavicleY, outerY, 0.5), 4 * u, 0.58),
      point(0.82 * reach, outerY + 0.1 * u, 1 * u, 0.68),
      point(0.97 * reach, outerY + 0.5 * u, 0, 0.75),
    ],
    0.85,
    0.3,
  );
  // Standing with the shoulders rolled forward clears the blades off the lungs.
  const clear = subject.view === "PA" ? 0 : -2.3 * u;
  const bladeX = subject.ribHalfWidth - 0.6 * u + clear;
  const glenoid = point(reach - 0.5 * u, outerY + 2.8 * u, -1 * u, 0.8, 0.9);
  const back = -0.6 * subject.ribHalfDepth;
  const spine = smoothTube(
    [
      point(bladeX - 5 * u, outerY + 4.4 * u, back, 0.3, 0.3),
      point(bladeX, outerY + 2.6 * u, back, 0.5, 0.5),
      point(reach - 1 * u, outerY + 0.8 * u, -2 * u, 0.75, 0.8),
      point(reach + 0.8 * u, outerY + 0.7 * u, 0, 0.7, 0.8),
    ],
    0.6,
    0.25,
  );
  const lateralBorder = smoothTube(
    [
      glenoid,
      point(bladeX + 0.6 * u, outerY + 6 * u, back, 0.42, 0.9),
      point(bladeX - 1 * u, outerY + 10 * u, back * 1.1, 0.34, 0.75),
      point(bladeX - 2.6 * u, outerY + 14.5 * u, back * 1.15, 0.4, 0.5),
    ],
    0.75,
    0.4,
  );
  const medialBorder = smoothTube(
    [
      point(bladeX - 5 * u, outerY + 2.4 * u, back * 1.1, 0.25, 0.4),
      point(bladeX - 5.8 * u, outerY + 7 * u, back * 1.2, 0.22, 0.5),
      point(bladeX - 5 * u, outerY + 11 * u, back * 1.2, 0.25, 0.5),
      point(bladeX - 2.6 * u, outerY + 14.5 * u, back * 1.15, 0.4, 0.5),
    ],
    0.6,
    0.4,
  );
  // The blade itself: hardly thicker than paper, drawn as one very wide tube.
  const blade = smoothTube(
    [
      point(bladeX - 2.4 * u, outerY + 3 * u, back, 2.6, 0.9),
      point(bladeX - 2.6 * u, outerY + 7 * u, back * 1.1, 2.9, 0.9),
      point(bladeX - 2.8 * u, outerY + 12 * u, back * 1.15, 1.9, 0.9),
    ],
    0.03,
    0.5,
  );
  const coracoid = smoothTube(
    [
      point(reach - 2 * u, outerY + 3.2 * u, 1 * u, 0.5, 0.5),
      point(reach - 2.5 * u, outerY + 2.4 * u, 3 * u, 0.55, 0.8),
    ],
    0.8,
    0.3,
  );
  const headX = reach + 2 * u;
  const humerus = smoothTube(
    [
      point(headX, outerY + 2.4 * u, 0, 2.1, 0.55),
      point(headX + 0.4 * u, outerY + 4 * u, 0.3 * u, 1.95, 0.6),
      point(headX + 1.1 * u, outerY + 6.6 * u, 0.6 * u, 1.2, 0.85),
      point(headX + 1.8 * u, outerY + 14 * u, 1 * u, 1.05),
      point(headX + 3 * u, outerY + 28 * u, 1.5 * u, 1.05),
    ],
    0.95,
    0.22,
  );
  return [
    clavicle,
    spine,
    lateralBorder,
    medialBorder,
    blade,
    coracoid,
    ...(childlike > 0.4 ? [] : [humerus]),
  ];
}

/** Both shoulder girdles; one hangs a little lower than the other. */
export function planShoulders(subject: Subject, random: Random): Tube[] {
  const lift = random.between(-0.8, 0.8) * subject.unit;
  const lean = 0.35 * random.normal() * subject.unit;
  return [
    ...planShoulder(subject, -1, lift + lean, random),
    ...planShoulder(subject, 1, lift - lean, random),
  ];
}
