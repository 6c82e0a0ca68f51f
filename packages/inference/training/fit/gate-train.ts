/** Fits the gate's head on fixed features: kinds, age look, distance. */
import * as tf from "@tensorflow/tfjs-core";

import { columnStatistics } from "./linear-algebra.ts";
import { Random } from "../data/random.ts";

/** Features of many pictures, `columns` values each, with what they are. */
export interface GateSet {
  values: Float32Array;
  columns: number;
  /** Index of the class; 0 is a true film. */
  classes: Int32Array;
  /** 1 child, 0 adult, −1 unknown. */
  child: Int8Array;
  /** How much the picture counts. */
  weights: Float32Array;
  /** 1 where the order of grey values says that the film is inverted. */
  contradicts: Uint8Array;
}

const HIDDEN = 64;
const DIRECTIONS = 64;
const BATCH = 128;
const RATE = 2e-3;
const DECAY = 2e-4;
const CLIP = 6;

/** Weights of the head by name, on the engine; the caller disposes them. */
export function trainGateHead(
  set: GateSet,
  classCount: number,
  options: { epochs: number; seed: number },
): Map<string, tf.Tensor> {
  const random = new Random(options.seed);
  const good = rowsWhere(set, (at) => set.classes[at] === 0);
  const { mean, deviation } = columnStatistics(
    gather(set.values, set.columns, good),
    set.columns,
  );
  const standard = standardise(set, mean, deviation);
  const head = fitHead(standard, set, classCount, options.epochs, random);
  const space = fitDistance(
    gather(standard, set.columns, good),
    set.columns,
    random,
  );
  const scale = deviation.map((d) => 1 / d);
  return new Map<string, tf.Tensor>([
    ["gate/mean", tf.tensor1d(mean)],
    ["gate/scale", tf.tensor1d(scale)],
    ...head,
    ...space,
  ]);
}

function rowsWhere(set: GateSet, is: (at: number) => boolean): number[] {
  return Array.from(set.classes, (_, at) => at).filter(is);
}

function gather(
  values: Float32Array,
  columns: number,
  rows: readonly number[],
): Float32Array {
  const out = new Float32Array(rows.length * columns);
  for (const [to, from] of rows.entries()) {
    out.set(
      values.subarray(from * columns, (from + 1) * columns),
      to * columns,
    );
  }
  return out;
}

function standardise(
  set: GateSet,
  mean: Float32Array,
  deviation: Float32Array,
): Float32Array {
  return set.values.map((v, at) => {
    const c = at % set.columns;
    const z = (v - (mean[c] ?? 0)) / (deviation[c] ?? 1);
    return z > CLIP ? CLIP : z < -CLIP ? -CLIP : z;
  });
}

function fitHead(
  standard: Float32Array,
  set: GateSet,
  classCount: number,
  epochs: number,
  random: Random,
): [string, tf.Tensor][] {
  const { columns } = set;
  const start = (rows: number, width: number): tf.Variable =>
    tf.variable(
      tf.randomNormal(
        [rows, width],
        0,
        Math.sqrt(1 / rows),
        "float32",
        random.below(1e9),
      ),
    );
  const variables = {
    "gate/hidden/kernel": start(columns, HIDDEN),
    "gate/hidden/bias": tf.variable(tf.zeros([HIDDEN])),
    "gate/classes/kernel": start(HIDDEN, classCount),
    "gate/classes/bias": tf.variable(tf.zeros([classCount])),
    "gate/child/kernel": start(HIDDEN, 1),
    "gate/child/bias": tf.variable(tf.zeros([1])),
  };
  const list = Object.values(variables);
  const count = set.classes.length;
  const order = Array.from({ length: count }, (_, at) => at);
  const total = Math.ceil((epochs * count) / BATCH);
  const optimizer = tf.train.adam(RATE);
  for (let step = 0; step < total; step += 1) {
    const rows = Array.from(
      { length: BATCH },
      () => order[random.below(count)] ?? 0,
    );
    const batch = {
      x: tf.tensor2d(gather(standard, columns, rows), [BATCH, columns]),
      classes: tf.oneHot(
        tf.tensor1d(
          rows.map((r) => set.classes[r] ?? 0),
          "int32",
        ),
        classCount,
      ),
      child: tf.tensor2d(rows.map((r) => [(set.child[r] ?? 0) > 0 ? 1 : 0])),
      knows: tf.tensor2d(rows.map((r) => [(set.child[r] ?? -1) < 0 ? 0 : 1])),
      weights: tf.tensor1d(rows.map((r) => set.weights[r] ?? 1)),
    };
    const gradients = tf.variableGrads(() => {
      // Noise stands for films between those seen: a smoother border.
      const noisy = tf.add(batch.x, tf.randomNormal(batch.x.shape, 0, 0.25));
      const hidden = tf.relu(
        tf.add(
          tf.matMul(
            noisy as tf.Tensor2D,
            variables["gate/hidden/kernel"] as tf.Tensor2D,
          ),
          variables["gate/hidden/bias"],
        ),
      );
      const dropped = tf.dropout(hidden, 0.3) as tf.Tensor2D;
      const logits = tf.add(
        tf.matMul(dropped, variables["gate/classes/kernel"] as tf.Tensor2D),
        variables["gate/classes/bias"],
      );
      const logP = tf.logSoftmax(logits);
      const soft = tf.add(tf.mul(batch.classes, 0.96), 0.04 / classCount);
      const kinds = tf.mean(
        tf.mul(tf.neg(tf.sum(tf.mul(logP, soft), 1)), batch.weights),
      );
      const z = tf.add(
        tf.matMul(dropped, variables["gate/child/kernel"] as tf.Tensor2D),
        variables["gate/child/bias"],
      );
      const bce = tf.add(
        tf.sub(tf.relu(z), tf.mul(z, batch.child)),
        tf.log1p(tf.exp(tf.neg(tf.abs(z)))),
      );
      const child = tf.mean(tf.mul(bce, batch.knows));
      const decay = tf.mul(
        tf.sum(tf.square(variables["gate/hidden/kernel"])),
        DECAY,
      );
      return tf.addN([kinds, tf.mul(child, 0.5), decay]) as tf.Scalar;
    }, list);
    optimizer.applyGradients(
      Object.entries(gradients.grads).map(([name, tensor]) => ({
        name,
        tensor,
      })),
    );
    tf.dispose([gradients.value, gradients.grads, batch]);
  }
  optimizer.dispose();
  return Object.entries(variables).map(([name, variable]) => {
    const value = tf.clone(variable);
    variable.dispose();
    return [name, value];
  });
}

/**
 * Distance in the sense of probabilistic principal components (Tipping and
 * Bishop 1999): variances λ along the leading directions, one shared variance
 * for the rest. `d² = (c·|x|² − Σ (x·vₖ)²·(c − 1/λₖ)) / n`, with `c` one over
 * the shared variance; a training film has about 1.
 */
function fitDistance(
  standard: Float32Array,
  columns: number,
  random: Random,
): [string, tf.Tensor][] {
  const rows = standard.length / columns;
  // More directions than half the films would hold every film of training,
  // and leave no distance to judge others by.
  const directions = Math.min(DIRECTIONS, Math.max(1, Math.floor(rows / 2)));
  const kept = tf.tidy(() => {
    const x = tf.tensor2d(standard, [rows, columns]);
    const covariance = tf.div<tf.Tensor2D>(tf.matMul(x, x, true, false), rows);
    let basis: tf.Tensor2D = tf.randomNormal(
      [columns, directions],
      0,
      1,
      "float32",
      random.below(1e9),
    );
    // Subspace iteration: multiply, then make orthonormal again.
    for (let round = 0; round < 12; round += 1) {
      basis = orthonormal(tf.matMul(covariance, basis));
    }
    const projected = tf.matMul(x, basis);
    const variances = tf.mean(tf.square(projected), 0);
    const whole = tf.sum(tf.mean(tf.square(x), 0));
    const rest = tf.div(tf.sub(whole, tf.sum(variances)), columns - directions);
    const precision = tf.div(1, rest);
    const excess = tf.maximum(
      tf.sub(precision, tf.div(1, tf.maximum(variances, 1e-6))),
      0,
    );
    return {
      "gate/near/kernel": tf.mul(basis, tf.sqrt(excess)),
      "gate/near/precision": tf.reshape(precision, [1]),
    };
  });
  return Object.entries(kept);
}

/** Gram and Schmidt on the columns. */
function orthonormal(basis: tf.Tensor2D): tf.Tensor2D {
  const columns = tf.unstack(tf.transpose(basis)) as tf.Tensor1D[];
  // An array in gives an array out.
  const made = tf.linalg.gramSchmidt(columns) as tf.Tensor1D[];
  return tf.transpose(tf.stack(made)) as tf.Tensor2D;
}
