/** Nets that the product's own is compared with; nothing ships them. */
import * as tf from "@tensorflow/tfjs-core";

/** A small net that gives one logit a film. */
export interface ComparisonNet {
  name: string;
  size: number;
  variables: Map<string, tf.Variable>;
  /** @param x films on the trunk's scale, `[batch, size, size, 1]` */
  logit(x: tf.Tensor4D): tf.Tensor2D;
}

const start = (
  variables: Map<string, tf.Variable>,
  name: string,
  shape: number[],
  seed: number,
): void => {
  const fanIn = shape.slice(0, -1).reduce((a, b) => a * b, 1);
  const values = tf.randomNormal(
    shape,
    0,
    Math.sqrt(2 / fanIn),
    "float32",
    seed,
  );
  variables.set(`${name}/kernel`, tf.variable(values));
  const width = shape.at(-1) ?? 1;
  variables.set(`${name}/bias`, tf.variable(tf.zeros([width])));
};

/**
 * The shape of the original Lung-Iris: grey levels under 127 set to zero,
 * four convolutions with pooling, two dense layers, 256 × 256.
 */
export function originalShape(seed: number): ComparisonNet {
  const variables = new Map<string, tf.Variable>();
  const widths = [1, 32, 32, 64, 64];
  for (let at = 0; at < 4; at += 1) {
    const shape = [3, 3, widths[at] ?? 1, widths[at + 1] ?? 1];
    start(variables, `conv${String(at)}`, shape, seed + at);
  }
  start(variables, "dense0", [16 * 16 * 64, 112], seed + 4);
  start(variables, "dense1", [112, 1], seed + 5);
  return {
    name: "original-shape",
    size: 256,
    variables,
    logit: (x) => {
      // On the trunk's scale (v − 127) / 128 the level 127 is 0.
      const grey = tf.div(tf.add(tf.mul(x, 128), 127), 255);
      let y: tf.Tensor4D = tf.mul(grey, tf.step(x));
      for (let at = 0; at < 4; at += 1) {
        y = tf.maxPool(convolution(y, variables, at), 2, 2, "same");
      }
      const flat: tf.Tensor2D = tf.reshape(y, [x.shape[0], -1]);
      const hidden = tf.relu(dense(flat, variables, "dense0"));
      return dense(hidden, variables, "dense1");
    },
  };
}

/** Five plain convolutions from scratch, averaged over the film, 160 × 160. */
export function fromScratch(seed: number): ComparisonNet {
  const variables = new Map<string, tf.Variable>();
  const widths = [1, 24, 48, 96, 128, 160];
  for (let at = 0; at < 5; at += 1) {
    const shape = [3, 3, widths[at] ?? 1, widths[at + 1] ?? 1];
    start(variables, `conv${String(at)}`, shape, seed + at);
  }
  start(variables, "dense1", [160, 1], seed + 5);
  return {
    name: "from-scratch",
    size: 160,
    variables,
    logit: (x) => {
      let y = x;
      for (let at = 0; at < 5; at += 1) {
        y = convolution(y, variables, at);
        if (at < 4) y = tf.maxPool(y, 2, 2, "same");
      }
      return dense(tf.mean<tf.Tensor2D>(y, [1, 2]), variables, "dense1");
    },
  };
}

function variable(
  variables: ReadonlyMap<string, tf.Variable>,
  name: string,
): tf.Variable {
  const found = variables.get(name);
  if (found === undefined) throw new Error(`the net has no ${name}`);
  return found;
}

function convolution(
  x: tf.Tensor4D,
  variables: ReadonlyMap<string, tf.Variable>,
  at: number,
): tf.Tensor4D {
  const name = `conv${String(at)}`;
  const kernel = variable(variables, `${name}/kernel`) as tf.Tensor4D;
  const sum = tf.conv2d(x, kernel, 1, "same");
  const shifted: tf.Tensor4D = tf.add(sum, variable(variables, `${name}/bias`));
  return tf.relu(shifted);
}

function dense(
  x: tf.Tensor2D,
  variables: ReadonlyMap<string, tf.Variable>,
  name: string,
): tf.Tensor2D {
  const kernel = variable(variables, `${name}/kernel`) as tf.Tensor2D;
  return tf.add(tf.matMul(x, kernel), variable(variables, `${name}/bias`));
}
