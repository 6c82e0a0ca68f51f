import type { Ellipsoid } from "../projection/solids.ts";
import type { Random } from "../random.ts";
import type { LungSite, Pathology, PhantomOptions } from "../types.ts";
import type { Subject } from "./subject.ts";
import type { RibCage } from "./thorax.ts";

/** A part of one opacity, cut off at the fissures of its lobe. */
export interface Patch {
  readonly solid: Ellipsoid;
  readonly site: LungSite;
  /** Lobe limits: above `top` and below `bottom` nothing is affected. */
  readonly top: number;
  readonly bottom: number;
  /** Limits in depth. */
  readonly back: number;
  readonly front: number;
}

/** What is wrong with the lungs, and where. */
export interface Disease {
  readonly pathology: Pathology;
  readonly sites: readonly LungSite[];
  readonly patches: readonly Patch[];
  /** Share of the air in affected air spaces that fluid has replaced. */
  readonly density: number;
  /** Strength of thickened septa and of cuffs around the bronchi, 0 to 1. */
  readonly meshwork: number;
  /**
   * How unevenly air spaces are filled: 0.2 for a lobe solid throughout, 0.5 for
   * a bronchopneumonia, which fills lobule by lobule.
   */
  readonly patchiness: number;
  /** Thickened bronchi in all of both lungs, 0 to 1. */
  readonly bronchitis: number;
}

interface Lobe {
  readonly side: -1 | 1;
  /** Centre, as shares of cage half width, lung height and cage half depth. */
  readonly centre: readonly [number, number, number];
  /** Half axes of a wholly affected lobe, as shares of the same measures. */
  readonly reach: readonly [number, number, number];
  readonly limits: readonly [
    top: number,
    bottom: number,
    back: number,
    front: number,
  ];
}

/**
 * Lobes as the fissures cut them: the horizontal fissure at about 0.55 of the
 * height on the right, the oblique ones taken as planes of constant depth.
 */
const LOBES: Record<LungSite, Lobe> = {
  "right-upper-lobe": {
    side: -1,
    centre: [0.55, 0.27, 0.1],
    reach: [0.5, 0.36, 0.95],
    limits: [-1, 0.55, -2, 2],
  },
  "right-middle-lobe": {
    side: -1,
    centre: [0.4, 0.82, 0.5],
    reach: [0.5, 0.3, 0.75],
    limits: [0.55, 2, 0, 2],
  },
  "right-lower-lobe": {
    side: -1,
    centre: [0.55, 0.95, -0.4],
    reach: [0.55, 0.42, 0.85],
    limits: [0.3, 2, -2, 0.35],
  },
  "left-upper-lobe": {
    side: 1,
    centre: [0.55, 0.32, 0.15],
    reach: [0.5, 0.38, 0.95],
    limits: [-1, 0.72, -2, 2],
  },
  lingula: {
    side: 1,
    centre: [0.55, 0.76, 0.5],
    reach: [0.45, 0.28, 0.75],
    limits: [0.5, 2, 0, 2],
  },
  "left-lower-lobe": {
    side: 1,
    centre: [0.55, 0.95, -0.4],
    reach: [0.52, 0.42, 0.85],
    limits: [0.3, 2, -2, 0.35],
  },
};

const RIGHT_SITES: readonly LungSite[] = [
  "right-lower-lobe",
  "right-lower-lobe",
  "right-middle-lobe",
  "right-upper-lobe",
];
const LEFT_SITES: readonly LungSite[] = [
  "left-lower-lobe",
  "left-lower-lobe",
  "lingula",
  "left-upper-lobe",
];

function pick<T>(list: readonly T[], random: Random, fallback: T): T {
  return list[random.below(list.length)] ?? fallback;
}

function drawSites(pathology: Pathology, random: Random): LungSite[] {
  const right = pick(RIGHT_SITES, random, "right-lower-lobe");
  const left = pick(LEFT_SITES, random, "left-lower-lobe");
  switch (pathology) {
    case "none":
      return [];
    case "consolidation":
      return [random.chance(0.58) ? right : left];
    case "bilateral-consolidation":
      return [right, left];
    case "interstitial":
      // Spread over both lungs, as viruses and fluid do; the bases lead.
      return random.chance(0.6)
        ? [
            "right-lower-lobe",
            "left-lower-lobe",
            "right-upper-lobe",
            "left-upper-lobe",
          ]
        : ["right-lower-lobe", "left-lower-lobe"];
  }
}

/** A lobe's opacity: one large part and smaller ones that fray its margin. */
function planPatches(
  site: LungSite,
  extent: number,
  subject: Subject,
  cage: RibCage,
  random: Random,
): Patch[] {
  const lobe = LOBES[site];
  const { lungHeight: h, ribHalfDepth: b } = subject;
  const a = cage.halfWidth.at(lobe.centre[1] * h);
  const [rx, ry, rz] = lobe.reach;
  const size = 0.4 + 0.6 * extent;
  const jitter = Math.max(0, 1 - extent);
  const cx = lobe.side * a * (lobe.centre[0] + 0.14 * jitter * random.normal());
  const cy = h * (lobe.centre[1] + 0.07 * jitter * random.normal());
  const cz = b * (lobe.centre[2] + 0.1 * jitter * random.normal());
  const [top, bottom, back, front] = lobe.limits;
  const limits = {
    site,
    top: top * h,
    bottom: bottom * h,
    back: back * b,
    front: front * b,
  };
  const patches: Patch[] = [];
  const count = 7;
  for (let i = 0; i < count; i++) {
    const whole = i === 0;
    const off = whole ? 0 : 0.62;
    const scale = size * (whole ? 0.85 : random.between(0.3, 0.6));
    patches.push({
      ...limits,
      solid: {
        x: cx + off * rx * a * size * random.normal() * 0.8,
        y: cy + off * ry * h * size * random.normal() * 0.8,
        z: cz + off * rz * b * size * random.normal() * 0.6,
        rx: rx * a * scale * random.between(0.8, 1.2),
        ry: ry * h * scale * random.between(0.8, 1.2),
        rz: rz * b * Math.max(scale, 0.45),
        roll: random.between(-0.6, 0.6),
      },
    });
  }
  if (LOWER_LOBES.has(site) && random.chance(0.4 * extent)) {
    patches.push(planEffusion(lobe.side, site, subject, random));
  }
  return patches;
}

/** Lobes that lie on the diaphragm at the back, where fluid gathers. */
const LOWER_LOBES = new Set<LungSite>(["right-lower-lobe", "left-lower-lobe"]);

/**
 * Fluid in the pleural space beside a pneumonia: it fills the angle between
 * ribs and diaphragm and climbs up the side.
 */
function planEffusion(
  side: -1 | 1,
  site: LungSite,
  subject: Subject,
  random: Random,
): Patch {
  const { unit, lungHeight: h, ribHalfWidth: a, ribHalfDepth: b } = subject;
  return {
    site,
    top: -Infinity,
    bottom: Infinity,
    back: -Infinity,
    front: Infinity,
    solid: {
      x: side * 0.98 * a,
      y: h + 4 * unit,
      z: -0.3 * b,
      rx: 0.5 * a,
      ry: random.between(4, 8) * unit,
      rz: 1.4 * b,
      roll: side * 0.25,
    },
  };
}

/** Plans the disease from its own stream: the anatomy does not depend on it. */
export function planDisease(
  options: PhantomOptions,
  subject: Subject,
  cage: RibCage,
  random: Random,
): Disease {
  const pathology = options.pathology ?? "none";
  const drawnSites = drawSites(pathology, random);
  const drawnExtent = random.between(0.55, 1);
  const drawnDensity = random.between(0.7, 1);
  const patchiness = random.between(0.3, 0.55);
  const drawnBronchitis = random.between(0.2, 0.6);
  if (pathology === "none") {
    return {
      pathology,
      sites: [],
      patches: [],
      density: 0,
      meshwork: 0,
      patchiness: 0,
      bronchitis: 0,
    };
  }
  const sites = options.sites ?? drawnSites;
  const interstitial = pathology === "interstitial";
  // Septa are not bound by one focus: the affected part is larger.
  const extent =
    (options.extent ?? drawnExtent) * (interstitial ? 0.4 : 1) +
    (interstitial ? 0.75 : 0);
  const density = options.density ?? drawnDensity;
  return {
    pathology,
    sites,
    patches: sites.flatMap((site) =>
      planPatches(site, extent, subject, cage, random),
    ),
    density: interstitial ? 0.45 * density : density,
    // Inflamed bronchi and septa around air-space disease thicken as well.
    meshwork: (interstitial ? 1 : 0.6) * (0.5 + 0.5 * density),
    patchiness,
    bronchitis: drawnBronchitis * density,
  };
}
