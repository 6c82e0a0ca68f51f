/** The net on onnxruntime. */
import type { ModelManifest } from "../models/manifest.ts";
import { readModelWeights } from "../models/weights.ts";
import { ONNX_NAMES, onnxNetwork } from "../onnx/onnx-network.ts";
import type { FilmNet, ForwardResult } from "./film-net.ts";
import {
  loadOnnxRuntime,
  openSession,
  type OnnxRuntime,
  type OnnxSession,
  type OnnxTensor,
} from "./onnx-runtime.ts";
import { onnxSelfTest } from "./onnx-self-test.ts";

/**
 * Loads a model's weights onto onnxruntime.
 *
 * @throws Error where the runtime does not load or fails its self-test.
 */
export async function loadOnnxNet(
  folder: string,
  manifest: ModelManifest,
): Promise<FilmNet> {
  const runtime = loadOnnxRuntime();
  await onnxSelfTest(runtime);
  const weights = await readModelWeights(folder, manifest);
  const { size } = manifest.input;
  const session = await openSession(runtime, onnxNetwork(weights, size));
  return {
    engine: "onnxruntime",
    run: (pixels) => forward(runtime, session, pixels, size),
    dispose: () => {
      void session.release?.();
    },
  };
}

async function forward(
  { Tensor }: OnnxRuntime,
  session: OnnxSession,
  pixels: Float32Array,
  size: number,
): Promise<ForwardResult> {
  const film = new Tensor("float32", pixels, [1, 1, size, size]);
  const out = await session.run({ [ONNX_NAMES.input]: film });
  const map = values(out, "map");
  const logits = values(out, "others");
  const maps = values(out, "otherMaps");
  return {
    logit: values(out, "logit")[0] ?? Number.NaN,
    strongest: values(out, "strongest")[0] ?? Number.NaN,
    map,
    cells: Math.sqrt(map.length),
    others: {
      logits,
      maps: Array.from(logits, (_, finding) =>
        maps.slice(finding * map.length, (finding + 1) * map.length),
      ),
    },
    childLogit: values(out, "child")[0] ?? 0,
    gateLogits: values(out, "gate"),
    distance: values(out, "distance")[0] ?? Number.NaN,
  };
}

/** A copy: what the runtime hands out is its own memory. */
function values(
  out: Record<string, OnnxTensor | undefined>,
  name: keyof typeof ONNX_NAMES,
): Float32Array {
  return Float32Array.from(out[ONNX_NAMES[name]]?.data ?? []);
}
