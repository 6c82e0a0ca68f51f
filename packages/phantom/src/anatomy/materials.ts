import type { Subject } from "./subject.ts";

/**
 * Linear attenuation in nepers per centimetre at the beam's effective energy,
 * from the mass attenuation coefficients of NIST XCOM: about 70 keV for an
 * adult at 125 kVp, about 45 keV for a small child or a bedside film at
 * 60 to 80 kVp. Bone is given against the soft tissue it displaces.
 */
export interface Materials {
  readonly soft: number;
  readonly fat: number;
  /** Inflated lung: about 0.26 g/cm³. */
  readonly lung: number;
  readonly denseBone: number;
  readonly spongyBone: number;
}

export function materialsFor(subject: Subject): Materials {
  // Lower tube voltage for smaller patients, and no grid at the bedside.
  const low = Math.max(subject.childlike, subject.view === "AP" ? 0.35 : 0);
  const soft = 0.198 + 0.045 * low;
  return {
    soft,
    fat: 0.176 + 0.028 * low,
    lung: soft * 0.26,
    denseBone: 0.3 + 0.52 * low,
    spongyBone: 0.05 + 0.06 * low,
  };
}
