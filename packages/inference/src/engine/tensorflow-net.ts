/** The net on a TensorFlow.js engine. */
import * as tf from "@tensorflow/tfjs-core";

import { frugalLayers } from "../frugal-layers.ts";
import { gateFeatures, runGateHead } from "../gate/gate-head.ts";
import { loadModelWeights } from "../models/engine-weights.ts";
import type { ModelManifest } from "../models/manifest.ts";
import { runNetwork } from "../models/network.ts";
import type { EngineName } from "../types.ts";
import type { FilmNet, ForwardResult } from "./film-net.ts";

/** Loads a model's weights onto the active engine. */
export async function loadTensorflowNet(
  engine: EngineName,
  folder: string,
  manifest: ModelManifest,
): Promise<FilmNet> {
  const weights = await loadModelWeights(folder, manifest);
  const { size } = manifest.input;
  return {
    engine,
    run: (pixels) => forward(pixels, size, weights),
    dispose: () => {
      for (const tensor of weights.values()) tensor.dispose();
      weights.clear();
    },
  };
}

async function forward(
  pixels: Float32Array,
  size: number,
  weights: ReadonlyMap<string, tf.Tensor>,
): Promise<ForwardResult> {
  // One flat tensor of everything: each trip off the engine costs.
  const { flat, sizes, cells } = tf.tidy(() => {
    const x = tf.tensor4d(pixels, [1, size, size, 1]);
    const net = runNetwork(x, weights, frugalLayers(weights));
    const gate = runGateHead(gateFeatures(net.early, net.late), weights);
    const others = net.others;
    const parts: tf.Tensor[] = [
      net.logit,
      net.strongest,
      gate.child,
      gate.distance,
      gate.logits,
      net.map,
      ...(others === null
        ? []
        : // Finding by finding, as maps are handed on.
          [others.logits, tf.transpose(others.maps, [0, 3, 1, 2])]),
    ];
    return {
      flat: tf.concat1d(parts.map((part) => tf.reshape(part, [part.size]))),
      sizes: parts.map((part) => part.size),
      cells: net.map.shape[1],
    };
  });
  const values = await flat.data<"float32">();
  flat.dispose();
  return split(values, sizes, cells);
}

function split(
  values: Float32Array,
  sizes: readonly number[],
  cells: number,
): ForwardResult {
  let at = 0;
  const [logit, strongest, child, distance, gateLogits, map, logits, maps] =
    sizes.map((size) => values.slice(at, (at += size)));
  const area = cells * cells;
  const count = logits?.length ?? 0;
  const none = new Float32Array(0);
  return {
    logit: logit?.[0] ?? Number.NaN,
    strongest: strongest?.[0] ?? Number.NaN,
    map: map ?? none,
    cells,
    others: {
      logits: logits ?? none,
      maps: Array.from({ length: count }, (_, finding) =>
        (maps ?? none).slice(finding * area, (finding + 1) * area),
      ),
    },
    childLogit: child?.[0] ?? 0,
    gateLogits: gateLogits ?? none,
    distance: distance?.[0] ?? Number.NaN,
  };
}
