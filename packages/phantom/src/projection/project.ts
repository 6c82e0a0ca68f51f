import { materialsFor, type Materials } from "../anatomy/materials.ts";
import type { Anatomy } from "../anatomy/plan.ts";
import { mix32 } from "../random.ts";
import { LungTexture } from "./lung-texture.ts";
import { projectAirways, projectVessels } from "./branches.ts";
import { coarser, planePoint, type Beam, type FilmGeometry } from "./ray.ts";
import { blur, enlarge } from "./resample.ts";
import { projectSkeleton } from "./skeleton.ts";
import { SoftTissueProjector } from "./soft-tissue.ts";

/** What the beam loses on its way, one value a pixel. */
export interface Projection {
  /** Attenuation in nepers. */
  readonly attenuation: Float32Array;
  /** The part of it that the disease adds. */
  readonly added: Float32Array;
  /** Lung crossed, in centimetres. */
  readonly lung: Float32Array;
  /** Body crossed, in centimetres. */
  readonly body: Float32Array;
}

/** Pixels of the smooth part: organs have no edge sharper than this. */
const SMOOTH_PIXELS = 560;

/** Solid core, frayed margin and faint halo: reach and part of each. */
const FADING = [
  [0.35, 0.5],
  [1.2, 0.35],
  [3, 0.15],
] as const;

/**
 * Lets affected lung fade out: beyond the solid part acini are filled one by
 * one, ever fewer of them. It is the affected share that is smoothed, within
 * the lung only, so that an opacity still reaches pleura, heart and diaphragm
 * and takes their contours away.
 */
function fray(
  affected: Float32Array,
  lung: Float32Array,
  film: FilmGeometry,
  unit: number,
): Float32Array {
  const share = affected.map(
    (value, i) => value / Math.max(0.05, lung[i] ?? 0),
  );
  const mask = lung.map((value) => (value > 0.1 ? 1 : 0));
  const smooth = (map: Float32Array, reach: number): Float32Array =>
    blur(map, film.width, film.height, (reach * unit) / film.spacing);
  const faded = new Float32Array(lung.length);
  for (const [reach, part] of FADING) {
    const weight = smooth(mask, reach);
    const spread = smooth(share, reach);
    for (let i = 0; i < faded.length; i++) {
      const local = (spread[i] ?? 0) / Math.max(0.02, weight[i] ?? 0);
      faded[i] = (faded[i] ?? 0) + part * Math.min(1, local);
    }
  }
  return faded.map((value, i) => value * (lung[i] ?? 0));
}

/** Maps at the film's own resolution. */
interface FineMaps {
  readonly attenuation: Float32Array;
  readonly lung: Float32Array;
  readonly body: Float32Array;
  readonly affected: Float32Array;
}

/** Projects the smooth part with larger pixels and brings it to size. */
function projectSmooth(
  anatomy: Anatomy,
  materials: Materials,
  beam: Beam,
  film: FilmGeometry,
  noiseSeed: number,
): FineMaps {
  const factor = Math.max(
    1,
    Math.round(Math.max(film.width, film.height) / SMOOTH_PIXELS),
  );
  const small = coarser(film, factor);
  const maps = new SoftTissueProjector(
    anatomy,
    materials,
    beam,
    noiseSeed,
  ).project(small);
  const large = (map: Float32Array): Float32Array =>
    enlarge(map, small.width, small.height, film.width, film.height, factor);
  const isHealthy = anatomy.disease.patches.length === 0;
  return {
    attenuation: large(maps.attenuation),
    lung: large(maps.lung),
    body: large(maps.body),
    affected: isHealthy
      ? new Float32Array(film.width * film.height)
      : large(fray(maps.affected, maps.lung, small, anatomy.subject.unit)),
  };
}

/** Sums attenuation along the ray of every pixel of the film. */
export function projectAnatomy(
  anatomy: Anatomy,
  beam: Beam,
  film: FilmGeometry,
  seed: number,
): Projection {
  const materials = materialsFor(anatomy.subject);
  const unit = anatomy.subject.unit;
  const noiseSeed = mix32(seed ^ 0x5eed);
  const smooth = projectSmooth(anatomy, materials, beam, film, noiseSeed);
  const bones = projectSkeleton(anatomy, materials, beam, film);
  const vessels = projectVessels(anatomy, beam, film);
  const airways = projectAirways(anatomy, beam, film);
  const texture = new LungTexture(anatomy.disease, materials, unit, noiseSeed);
  const attenuation = new Float32Array(bones.length);
  const added = new Float32Array(bones.length);
  const isHealthy = anatomy.disease.pathology === "none";
  const ray = { x: 0, y: 0, depth: 0, affected: 0, vessels: 0 };
  for (let row = 0; row < film.height; row++) {
    const [startX, startY] = planePoint(film, 0, row);
    for (let column = 0; column < film.width; column++) {
      const i = row * film.width + column;
      ray.x = startX + column * film.spacing * film.cosRoll;
      ray.y = startY + column * film.spacing * film.sinRoll;
      ray.depth = smooth.lung[i] ?? 0;
      ray.affected = smooth.affected[i] ?? 0;
      // Vessels need lung around them to be seen.
      const shown = Math.min(1, ray.depth / (3 * unit));
      ray.vessels = (vessels[i] ?? 0) * shown;
      let total = smooth.attenuation[i] ?? 0;
      if (ray.depth > 0.05) {
        const healthy = texture.healthy(ray);
        if (!isHealthy) added[i] = texture.diseased(ray, healthy);
        total += healthy + (added[i] ?? 0);
      }
      // The windpipe is air in soft tissue; in front of lung it hardly shows.
      total -= materials.soft * (airways[i] ?? 0) * (1 - 0.8 * shown);
      attenuation[i] = Math.max(0, total) + (bones[i] ?? 0);
    }
  }
  return { attenuation, added, lung: smooth.lung, body: smooth.body };
}
