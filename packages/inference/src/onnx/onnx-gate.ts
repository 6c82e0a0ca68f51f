/** The input gate's features and head as ONNX operations. */
import { FEATURE_CLIP, LAYOUT_CELLS } from "../gate/gate-shape.ts";
import { EARLY_BLOCK, LAST_BLOCK, LITE0_BLOCKS } from "../models/shape.ts";
import type { OnnxGraph } from "./onnx-graph.ts";

/** The two blocks that the gate looks at; `side` is the late one's. */
export interface GateBlocks {
  early: string;
  late: string;
  side: number;
}

/** Adds the gate behind two blocks; how many classes it has. */
export function addGate(
  graph: OnnxGraph,
  blocks: GateBlocks,
  outputs: { gate: string; child: string; distance: string },
): number {
  const features = "gate/features";
  addGateFeatures(graph, blocks, features);
  const x = addStandardised(graph, features);
  const plain = graph.dense(x, "gate/hidden", "gate/hidden/plain");
  const hidden = graph.add("Relu", [plain], "gate/hidden");
  graph.dense(hidden, "gate/classes", outputs.gate);
  graph.dense(hidden, "gate/child", outputs.child);
  addDistance(graph, x, outputs.distance);
  return graph.shapeOf("gate/classes/bias")[0] ?? 0;
}

/** Adds what the gate's head looks at; how many numbers that is. */
export function addGateFeatures(
  graph: OnnxGraph,
  { early, late, side }: GateBlocks,
  output: string,
): number {
  const cell = side / LAYOUT_CELLS;
  const pooled = graph.add("AveragePool", [late], "gate/layout/pooled", {
    kernel_shape: [cell, cell],
    strides: [cell, cell],
  });
  // Cell by cell with its channels together, as training had them.
  const turned = graph.add("Transpose", [pooled], "gate/layout/turned", {
    perm: [0, 2, 3, 1],
  });
  const layout = graph.add("Flatten", [turned], "gate/layout", { axis: 1 });
  const first = addMeanAndSpread(graph, early, "gate/early");
  const last = addMeanAndSpread(graph, late, "gate/late");
  graph.add("Concat", [layout, first.mean, first.spread, last.spread], output, {
    axis: 1,
  });
  const channels = (block: number): number =>
    LITE0_BLOCKS[block]?.outChannels ?? 0;
  const lateChannels = channels(LAST_BLOCK);
  return (LAYOUT_CELLS ** 2 + 1) * lateChannels + 2 * channels(EARLY_BLOCK);
}

function addMeanAndSpread(
  graph: OnnxGraph,
  x: string,
  name: string,
): { mean: string; spread: string } {
  const mean = graph.add("GlobalAveragePool", [x], `${name}/mean`);
  const centred = graph.add("Sub", [x, mean], `${name}/centred`);
  const squares = graph.add("Mul", [centred, centred], `${name}/squares`);
  const variance = graph.add("GlobalAveragePool", [squares], `${name}/var`);
  const spread = graph.add("Sqrt", [variance], `${name}/spread`);
  const flat = (of: string): string =>
    graph.add("Flatten", [of], `${of}/flat`, { axis: 1 });
  return { mean: flat(mean), spread: flat(spread) };
}

function addStandardised(graph: OnnxGraph, features: string): string {
  const centred = graph.add(
    "Sub",
    [features, graph.matrix("gate/mean")],
    "gate/centred",
  );
  const standard = graph.add(
    "Mul",
    [centred, graph.matrix("gate/scale")],
    "gate/standard",
  );
  return graph.add(
    "Clip",
    [
      standard,
      graph.scalar("gate/lowest", -FEATURE_CLIP),
      graph.scalar("gate/highest", FEATURE_CLIP),
    ],
    "gate/clipped",
  );
}

/** Squared distance from the training films by the number of features. */
function addDistance(graph: OnnxGraph, x: string, output: string): void {
  const axes = { axes: [1] };
  const near = graph.add(
    "MatMul",
    [x, graph.matrix("gate/near/kernel")],
    "gate/near",
  );
  const squares = graph.add("ReduceSumSquare", [x], "gate/squares", axes);
  const length = graph.add(
    "Mul",
    [squares, graph.matrix("gate/near/precision")],
    "gate/length",
  );
  const inside = graph.add("ReduceSumSquare", [near], "gate/inside", axes);
  const outside = graph.add("Sub", [length, inside], "gate/outside");
  const count = graph.shapeOf("gate/near/kernel")[0] ?? 1;
  graph.add("Div", [outside, graph.scalar("gate/count", count)], output);
}
