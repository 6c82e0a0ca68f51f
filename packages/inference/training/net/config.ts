import { STANDARD_HEADS, type HeadsConfig } from "../fit/finding-heads.ts";
import { STANDARD_AUGMENTATION, type AugmentConfig } from "../data/augment.ts";

/** Everything that makes a training run what it is; written beside it. */
export interface TrainConfig {
  name: string;
  seed: number;
  /** Input side of the net. */
  size: number;
  /** Side of the cached films. */
  cacheSize: number;
  firstTrained: number;
  recalibrateFilms: number;
  batch: number;
  steps: number;
  evaluateEvery: number;
  /** Evaluations without a better score before the run ends. */
  patience: number;
  trunkRate: number;
  headRate: number;
  warmup: number;
  weightDecay: number;
  averageDecay: number;
  smoothing: number;
  cellsWeight: number;
  viralWeight: number;
  findingsWeight: number;
  /** Looks of every film in a batch: 2 asks them for one answer. */
  looks: 1 | 2;
  consistencyWeight: number;
  /** Chance that a step blends the statistics of early features of films. */
  styleMixing: number;
  /**
   * How far the model's weights go from those that the run started from to
   * those that it found: 1 all the way.
   */
  blend: number;
  /** The findings' heads, trained on the finished trunk. */
  heads: HeadsConfig;
  augmentation: AugmentConfig;
}

/** The recipe of the committed model. */
export const STANDARD_CONFIG: TrainConfig = {
  name: "lung-iris-3",
  seed: 20261123,
  size: 192,
  cacheSize: 224,
  firstTrained: 3,
  recalibrateFilms: 64,
  batch: 32,
  steps: 900,
  evaluateEvery: 225,
  patience: 4,
  trunkRate: 2.5e-4,
  headRate: 8e-4,
  warmup: 40,
  weightDecay: 0.02,
  averageDecay: 0.995,
  smoothing: 0.04,
  cellsWeight: 1.5,
  viralWeight: 0.1,
  findingsWeight: 0.4,
  looks: 2,
  consistencyWeight: 0.5,
  styleMixing: 0.2,
  blend: 0.5,
  heads: STANDARD_HEADS,
  augmentation: STANDARD_AUGMENTATION,
};
