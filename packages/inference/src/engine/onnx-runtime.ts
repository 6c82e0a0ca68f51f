/** The little that is used of onnxruntime-node, and where it is. */
import { createRequire } from "node:module";

/** A loaded net. */
export interface OnnxSession {
  run(
    feeds: Record<string, OnnxTensor>,
  ): Promise<Record<string, OnnxTensor | undefined>>;
  release?(): Promise<void>;
}

/** Values on their way in or out. */
export interface OnnxTensor {
  data: Float32Array;
}

export interface OnnxRuntime {
  InferenceSession: {
    create(
      model: Uint8Array,
      options: {
        intraOpNumThreads: number;
        interOpNumThreads: number;
        graphOptimizationLevel: "all";
        executionMode: "sequential";
        logSeverityLevel: 3;
      },
    ): Promise<OnnxSession>;
  };
  Tensor: new (
    type: "float32",
    data: Float32Array,
    shape: readonly number[],
  ) => OnnxTensor;
}

const NAME = "onnxruntime-node";

/** Whether the optional dependency is here, without loading it. */
export function hasOnnxRuntime(): boolean {
  try {
    createRequire(import.meta.url).resolve(NAME);
    return true;
  } catch {
    return false;
  }
}

/** @throws what the platform's library throws where it does not load. */
export function loadOnnxRuntime(): OnnxRuntime {
  // Its own types pull in the browser's; these are the part that is used.
  return createRequire(import.meta.url)(NAME) as OnnxRuntime;
}

/** Opens a session on one thread: a pool has a worker for every core. */
export function openSession(
  runtime: OnnxRuntime,
  file: Uint8Array,
  threads = 1,
): Promise<OnnxSession> {
  return runtime.InferenceSession.create(file, {
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    graphOptimizationLevel: "all",
    executionMode: "sequential",
    logSeverityLevel: 3,
  });
}
