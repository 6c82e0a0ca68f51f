import { z } from "zod";

import type { EngineChoice } from "./engine/open-net.ts";

/** Settings that the commands of this package take from the environment. */
export interface InferenceConfig {
  /** `LUNG_IRIS_ENGINE`: which engine to use. */
  engine: EngineChoice;
  /** `LUNG_IRIS_MODEL`: id or folder of a model; the committed one where absent. */
  model: string | undefined;
}

const environment = z.object({
  LUNG_IRIS_ENGINE: z
    .enum(["auto", "onnxruntime", "tensorflow", "wasm"])
    .default("auto"),
  LUNG_IRIS_MODEL: z.string().min(1).optional(),
});

/**
 * Reads the environment; an empty value is the same as none.
 *
 * @throws Error naming the variable, the offending value and the allowed ones.
 */
export function readInferenceConfig(): InferenceConfig {
  const given = Object.fromEntries(
    Object.entries(process.env).filter(([, value]) => value !== ""),
  );
  const parsed = environment.safeParse(given);
  if (!parsed.success) {
    throw new Error(
      `LUNG_IRIS_ENGINE is "${String(given["LUNG_IRIS_ENGINE"])}"; it must be auto, onnxruntime, tensorflow or wasm.`,
    );
  }
  return {
    engine: parsed.data.LUNG_IRIS_ENGINE,
    model: parsed.data.LUNG_IRIS_MODEL,
  };
}

/**
 * Keeps the native engine from writing its build notes on standard error of
 * every command; warnings and errors stay. Has to happen in the main thread,
 * before a worker loads the engine, and leaves a value that is set alone.
 */
export function quietenNativeEngine(): void {
  process.env["TF_CPP_MIN_LOG_LEVEL"] ??= "1";
}
