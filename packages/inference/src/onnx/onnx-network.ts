/**
 * The net of `models/network.ts` and the gate of `gate/gate-head.ts` with a
 * model's own weights as an ONNX file, for onnxruntime. Tests hold both
 * engines to the same numbers.
 */
import {
  EARLY_BLOCK,
  LAST_BLOCK,
  LITE0_BLOCKS,
  MAP_STRIDE,
  POOL_SHARPNESS,
} from "../models/shape.ts";
import type { StoredWeights } from "../models/weights.ts";
import { addGate, addGateFeatures } from "./onnx-gate.ts";
import type { Named } from "./onnx-file.ts";
import { OnnxGraph } from "./onnx-graph.ts";

/** Names of the file's input `[1, 1, size, size]` and outputs. */
export const ONNX_NAMES = {
  input: "film",
  logit: "logit",
  strongest: "strongest",
  map: "map",
  others: "others",
  otherMaps: "other-maps",
  gate: "gate-logits",
  child: "child",
  distance: "distance",
  /** For training alone. */
  features: "gate-features",
  /** Features of the last block, row by row, channels last. */
  late: "late",
  viral: "viral",
} as const;

/**
 * @param size side of the net's input
 * @param isForTraining gives the gate's features, which its head is fitted on,
 *   instead of what the head says; and the hint viral or bacterial
 */
export function onnxNetwork(
  weights: StoredWeights,
  size: number,
  isForTraining = false,
): Uint8Array {
  const graph = new OnnxGraph(weights);
  const { early, late } = addTrunk(graph, size);
  const head = graph.convolution(late, "head", { relu6: true });
  const side = size / MAP_STRIDE;
  graph.convolution(head, "map", {}, ONNX_NAMES.map);
  const pooled = graph.add("GlobalAveragePool", [head], "pooled");
  addFilmLogit(graph, pooled, side);
  const outputs: Named[] = [
    { name: ONNX_NAMES.logit, shape: [1, 1] },
    { name: ONNX_NAMES.strongest, shape: [1, 1, 1, 1] },
    { name: ONNX_NAMES.map, shape: [1, 1, side, side] },
  ];
  if (weights.has("findings/map/kernel")) {
    const count = weights.has("findings/head/kernel")
      ? addOtherFindings(graph, ownFeatures(graph, late), side)
      : addOtherFindings(graph, { features: head, pooled }, side);
    outputs.push(
      { name: ONNX_NAMES.others, shape: [1, count] },
      { name: ONNX_NAMES.otherMaps, shape: [1, count, side, side] },
    );
  }
  const pair = { early, late, side };
  if (isForTraining) {
    const columns = addGateFeatures(graph, pair, ONNX_NAMES.features);
    const flat = graph.add("Flatten", [pooled], "viral/flat", { axis: 1 });
    graph.dense(flat, "viral", ONNX_NAMES.viral);
    graph.add("Transpose", [late], ONNX_NAMES.late, { perm: [0, 2, 3, 1] });
    const channels = LITE0_BLOCKS[LAST_BLOCK]?.outChannels ?? 0;
    outputs.push(
      { name: ONNX_NAMES.late, shape: [1, side, side, channels] },
      { name: ONNX_NAMES.features, shape: [1, columns] },
      { name: ONNX_NAMES.viral, shape: [1, 1] },
    );
    return graph.file(
      [{ name: ONNX_NAMES.input, shape: [1, 1, size, size] }],
      outputs,
    );
  }
  const classes = addGate(graph, pair, ONNX_NAMES);
  outputs.push(
    { name: ONNX_NAMES.gate, shape: [1, classes] },
    { name: ONNX_NAMES.child, shape: [1, 1] },
    { name: ONNX_NAMES.distance, shape: [1, 1] },
  );
  return graph.file(
    [{ name: ONNX_NAMES.input, shape: [1, 1, size, size] }],
    outputs,
  );
}

function addTrunk(
  graph: OnnxGraph,
  size: number,
): { early: string; late: string } {
  const relu6 = true;
  let x = graph.convolution(ONNX_NAMES.input, "stem", {
    relu6,
    downFrom: size,
  });
  let side = size / 2;
  let early = x;
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
    if (index === EARLY_BLOCK) early = x;
  }
  return { early, late: x };
}

/** Smooth maximum of every channel of a map, `[1, channels, 1, 1]`. */
function addSmoothMaximum(
  graph: OnnxGraph,
  map: string,
  side: number,
  output: string,
): string {
  const sharpness = graph.scalar("sharpness", POOL_SHARPNESS);
  const scaled = graph.add("Mul", [map, sharpness], `${output}/scaled`);
  const sum = graph.add("ReduceLogSumExp", [scaled], `${output}/log-sum`, {
    axes: [2, 3],
  });
  const logCells = graph.scalar("log-cells", Math.log(side * side));
  const mean = graph.add("Sub", [sum, logCells], `${output}/log-mean`);
  return graph.add("Div", [mean, sharpness], output);
}

/** Pooled features and the map's smooth maximum to the film's logit. */
function addFilmLogit(graph: OnnxGraph, pooled: string, side: number): void {
  const { map, strongest, logit } = ONNX_NAMES;
  addSmoothMaximum(graph, map, side, strongest);
  const both = graph.add("Concat", [pooled, strongest], "both", { axis: 1 });
  const flat = graph.add("Flatten", [both], "flat", { axis: 1 });
  graph.dense(flat, "film", logit);
}

/** Features of the findings' own convolution. */
function ownFeatures(
  graph: OnnxGraph,
  late: string,
): { features: string; pooled: string } {
  const features = graph.convolution(late, "findings/head", { relu6: true });
  const pooled = graph.add("GlobalAveragePool", [features], "others/pooled");
  return { features, pooled };
}

/** Maps and logits of the findings beside pneumonia; how many. */
function addOtherFindings(
  graph: OnnxGraph,
  from: { features: string; pooled: string },
  side: number,
): number {
  const { others, otherMaps } = ONNX_NAMES;
  graph.convolution(from.features, "findings/map", {}, otherMaps);
  const strongest = addSmoothMaximum(
    graph,
    otherMaps,
    side,
    "others/strongest",
  );
  const flat = graph.add("Flatten", [strongest], "others/flat", { axis: 1 });
  const weighed = graph.add(
    "Mul",
    [flat, graph.matrix("findings/strongest")],
    "others/weighed",
  );
  const flatFeatures = graph.add("Flatten", [from.pooled], "pooled/flat", {
    axis: 1,
  });
  const film = graph.dense(flatFeatures, "findings/film", "others/film");
  graph.add("Add", [film, weighed], others);
  return graph.shapeOf("findings/film/bias")[0] ?? 0;
}
