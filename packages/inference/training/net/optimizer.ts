/** AdamW (Loshchilov and Hutter 2019) with an average of the weights. */
import * as tf from "@tensorflow/tfjs-core";

const BETA1 = 0.9;
const BETA2 = 0.999;
const EPSILON = 1e-7;

interface Slot {
  first: tf.Tensor;
  second: tf.Tensor;
  average: tf.Tensor;
}

/** Settings of one step. */
export interface StepRates {
  trunk: number;
  head: number;
  weightDecay: number;
  /** Gradients longer than this are shortened to it. */
  clipNorm: number;
}

export class Optimizer {
  readonly #slots = new Map<string, Slot>();
  readonly #averageDecay: number;
  #step = 0;

  constructor(
    variables: ReadonlyMap<string, tf.Variable>,
    averageDecay: number,
  ) {
    this.#averageDecay = averageDecay;
    for (const [name, variable] of variables) {
      this.#slots.set(name, {
        first: tf.zerosLike(variable),
        second: tf.zerosLike(variable),
        average: tf.clone(variable),
      });
    }
  }

  /** Moves every variable; disposes the gradients. */
  apply(
    variables: ReadonlyMap<string, tf.Variable>,
    gradients: Readonly<Record<string, tf.Tensor>>,
    rates: StepRates,
  ): void {
    this.#step += 1;
    const shrink = clipFactor(Object.values(gradients), rates.clipNorm);
    const bias1 = 1 - BETA1 ** this.#step;
    const bias2 = 1 - BETA2 ** this.#step;
    // Averages over the whole run would remember the untrained start.
    const decay = Math.min(this.#averageDecay, this.#step / (this.#step + 10));
    for (const [name, variable] of variables) {
      const gradient = gradients[variable.name];
      const slot = this.#slots.get(name);
      if (gradient === undefined || slot === undefined) continue;
      const isHead = !/^(stem|block)/.test(name);
      const rate = isHead ? rates.head : rates.trunk;
      const isKernel = /(raw|kernel)$/.test(name);
      const next = tf.tidy(() => {
        const g = tf.mul(gradient, shrink);
        const first = tf.add(tf.mul(slot.first, BETA1), tf.mul(g, 1 - BETA1));
        const second = tf.add(
          tf.mul(slot.second, BETA2),
          tf.mul(tf.square(g), 1 - BETA2),
        );
        const denominator = tf.add(tf.sqrt(tf.div(second, bias2)), EPSILON);
        const move = tf.div(tf.div(first, bias1), denominator);
        const drift = isKernel ? tf.mul(variable, rates.weightDecay) : 0;
        const value = tf.sub(variable, tf.mul(tf.add(move, drift), rate));
        const average = tf.add(
          tf.mul(slot.average, decay),
          tf.mul(value, 1 - decay),
        );
        return { first, second, value, average };
      });
      slot.first.dispose();
      slot.second.dispose();
      slot.average.dispose();
      this.#slots.set(name, next);
      variable.assign(next.value);
      next.value.dispose();
    }
    for (const gradient of Object.values(gradients)) gradient.dispose();
  }

  /** Everything that a later run needs to go on; views, not copies. */
  state(variables: ReadonlyMap<string, tf.Variable>): Map<string, tf.Tensor> {
    const all = new Map<string, tf.Tensor>();
    for (const [name, slot] of this.#slots) {
      const value = variables.get(name);
      if (value !== undefined) all.set(`value:${name}`, value);
      all.set(`first:${name}`, slot.first);
      all.set(`second:${name}`, slot.second);
      all.set(`average:${name}`, slot.average);
    }
    return all;
  }

  /** Takes a state back; `step` is how many steps it had made. */
  restore(
    variables: ReadonlyMap<string, tf.Variable>,
    state: ReadonlyMap<string, tf.Tensor>,
    step: number,
  ): void {
    this.#step = step;
    const take = (key: string): tf.Tensor => {
      const found = state.get(key);
      if (found === undefined) throw new Error(`the checkpoint has no ${key}`);
      return found;
    };
    for (const [name, slot] of this.#slots) {
      tf.dispose([slot.first, slot.second, slot.average]);
      const value = take(`value:${name}`);
      variables.get(name)?.assign(value);
      value.dispose();
      this.#slots.set(name, {
        first: take(`first:${name}`),
        second: take(`second:${name}`),
        average: take(`average:${name}`),
      });
    }
  }

  /** Frees what it holds; its averages are gone then. */
  dispose(): void {
    for (const { first, second, average } of this.#slots.values()) {
      tf.dispose([first, second, average]);
    }
    this.#slots.clear();
  }

  /** The averaged weights, by the variables' names. */
  averages(): Map<string, tf.Tensor> {
    return new Map(
      Array.from(this.#slots, ([name, slot]) => [name, slot.average]),
    );
  }
}

function clipFactor(gradients: tf.Tensor[], clipNorm: number): number {
  const norm = tf.tidy(() =>
    tf.sqrt(tf.addN(gradients.map((g) => tf.sum(tf.square(g))))),
  );
  const length = norm.dataSync()[0] ?? 0;
  norm.dispose();
  return length > clipNorm ? clipNorm / length : 1;
}
