import type { Random } from "../random.ts";
import type { Build, PhantomOptions, Sex, View } from "../types.ts";
import { interpolate, lerp, smoothstep } from "./curve.ts";

/**
 * Size of a chest against an adult man's, by age in years: inner width of the
 * rib cage, read off growth tables to within a few per cent.
 */
const GROWTH = [
  [0, 0.42],
  [1, 0.5],
  [3, 0.57],
  [6, 0.66],
  [10, 0.77],
  [14, 0.89],
  [18, 1],
] as const;

/** Who is on the film, and the measures everything else is derived from. */
export interface Subject {
  readonly ageYears: number;
  readonly sex: Sex;
  readonly build: Build;
  readonly view: View;
  /** 1 for an infant's proportions, 0 for an adult's. */
  readonly childlike: number;
  /** One "adult centimetre" of this subject, in centimetres. */
  readonly unit: number;
  /** Inner half width of the rib cage at its widest, in centimetres. */
  readonly ribHalfWidth: number;
  /** Inner half depth of the rib cage, in centimetres. */
  readonly ribHalfDepth: number;
  /** From the top of the lungs to the top of the right dome, in centimetres. */
  readonly lungHeight: number;
  /** Fat under the skin, in centimetres. */
  readonly fat: number;
  /** Muscle and ribs between lung and fat at the side, in centimetres. */
  readonly wall: number;
}

const FAT: Record<Build, number> = { slim: 0.6, average: 1.3, large: 2.8 };

function drawBuild(random: Random): Build {
  const draw = random.next();
  if (draw < 0.25) return "slim";
  return draw < 0.75 ? "average" : "large";
}

/** Draws what the options leave open, each from the subject's own stream. */
export function drawSubject(options: PhantomOptions, random: Random): Subject {
  const drawnAge = random.chance(0.3)
    ? random.between(1, 12)
    : random.between(20, 85);
  const drawnSex: Sex = random.chance(0.5) ? "F" : "M";
  const drawnBuild = drawBuild(random);
  const bedside = random.chance(0.3);
  const width = 1 + 0.045 * random.normal();
  const height = 1 + 0.06 * random.normal();
  const depth = 1 + 0.06 * random.normal();
  const fatness = random.between(0.8, 1.25);

  const ageYears = options.ageYears ?? drawnAge;
  const sex = options.sex ?? drawnSex;
  const build = options.build ?? drawnBuild;
  // Small children are filmed lying down, beam from the front.
  const view = options.view ?? (ageYears < 5 || bedside ? "AP" : "PA");
  const childlike = 1 - smoothstep(1, 16, ageYears);
  const womanly = sex === "F" ? smoothstep(10, 18, ageYears) : 0;
  const unit = interpolate(GROWTH, ageYears) * lerp(1, 0.92, womanly);
  const ribHalfWidth = 13.4 * unit * width;
  // Standing and breathing in (PA) the lungs are taller than lying down.
  const inspiration = view === "PA" ? 1 : lerp(0.86, 0.95, childlike);
  return {
    ageYears,
    sex,
    build,
    view,
    childlike,
    unit,
    ribHalfWidth,
    ribHalfDepth: ribHalfWidth * lerp(0.66, 0.74, childlike) * depth,
    lungHeight:
      ribHalfWidth * lerp(1.5, 1.36, childlike) * inspiration * height,
    fat: FAT[build] * fatness * unit * lerp(1, 0.7, childlike),
    wall: 3.1 * unit,
  };
}
