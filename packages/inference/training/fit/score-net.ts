/** A net that is judged: numbers of one film at a time, off any engine. */
import * as tf from "@tensorflow/tfjs-core";

import {
  hasOnnxRuntime,
  loadOnnxRuntime,
  openSession,
} from "../../src/engine/onnx-runtime.ts";
import { gateFeatures } from "../../src/gate/gate-head.ts";
import { runNetwork } from "../../src/models/network.ts";
import { toTrunkScale } from "../../src/models/preprocess.ts";
import type { WeightMap } from "../../src/models/trunk.ts";
import type { StoredTensor } from "../../src/models/weights.ts";
import { ONNX_NAMES, onnxNetwork } from "../../src/onnx/onnx-network.ts";

/** What a film gives, the gate's features and the hint among it. */
export interface FilmNumbers {
  logit: number;
  strongest: number;
  map: Float32Array;
  /** Logits of the findings beside pneumonia. */
  others: Float32Array;
  viral: number;
  /** Features of the trunk's last block, row by row, channels last. */
  late: Float32Array;
  /** What the gate's head is fitted on. */
  features: Float32Array;
}

export interface ScoreNet {
  readonly size: number;
  /** @param grey a film on the net's grid, 0…1 */
  run(grey: Float32Array): Promise<FilmNumbers>;
}

/**
 * Weights as a net to judge by: on onnxruntime where it is here, which takes a
 * fifth of the time, else on the active engine.
 */
export async function openScoreNet(
  weights: WeightMap,
  size: number,
): Promise<ScoreNet> {
  if (!hasOnnxRuntime()) {
    return {
      size,
      run: (grey) => Promise.resolve(onEngine(weights, size, grey)),
    };
  }
  const stored = new Map(
    Array.from(weights, ([name, tensor]): [string, StoredTensor] => [
      name,
      { shape: tensor.shape, values: tensor.dataSync<"float32">() },
    ]),
  );
  const runtime = loadOnnxRuntime();
  const file = onnxNetwork(stored, size, true);
  const session = await openSession(runtime, file);
  return {
    size,
    run: async (grey) => {
      const pixels = toTrunkScale(grey);
      const film = new runtime.Tensor("float32", pixels, [1, 1, size, size]);
      const out = await session.run({ [ONNX_NAMES.input]: film });
      const of = (name: keyof typeof ONNX_NAMES): Float32Array =>
        Float32Array.from(out[ONNX_NAMES[name]]?.data ?? []);
      return {
        logit: of("logit")[0] ?? Number.NaN,
        strongest: of("strongest")[0] ?? Number.NaN,
        map: of("map"),
        others: of("others"),
        viral: of("viral")[0] ?? Number.NaN,
        late: of("late"),
        features: of("features"),
      };
    },
  };
}

function onEngine(
  weights: WeightMap,
  size: number,
  grey: Float32Array,
): FilmNumbers {
  return tf.tidy(() => {
    const x = tf.tensor4d(toTrunkScale(grey), [1, size, size, 1]);
    const out = runNetwork(x, weights);
    const numbers = (tensor: tf.Tensor): Float32Array =>
      tensor.dataSync<"float32">();
    return {
      logit: numbers(out.logit)[0] ?? Number.NaN,
      strongest: numbers(out.strongest)[0] ?? Number.NaN,
      map: numbers(out.map),
      others:
        out.others === null ? new Float32Array(0) : numbers(out.others.logits),
      viral: numbers(out.viral)[0] ?? Number.NaN,
      late: numbers(out.late),
      features: numbers(gateFeatures(out.early, out.late)),
    };
  });
}
