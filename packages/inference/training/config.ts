import { STANDARD_AUGMENTATION, type AugmentConfig } from "./augment.ts";

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
  nihWeight: number;
  augmentation: AugmentConfig;
}

/** The recipe of the committed model. */
export const STANDARD_CONFIG: TrainConfig = {
  name: "lung-iris-lite0",
  seed: 20261123,
  size: 192,
  cacheSize: 224,
  firstTrained: 3,
  recalibrateFilms: 64,
  batch: 32,
  steps: 1600,
  evaluateEvery: 400,
  patience: 4,
  trunkRate: 7e-4,
  headRate: 2.4e-3,
  warmup: 80,
  weightDecay: 0.02,
  averageDecay: 0.998,
  smoothing: 0.04,
  cellsWeight: 1.5,
  viralWeight: 0.1,
  nihWeight: 0.15,
  augmentation: STANDARD_AUGMENTATION,
};
