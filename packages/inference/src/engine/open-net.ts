/** Picks an engine and opens a model on it. */
import { InferenceError } from "../errors.ts";
import type { ModelManifest } from "../models/manifest.ts";
import type { EngineName } from "../types.ts";
import type { FilmNet } from "./film-net.ts";
import { hasNativeEngine } from "./locate.ts";
import { hasOnnxRuntime } from "./onnx-runtime.ts";

/** What may be asked for; `auto` takes the fastest that can be trusted. */
export type EngineChoice = "auto" | EngineName;

/** Engines that run as machine code: a fault in one ends its process. */
export const NATIVE_ENGINES: ReadonlySet<EngineName> = new Set([
  "onnxruntime",
  "tensorflow",
]);

/** Fastest first; only those that this machine has, without loading them. */
export function availableEngines(): EngineName[] {
  const engines: EngineName[] = [];
  if (hasOnnxRuntime()) engines.push("onnxruntime");
  if (hasNativeEngine()) engines.push("tensorflow");
  return [...engines, "wasm"];
}

/** A model on an engine. */
export interface OpenedNet {
  net: FilmNet;
  /** Why a faster engine was not taken, one line, or null. */
  note: string | null;
}

/**
 * Opens the model on the engine asked for. `auto` takes the fastest that is
 * there and passes its self-test, and says in `note` what it had to leave.
 *
 * @throws InferenceError `engine-unavailable`, or what is wrong with the model.
 */
export async function openNet(
  choice: EngineChoice,
  folder: string,
  manifest: ModelManifest,
): Promise<OpenedNet> {
  if (choice !== "auto") {
    return { net: await open(choice, folder, manifest), note: null };
  }
  const notes: string[] = [];
  const engines = availableEngines();
  if (engines.length === 1) {
    notes.push(
      "no native engine is installed (npm ci brings onnxruntime, npm run " +
        "engine:native makes tensorflow)",
    );
  }
  for (const engine of engines) {
    try {
      const net = await open(engine, folder, manifest);
      const note = notes.length === 0 ? null : notes.join("; ");
      return { net, note: note && `${note}; running on ${engine}` };
    } catch (error) {
      if (!(error instanceof InferenceError)) throw error;
      if (error.code !== "engine-unavailable") throw error;
      notes.push(error.message);
    }
  }
  throw new InferenceError("engine-unavailable", notes.join("; "));
}

/** Loads only the code of the engine that is wanted. */
async function open(
  engine: EngineName,
  folder: string,
  manifest: ModelManifest,
): Promise<FilmNet> {
  if (engine === "onnxruntime") return openOnnx(folder, manifest);
  const { openEngine } = await import("../backend.ts");
  const { loadTensorflowNet } = await import("./tensorflow-net.ts");
  await openEngine(engine);
  return loadTensorflowNet(engine, folder, manifest);
}

async function openOnnx(
  folder: string,
  manifest: ModelManifest,
): Promise<FilmNet> {
  if (!hasOnnxRuntime()) {
    throw new InferenceError(
      "engine-unavailable",
      "the onnxruntime engine is not installed: npm ci without --omit=optional",
    );
  }
  const { loadOnnxNet } = await import("./onnx-net.ts");
  try {
    return await loadOnnxNet(folder, manifest);
  } catch (error) {
    if (error instanceof InferenceError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new InferenceError(
      "engine-unavailable",
      `the onnxruntime engine could not be trusted (${reason.split("\n")[0] ?? ""})`,
      { cause: error },
    );
  }
}
