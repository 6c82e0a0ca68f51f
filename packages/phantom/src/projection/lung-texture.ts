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
    return this.gain * ray.vessels + 0.025 * Math.sqrt(ray.depth) * mottle;
  }

  /**
   * What the disease adds to `healthy`. Fluid in air spaces attenuates like
   * soft tissue and hides the vessels in it; the bronchi keep their air and,
   * running beside the vessels, show dark; their walls thicken, and so do septa.
   */
  diseased(ray: LungRay, healthy: number): number {
    const { density, meshwork, bronchitis } = this.disease;
    const share = Math.min(1, ray.affected / ray.depth);
    const cuffs =
      0.9 * this.gain * ray.vessels * Math.max(bronchitis, meshwork * share);
    if (share === 0) return cuffs;
    const full = density * this.filling(ray);
    const fluid = this.gain * ray.affected * full;
    const bronchi = 0.6 * this.gain * ray.vessels * share * full;
    const hidden = (healthy + cuffs) * share * Math.min(1, full);
    return (
      fluid + cuffs - bronchi - hidden + meshwork * share * this.septa(ray)
    );
  }

  /** Share of the affected air spaces that is filled: 1 on average at most. */
  private filling(ray: LungRay): number {
    const f = 1.2 / this.unit;
    const lobules = fractalNoise(this.seed + 31, ray.x * f, ray.y * f, 4);
    const uneven = this.disease.patchiness;
    return Math.max(0.2, Math.min(1.05, 1 - 0.4 * uneven + uneven * lobules));
  }

  /** Attenuation of thickened septa seen on edge. */
  private septa(ray: LungRay): number {
    const f = 1.5 / this.unit;
    return 0.4 * mesh(this.seed + 53, ray.x * f, ray.y * f);
  }
}
