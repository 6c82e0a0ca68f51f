/**
 * The net of `models/network.ts` with a model's own weights as an ONNX file,
 * so that another engine can be measured on the very same work. The
 * benchmark compares what both give before it compares their times.
 */
import * as tf from "@tensorflow/tfjs-core";

import { LAST_BLOCK, MAP_STRIDE } from "../models/network.ts";
import { LITE0_BLOCKS, weight, type WeightMap } from "../models/trunk.ts";
import { onnxFile, onnxNode, onnxTensor, type Named } from "./onnx-file.ts";
import type { Fields } from "./protobuf-writer.ts";

/** Names of the file's input `[1, 1, size, size]` and outputs. */
export const ONNX_NAMES = {
  input: "film",
  logit: "logit",
  map: "map",
} as const;

// As in `models/network.ts`, whose outputs must be met.
const POOL_SHARPNESS = 2;

/** @param size side of the net's input */
export function onnxNetwork(weights: WeightMap, size: number): Uint8Array {
  const graph = new Graph(weights);
  const trunk = addTrunk(graph, size);
  const head = graph.convolution(trunk, "head", { relu6: true });
  const map = graph.convolution(head, "map", {}, ONNX_NAMES.map);
  const cells = (size / MAP_STRIDE) ** 2;
  addFilmLogit(graph, head, map, cells);
  const side = size / MAP_STRIDE;
  return graph.file(
    [{ name: ONNX_NAMES.input, shape: [1, 1, size, size] }],
    [
      { name: ONNX_NAMES.logit, shape: [1, 1] },
      { name: ONNX_NAMES.map, shape: [1, 1, side, side] },
    ],
  );
}

function addTrunk(graph: Graph, size: number): string {
  const relu6 = true;
  let x = graph.convolution(ONNX_NAMES.input, "stem", {
    relu6,
    downFrom: size,
  });
  let side = size / 2;
  for (const [index, block] of LITE0_BLOCKS.entries()) {
    if (index > LAST_BLOCK) break;
    const name = `block${String(index)}`;
    const wide =
      block.expansion === 1
        ? x
        : graph.convolution(x, `${name}/expand`, { relu6 });
    const down = block.stride === 2 ? { downFrom: side } : {};
    const mixed = graph.depthwise(wide, `${name}/depthwise`, {
      relu6,
      ...down,
    });
    const out = graph.convolution(mixed, `${name}/project`, {});
    side /= block.stride;
    const isResidual =
      block.stride === 1 && block.inChannels === block.outChannels;
    x = isResidual ? graph.add("Add", [x, out], `${name}/sum`) : out;
  }
  return x;
}

/** Pooled features and the map's smooth maximum to the film's logit. */
function addFilmLogit(
  graph: Graph,
  head: string,
  map: string,
  cells: number,
): void {
  const sharpness = graph.scalar("sharpness", POOL_SHARPNESS);
  const scaled = graph.add("Mul", [map, sharpness], "scaled");
  const sum = graph.add("ReduceLogSumExp", [scaled], "log-sum", {
    axes: [2, 3],
  });
  const logCells = graph.scalar("log-cells", Math.log(cells));
  const mean = graph.add("Sub", [sum, logCells], "log-mean");
  const strongest = graph.add("Div", [mean, sharpness], "strongest");
  const pooled = graph.add("GlobalAveragePool", [head], "pooled");
  const both = graph.add("Concat", [pooled, strongest], "both", { axis: 1 });
  const flat = graph.add("Flatten", [both], "flat", { axis: 1 });
  graph.add(
    "Gemm",
    [flat, graph.matrix("film/kernel"), graph.matrix("film/bias")],
    ONNX_NAMES.logit,
  );
}

interface ConvolutionOptions {
  relu6?: boolean;
  /** Input side where the convolution halves it. */
  downFrom?: number;
}

/** Collects nodes and weights under the names of the model folder. */
class Graph {
  readonly #source: WeightMap;
  readonly #nodes: Fields[] = [];
  readonly #weights: Fields[] = [];

  constructor(source: WeightMap) {
    this.#source = source;
  }

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
    this.#weights.push(onnxTensor({ name, shape: [] }, Float32Array.of(value)));
    return name;
  }

  /** A weight as it is. */
  matrix(name: string): string {
    return this.#store(weight(this.#source, name), name);
  }

  convolution(
    x: string,
    name: string,
    options: ConvolutionOptions,
    output = name,
  ): string {
    // TensorFlow holds [rows, columns, in, out], ONNX [out, in, rows, columns].
    const kernel = this.#kernel(`${name}/kernel`, [3, 2, 0, 1]);
    return this.#convolve(x, name, kernel, 1, options, output);
  }

  depthwise(x: string, name: string, options: ConvolutionOptions): string {
    // [rows, columns, channels, 1] to [channels, 1, rows, columns].
    const kernel = this.#kernel(`${name}/kernel`, [2, 3, 0, 1]);
    const channels = kernel.shape[0] ?? 1;
    return this.#convolve(x, name, kernel, channels, options, name);
  }

  file(inputs: readonly Named[], outputs: readonly Named[]): Uint8Array {
    return onnxFile({
      name: "lung-iris",
      nodes: this.#nodes,
      weights: this.#weights,
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
    return this.add("Clip", [plain, this.#level(0), this.#level(6)], output);
  }

  #level(value: number): string {
    const name = `level-${String(value)}`;
    if (!this.#levels.has(value)) this.scalar(name, value);
    this.#levels.add(value);
    return name;
  }

  readonly #levels = new Set<number>();

  #kernel(name: string, order: number[]): Named {
    const turned = tf.transpose(weight(this.#source, name), order);
    this.#store(turned, name);
    const { shape } = turned;
    turned.dispose();
    return { name, shape };
  }

  #store(tensor: tf.Tensor, name: string): string {
    const values = tensor.dataSync<"float32">();
    this.#weights.push(onnxTensor({ name, shape: tensor.shape }, values));
    return name;
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
