/** Collects operations and weights under the names of the model folder. */
import { InferenceError } from "../errors.ts";
import type { StoredTensor, StoredWeights } from "../models/weights.ts";
import { onnxFile, onnxNode, onnxTensor, type Named } from "./onnx-file.ts";
import type { Fields } from "./protobuf-writer.ts";

export interface ConvolutionOptions {
  relu6?: boolean;
  /** Input side where the convolution halves it. */
  downFrom?: number;
}

/** A net on its way to an ONNX file. */
export class OnnxGraph {
  readonly #source: StoredWeights;
  readonly #nodes: Fields[] = [];
  readonly #weights = new Map<string, Fields>();

  constructor(source: StoredWeights) {
    this.#source = source;
  }

  /** Adds an operation; the name of what it gives. */
  add(
    operation: string,
    inputs: readonly string[],
    output: string,
    attributes: Parameters<typeof onnxNode>[3] = {},
  ): string {
    this.#nodes.push(onnxNode(operation, inputs, output, attributes));
    return output;
  }

  scalar(name: string, value: number): string {
    return this.#store({ name, shape: [] }, Float32Array.of(value));
  }

  /** A weight as it is. */
  matrix(name: string): string {
    const { shape, values } = this.#weight(name);
    return this.#store({ name, shape }, values);
  }

  shapeOf(name: string): readonly number[] {
    return this.#weight(name).shape;
  }

  /** `x · kernel + bias` of the head called `name`. */
  dense(x: string, name: string, output: string): string {
    const inputs = [
      x,
      this.matrix(`${name}/kernel`),
      this.matrix(`${name}/bias`),
    ];
    return this.add("Gemm", inputs, output);
  }

  convolution(
    x: string,
    name: string,
    options: ConvolutionOptions,
    output = name,
  ): string {
    // TensorFlow holds [rows, columns, in, out], ONNX [out, in, rows, columns].
    const { shape, values } = this.#weight(`${name}/kernel`);
    const [rows = 1, columns = 1, from = 1, to = 1] = shape;
    const turned = new Float32Array(values.length);
    const area = rows * columns;
    for (let cell = 0; cell < area; cell += 1) {
      for (let i = 0; i < from; i += 1) {
        const base = (cell * from + i) * to;
        for (let o = 0; o < to; o += 1) {
          turned[(o * from + i) * area + cell] = values[base + o] ?? 0;
        }
      }
    }
    const kernel = { name: `${name}/kernel`, shape: [to, from, rows, columns] };
    this.#store(kernel, turned);
    return this.#convolve(x, name, kernel, 1, options, output);
  }

  depthwise(x: string, name: string, options: ConvolutionOptions): string {
    // [rows, columns, channels, 1] to [channels, 1, rows, columns].
    const { shape, values } = this.#weight(`${name}/kernel`);
    const [rows = 1, columns = 1, channels = 1] = shape;
    const area = rows * columns;
    const turned = new Float32Array(values.length);
    for (let cell = 0; cell < area; cell += 1) {
      for (let c = 0; c < channels; c += 1) {
        turned[c * area + cell] = values[cell * channels + c] ?? 0;
      }
    }
    const kernel = {
      name: `${name}/kernel`,
      shape: [channels, 1, rows, columns],
    };
    this.#store(kernel, turned);
    return this.#convolve(x, name, kernel, channels, options, name);
  }

  file(inputs: readonly Named[], outputs: readonly Named[]): Uint8Array {
    return onnxFile({
      name: "lung-iris",
      nodes: this.#nodes,
      weights: [...this.#weights.values()],
      inputs,
      outputs,
    });
  }

  #convolve(
    x: string,
    name: string,
    kernel: Named,
    group: number,
    { relu6 = false, downFrom }: ConvolutionOptions,
    output: string,
  ): string {
    const stride = downFrom === undefined ? 1 : 2;
    const side = kernel.shape[2] ?? 1;
    const inputs = [x, kernel.name, this.matrix(`${name}/bias`)];
    const attributes = {
      group,
      strides: [stride, stride],
      pads: samePadding(side, downFrom),
    };
    if (!relu6) return this.add("Conv", inputs, output, attributes);
    const plain = this.add("Conv", inputs, `${output}/plain`, attributes);
    const levels = [this.scalar("level-0", 0), this.scalar("level-6", 6)];
    return this.add("Clip", [plain, ...levels], output);
  }

  #weight(name: string): StoredTensor {
    const found = this.#source.get(name);
    if (found === undefined) {
      throw new InferenceError(
        "model-corrupt",
        `the net has no weight ${name}`,
      );
    }
    return found;
  }

  #store(named: Named, values: Float32Array): string {
    this.#weights.set(named.name, onnxTensor(named, values));
    return named.name;
  }
}

/**
 * TensorFlow's `same`: what is missing to a whole number of strides, the odd
 * pixel at the end; ONNX's order: top, left, bottom, right.
 */
function samePadding(kernel: number, downFrom: number | undefined): number[] {
  const missing =
    downFrom === undefined
      ? kernel - 1
      : Math.max(0, (Math.ceil(downFrom / 2) - 1) * 2 + kernel - downFrom);
  const before = Math.floor(missing / 2);
  return [before, before, missing - before, missing - before];
}
