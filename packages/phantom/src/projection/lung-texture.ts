import type { Disease } from "../anatomy/disease.ts";
import type { Materials } from "../anatomy/materials.ts";
import { fractalNoise, valueNoise } from "../noise-field.ts";

/** What one ray met in the lung; lengths in centimetres. */
export interface LungRay {
  x: number;
  y: number;
  /** Lung crossed. */
  depth: number;
  /** The part of it that is affected. */
  affected: number;
  /** Vessels crossed, as far as air around them shows them. */
  vessels: number;
}

/** Thickened septa: lines where two noises pass zero, 0 to 1. */
function mesh(seed: number, x: number, y: number): number {
  const a = 1 - Math.abs(valueNoise(seed, x, y));
  const b = 1 - Math.abs(valueNoise(seed + 7, x * 1.9, y * 1.9));
  return 0.6 * a ** 6 + 0.4 * b ** 6;
}

/** Attenuation of what is too fine or too irregular for the smooth maps. */
export class LungTexture {
  private readonly gain: number;

  constructor(
    private readonly disease: Disease,
    materials: Materials,
    private readonly unit: number,
    private readonly seed: number,
  ) {
    this.gain = materials.soft - materials.lung;
  }

  /**
   * Vessels, and lobules that no film resolves: a faint mottle, which adds up
   * like the square root of the depth, as independent things do.
   */
  healthy(ray: LungRay): number {
    const f = 1.6 / this.unit;
    const mottle = fractalNoise(this.seed, ray.x * f, ray.y * f, 3);
    return this.gain * ray.vessels + 0.012 * Math.sqrt(ray.depth) * mottle;
  }

  /**
   * What the disease adds to `healthy`. Fluid in air spaces attenuates like
   * soft tissue and hides the vessels in it; the bronchi keep their air and,
   * running beside the vessels, show dark; septa thicken to a mesh.
   */
  diseased(ray: LungRay, healthy: number): number {
    if (ray.affected <= 0) return 0;
    const share = Math.min(1, ray.affected / ray.depth);
    const full = this.disease.density * this.filling(ray);
    const fluid = this.gain * ray.affected * full;
    const bronchi = 0.6 * this.gain * ray.vessels * share * full;
    const hidden = healthy * share * Math.min(1, full);
    return fluid - bronchi - hidden + this.thickening(ray, share);
  }

  /** Air spaces are filled unevenly: about 0.6 to 1.05. */
  private filling(ray: LungRay): number {
    const f = 1.3 / this.unit;
    return 0.82 + 0.22 * fractalNoise(this.seed + 31, ray.x * f, ray.y * f, 3);
  }

  /** Septa seen on edge, and cuffs that make the vessels look thicker. */
  private thickening(ray: LungRay, share: number): number {
    const { meshwork } = this.disease;
    if (meshwork === 0) return 0;
    const f = 1.5 / this.unit;
    const septa = 0.4 * mesh(this.seed + 53, ray.x * f, ray.y * f);
    const cuffs = 0.9 * this.gain * ray.vessels;
    return meshwork * share * (septa + cuffs);
  }
}
