import * as tf from "@tensorflow/tfjs-core";

import { openEngine } from "../backend.ts";
import { frugalLayers } from "../frugal-layers.ts";
import { decodeFilm } from "../image/decode-film.ts";
import { runNetwork } from "../models/network.ts";
import { prepareFilm, toTrunkScale } from "../models/preprocess.ts";
import { loadModelWeights, readModelManifest } from "../models/weights.ts";
import type { EngineName } from "../types.ts";
import { onnxNetwork } from "./onnx-network.ts";

/** What the net says of one film. */
export interface ForwardOutput {
  logit: number;
  map: Float32Array;
}

/** The net alone on one film, for benchmarks. */
export interface ForwardPass {
  /** Side of the input. */
  readonly size: number;
  /** The film on the net's grid and scale, `size × size`. */
  readonly input: Float32Array;
  /** Runs the net once, from `input` to numbers that are off the engine. */
  run(): Promise<ForwardOutput>;
  /** The net with its weights as an ONNX file. */
  toOnnx(): Uint8Array;
  /** Makes this one's engine the thread's, where another was opened since. */
  activate(): Promise<void>;
  dispose(): void;
}

/** Loads a model onto an engine and a film onto the net's grid. */
export async function openForwardPass(
  bytes: Uint8Array,
  options: { modelDir: string; engine: EngineName },
): Promise<ForwardPass> {
  await openEngine(options.engine);
  const manifest = await readModelManifest(options.modelDir);
  const weights = await loadModelWeights(options.modelDir, manifest);
  const { size } = manifest.input;
  const film = await decodeFilm(bytes);
  const input = toTrunkScale(prepareFilm(film, manifest.input).grey);
  return {
    size,
    input,
    run: () => runForward(input, size, weights),
    toOnnx: () => onnxNetwork(weights, size),
    activate: async () => {
      await openEngine(options.engine);
    },
    dispose: () => {
      for (const tensor of weights.values()) tensor.dispose();
    },
  };
}

/** The net from its input to logit and map, read back from the engine. */
export async function runForward(
  input: Float32Array,
  size: number,
  weights: ReadonlyMap<string, tf.Tensor>,
): Promise<ForwardOutput> {
  const [logit, map] = tf.tidy(() => {
    const x = tf.tensor4d(input, [1, size, size, 1]);
    const out = runNetwork(x, weights, frugalLayers(weights));
    return [out.logit, out.map];
  });
  const [score, cells] = await Promise.all([
    logit.data<"float32">(),
    map.data<"float32">(),
  ]);
  tf.dispose([logit, map]);
  return { logit: score[0] ?? Number.NaN, map: cells };
}
