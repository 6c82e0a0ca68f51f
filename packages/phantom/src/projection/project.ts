import { materialsFor } from "../anatomy/materials.ts";
import type { Anatomy } from "../anatomy/plan.ts";
import { fractalNoise, valueNoise } from "../noise-field.ts";
import { mix32 } from "../random.ts";
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

/** Irregular filling of the air spaces, 0.6 to 1: no two are filled alike. */
function filling(seed: number, x: number, y: number, unit: number): number {
  const f = 1.3 / unit;
  return 0.82 + 0.22 * fractalNoise(seed, x * f, y * f, 3);
}

/**
 * Lets affected lung fade out: beyond the solid part acini are filled one by
 * one, ever fewer of them. Never more than the lung there is.
 */
function fray(
  affected: Float32Array,
  lung: Float32Array,
  film: FilmGeometry,
  unit: number,
): Float32Array {
  const near = blur(
    affected,
    film.width,
    film.height,
    (0.35 * unit) / film.spacing,
  );
  const far = blur(
    affected,
    film.width,
    film.height,
    (1.3 * unit) / film.spacing,
  );
  return near.map((value, i) =>
    Math.min(0.55 * value + 0.45 * (far[i] ?? 0), lung[i] ?? 0),
  );
}

/** Thickened septa: the thin lines where ridged noise passes zero, 0 to 1. */
function mesh(seed: number, x: number, y: number, unit: number): number {
  const f = 1.5 / unit;
  const a = 1 - Math.abs(valueNoise(seed, x * f, y * f));
  const b = 1 - Math.abs(valueNoise(seed + 7, x * f * 1.9, y * f * 1.9));
  return 0.6 * a * a * a * a + 0.4 * b * b * b * b;
}

/** Sums attenuation along the ray of every pixel of the film. */
export function projectAnatomy(
  anatomy: Anatomy,
  beam: Beam,
  film: FilmGeometry,
  seed: number,
): Projection {
  const materials = materialsFor(anatomy.subject);
  const factor = Math.max(
    1,
    Math.round(Math.max(film.width, film.height) / SMOOTH_PIXELS),
  );
  const small = coarser(film, factor);
  const noiseSeed = mix32(seed ^ 0x5eed);
  const smooth = new SoftTissueProjector(
    anatomy,
    materials,
    beam,
    noiseSeed,
  ).project(small);
  const large = (map: Float32Array): Float32Array =>
    enlarge(map, small.width, small.height, film.width, film.height, factor);

  const attenuation = large(smooth.attenuation);
  const lung = large(smooth.lung);
  const body = large(smooth.body);
  const affected = large(
    fray(smooth.affected, smooth.lung, small, anatomy.subject.unit),
  );
  const bones = projectSkeleton(anatomy, materials, beam, film);
  const vessels = projectVessels(anatomy, beam, film);
  const airways = projectAirways(anatomy, beam, film);
  const added = new Float32Array(attenuation.length);

  const { disease, subject } = anatomy;
  const unit = subject.unit;
  const gain = materials.soft - materials.lung;
  const grain = 1.6 / unit;
  for (let row = 0; row < film.height; row++) {
    for (let column = 0; column < film.width; column++) {
      const i = row * film.width + column;
      const depth = lung[i] ?? 0;
      // Vessels need lung around them to be seen, and air in it.
      const visible = Math.min(1, depth / (3 * unit));
      let extra = gain * visible * (vessels[i] ?? 0);
      if (depth > 0.05) {
        const [x, y] = planePoint(film, column, row);
        // Lobules the film does not resolve: a faint mottle that grows with depth.
        extra +=
          0.012 *
          Math.sqrt(depth) *
          fractalNoise(noiseSeed, x * grain, y * grain, 3);
        const sick = affected[i] ?? 0;
        if (sick > 0) {
          const share = Math.min(1, sick / depth);
          const full = disease.density * filling(noiseSeed + 31, x, y, unit);
          const septa =
            disease.meshwork * 0.22 * share * mesh(noiseSeed + 53, x, y, unit);
          // Bronchi keep their air and run beside the vessels.
          const bronchi =
            0.6 * gain * visible * (vessels[i] ?? 0) * share * full;
          const air = gain * sick * full - bronchi;
          // Fluid around a vessel hides it.
          const hidden = extra * share * Math.min(1, full);
          added[i] = air + septa - hidden;
          extra += added[i] ?? 0;
        }
      }
      const trachea = materials.soft * (airways[i] ?? 0) * (1 - 0.8 * visible);
      const total = (attenuation[i] ?? 0) + extra - trachea;
      attenuation[i] = Math.max(0, total) + (bones[i] ?? 0);
    }
  }
  return { attenuation, added, lung, body };
}
