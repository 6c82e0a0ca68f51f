/** The loop of a fine-tuning: two folds, then all films. */
import { setImmediate } from "node:timers/promises";

import * as tf from "@tensorflow/tfjs-core";

import { runHeads } from "../../src/models/network.ts";
import type { WeightMap } from "../../src/models/trunk.ts";
import { sigmoid } from "../../src/triage/calibration.ts";
import { Random } from "../data/random.ts";
import { rankAuc } from "../fit/scores.ts";
import { rateFactor } from "../net/fine-tune.ts";
import { Optimizer } from "../net/optimizer.ts";
import {
  answersOf,
  BatchMaker,
  readable,
  type FilmSource,
} from "./head-batches.ts";
import { headLoss, headVariables } from "./head-net.ts";
import { halfOf } from "./tune-films.ts";
import type { TuneSettings } from "./tune-settings.ts";
import {
  loadState,
  PHASES,
  saveState,
  type Evaluation,
  type Phase,
  type TuneNote,
} from "./tune-state.ts";

/** What a run needs from outside. */
export interface TuneInputs {
  settings: TuneSettings;
  seed: number;
  /** Weights of the base, on the engine. */
  base: WeightMap;
  site: FilmSource;
  rehearsal: FilmSource | null;
  /** Where its states lie. */
  folder: string;
  /** Told after each step; true: save the state and stop. */
  onStep: (at: { phase: Phase; step: number; steps: number }) => boolean;
  onPoint: (point: Evaluation) => void;
  /** Told which files hold the newest state. */
  onSaved: (name: string, at: { phase: Phase; step: number }) => void;
  note: (line: string) => void;
}

/** What came of a run. */
export interface Tuned {
  /** The heads' averaged weights after the last training. */
  weights: Map<string, tf.Tensor>;
  /** Steps of the last training: the best number of the folds. */
  steps: number;
  curve: Evaluation[];
  /**
   * Films that a fold was not taught, each with its answer after `steps`:
   * logit and strongest.
   */
  heldOut: Map<number, readonly [number, number]>;
}

/** Warm-up of the rate, as a part of all steps. */
const WARMUP = 0.05;
const CLIP_NORM = 5;

/** Trains, from the state in the folder where there is one; null: stopped. */
export async function tuneHeads(inputs: TuneInputs): Promise<Tuned | null> {
  const { folder, seed, note } = inputs;
  const saved = await loadState(folder);
  let at: TuneNote = saved?.note ?? {
    count: 0,
    phase: "fold-1",
    step: 0,
    random: seed,
    losses: [],
    curve: [],
    heldOut: {},
  };
  if (saved !== null)
    note(`goes on in ${at.phase} after step ${String(at.step)}`);
  let tensors = saved?.tensors ?? null;
  for (;;) {
    const phase = new PhaseRun(inputs, at, tensors);
    const result = await phase.run();
    if (result === null) return null;
    at = result.note;
    if (at.phase === "all") {
      const steps = stepsOf(at, inputs.settings);
      return {
        weights: result.weights,
        steps,
        curve: at.curve,
        heldOut: heldOutAt(at, inputs, steps),
      };
    }
    tf.dispose([...result.weights.values()]);
    const next = PHASES[PHASES.indexOf(at.phase) + 1] ?? "all";
    // Each training begins at the base, with numbers of its own.
    at = {
      ...at,
      phase: next,
      step: 0,
      losses: [],
      random: seed + PHASES.indexOf(next) * 104_729,
    };
    tensors = null;
  }
}

/** One of the three trainings. */
class PhaseRun {
  readonly #inputs: TuneInputs;
  readonly #variables: Map<string, tf.Variable>;
  readonly #optimizer: Optimizer;
  readonly #random: Random;
  readonly #batches: BatchMaker;
  readonly #heldOut: number[];
  readonly #steps: number;
  #note: TuneNote;

  constructor(
    inputs: TuneInputs,
    note: TuneNote,
    tensors: ReadonlyMap<string, tf.Tensor> | null,
  ) {
    const { settings, base, site, rehearsal } = inputs;
    this.#inputs = inputs;
    this.#note = note;
    this.#steps =
      note.phase === "all" ? stepsOf(note, settings) : settings.steps;
    this.#variables = headVariables(base);
    this.#optimizer = new Optimizer(this.#variables, settings.averageDecay);
    if (tensors !== null)
      this.#optimizer.restore(this.#variables, tensors, note.step);
    this.#random = new Random(note.random);
    const { learnt, heldOut } = foldOf(site, note.phase);
    this.#heldOut = heldOut;
    this.#batches = new BatchMaker(
      settings,
      this.#random,
      site,
      learnt,
      rehearsal,
    );
  }

  /** Null where it was told to stop. */
  async run(): Promise<{
    note: TuneNote;
    weights: Map<string, tf.Tensor>;
  } | null> {
    const { evaluateEvery } = this.#inputs.settings;
    for (let step = this.#note.step + 1; step <= this.#steps; step += 1) {
      const loss = this.#step(step);
      if (!Number.isFinite(loss))
        throw new Error("the loss is no number any more: the rate is too high");
      this.#note = {
        ...this.#note,
        step,
        random: this.#random.state,
        losses: [...this.#note.losses, loss],
      };
      const isDue = step % evaluateEvery === 0 || step === this.#steps;
      if (isDue) this.#evaluate();
      const { phase } = this.#note;
      const isToStop = this.#inputs.onStep({ phase, step, steps: this.#steps });
      if (isDue || isToStop) await this.#save();
      if (isToStop) {
        this.#dispose();
        return null;
      }
      // Lets a signal through: the engine itself never waits.
      await setImmediate();
    }
    const weights = new Map(
      Array.from(this.#optimizer.averages(), ([name, value]) => [
        name,
        tf.clone(value),
      ]),
    );
    this.#dispose();
    return { note: this.#note, weights };
  }

  #step(step: number): number {
    const { settings, base } = this.#inputs;
    const batch = this.#batches.next();
    const { value, grads } = tf.tidy(() => {
      const answers = runHeads(batch.features, base);
      const made = tf.variableGrads(
        () => headLoss(this.#variables, answers, batch, settings.keepWeight),
        [...this.#variables.values()],
      );
      return { value: made.value, grads: made.grads };
    });
    const loss = value.dataSync()[0] ?? Number.NaN;
    value.dispose();
    tf.dispose({ ...batch });
    const warmup = Math.ceil(this.#steps * WARMUP);
    const factor = rateFactor(step, { warmup, steps: this.#steps });
    this.#optimizer.apply(this.#variables, grads, {
      trunk: 0,
      head: settings.rate * factor,
      weightDecay: settings.weightDecay,
      clipNorm: CLIP_NORM,
    });
    return loss;
  }

  #evaluate(): void {
    const { site, rehearsal, base } = this.#inputs;
    const averages = this.#optimizer.averages();
    const answers = answersOf(averages, site.file, this.#heldOut);
    const truth = this.#heldOut.map(
      (film) => site.films[film]?.isSick === true,
    );
    const { phase, step, losses } = this.#note;
    const auroc = rankAuc(
      answers.map(({ logit }) => logit),
      truth,
    );
    const point: Evaluation = {
      phase,
      step,
      loss: meanOf(losses),
      heldOutLoss:
        answers.length === 0
          ? null
          : meanOf(
              answers.map(({ logit }, at) =>
                entropyOf(logit, truth[at] === true),
              ),
            ),
      auroc: Number.isNaN(auroc) ? null : auroc,
      drift: rehearsal === null ? null : driftOf(base, averages, rehearsal),
    };
    this.#inputs.onPoint(point);
    this.#note = {
      ...this.#note,
      losses: [],
      curve: [...this.#note.curve, point],
      heldOut: {
        ...this.#note.heldOut,
        [`${phase} ${String(step)}`]: answers.map(
          ({ logit, strongest }): [number, number] => [logit, strongest],
        ),
      },
    };
  }

  async #save(): Promise<void> {
    this.#note = { ...this.#note, count: this.#note.count + 1 };
    const { phase, step } = this.#note;
    const name = await saveState(
      this.#inputs.folder,
      this.#optimizer.state(this.#variables),
      this.#note,
    );
    this.#inputs.onSaved(name, { phase, step });
  }

  #dispose(): void {
    tf.dispose([...this.#variables.values()]);
    for (const [name, tensor] of this.#optimizer.state(this.#variables))
      if (!name.startsWith("value:")) tensor.dispose();
  }
}

/** What a phase is taught and what is held out of it. */
function foldOf(
  site: FilmSource,
  phase: Phase,
): { learnt: number[]; heldOut: number[] } {
  const all = readable(site);
  if (phase === "all") return { learnt: all, heldOut: [] };
  const own = phase === "fold-1" ? 0 : 1;
  const isOwn = (at: number): boolean => {
    const film = site.films[at];
    return film !== undefined && halfOf(film) === own;
  };
  return {
    learnt: all.filter(isOwn),
    heldOut: all.filter((at) => !isOwn(at)),
  };
}

/** The number of steps after which the folds rank best, taken together. */
function stepsOf({ curve }: TuneNote, settings: TuneSettings): number {
  const folds = curve.filter(({ phase }) => phase !== "all");
  const steps = [...new Set(folds.map(({ step }) => step))];
  const means = steps.map((step) => {
    const own = folds.filter((point) => point.step === step);
    return { step, auroc: meanOf(own.map(({ auroc }) => auroc ?? 0)) };
  });
  // The first of equals: less moved from the base.
  return means.reduce((best, next) => (next.auroc > best.auroc ? next : best), {
    step: settings.steps,
    auroc: -1,
  }).step;
}

function heldOutAt(
  { heldOut }: TuneNote,
  { site }: TuneInputs,
  steps: number,
): Map<number, readonly [number, number]> {
  const answers = (["fold-1", "fold-2"] as const).flatMap((phase) => {
    const given = heldOut[`${phase} ${String(steps)}`] ?? [];
    return foldOf(site, phase).heldOut.flatMap((film, at) => {
      const answer = given[at];
      return answer === undefined ? [] : [[film, answer] as const];
    });
  });
  return new Map(answers);
}

function driftOf(
  base: WeightMap,
  weights: WeightMap,
  source: FilmSource,
): number {
  const films = readable(source);
  const before = answersOf(base, source.file, films);
  const after = answersOf(weights, source.file, films);
  return meanOf(
    before.map(({ logit }, at) =>
      Math.abs(sigmoid(logit) - sigmoid(after[at]?.logit ?? Number.NaN)),
    ),
  );
}

function entropyOf(logit: number, isSick: boolean): number {
  const z = isSick ? -logit : logit;
  return Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
