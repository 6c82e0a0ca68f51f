/** What is wrong with the lungs on a synthetic film. */
export type Pathology =
  "none" | "consolidation" | "bilateral-consolidation" | "interstitial";

/** Where in the lungs an opacity lies; sides are the patient's. */
export type LungSite =
  | "right-upper-lobe"
  | "right-middle-lobe"
  | "right-lower-lobe"
  | "left-upper-lobe"
  | "lingula"
  | "left-lower-lobe";

export type Sex = "F" | "M";
export type Build = "slim" | "average" | "large";
export type View = "PA" | "AP";
export type Marker = "R" | "L" | "none";

/** What to make. Only `seed` is needed; the rest is drawn from it. */
export interface PhantomOptions {
  /** A whole number; the same options with the same seed give the same pixels. */
  readonly seed: number;
  /**
   * Which visit of the same patient it is, 0 unless given: anatomy stays, pose,
   * breath, exposure and noise change.
   */
  readonly visit?: number;
  /** Pixels of both sides unless `width` and `height` are given; 1024. */
  readonly size?: number;
  readonly width?: number;
  readonly height?: number;
  /** 0 to 100. */
  readonly ageYears?: number;
  readonly sex?: Sex;
  readonly build?: Build;
  readonly view?: View;
  readonly marker?: Marker;
  /** Whether a collimator's black border shows. */
  readonly collimated?: boolean;
  readonly pathology?: Pathology;
  /** Where the opacities are; drawn from the seed unless given. */
  readonly sites?: readonly LungSite[];
  /** How much of a lobe is affected, 0 to 1. */
  readonly extent?: number;
  /** How full of fluid the affected air spaces are, 0 to 1. */
  readonly density?: number;
}

/** A box in pixels of the film, origin at the upper left. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What is known of a synthetic film because it was made. */
export interface PhantomTruth {
  readonly seed: number;
  readonly ageYears: number;
  readonly sex: Sex;
  readonly build: Build;
  readonly view: View;
  readonly pathology: Pathology;
  readonly sites: readonly LungSite[];
  /** Millimetres a pixel, at the patient. */
  readonly pixelSpacing: number;
  /** The lungs free of heart, mediastinum and abdomen, by the patient's side. */
  readonly rightLung: Box;
  readonly leftLung: Box;
  /** 1 where a ray crosses at least a centimetre of aerated lung. */
  readonly lungMask: Uint8Array;
  /** Attenuation the disease adds, in nepers, one value a pixel. */
  readonly addedAttenuation: Float32Array;
}

/** A picture as the encoders take it, MONOCHROME2: dense is bright. */
export interface FilmPixels {
  readonly width: number;
  readonly height: number;
  /** Row by row from the upper left, 0 to `maxValue`. */
  readonly pixels: Uint16Array;
  /** The greatest value a pixel can have: 4095. */
  readonly maxValue: number;
}

/** A synthetic chest film. */
export interface Phantom extends FilmPixels {
  /** One box around each opacity; empty for a healthy film. */
  readonly boxes: readonly Box[];
  readonly truth: PhantomTruth;
}
