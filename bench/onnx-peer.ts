/**
 * The peer of the inference benchmark: onnxruntime-node. It is large (290 MB)
 * and of no use to the product, so it is no dependency; it is taken from
 * `node_modules` or from a folder that git ignores and `npm ci` leaves alone.
 */
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const NAME = "onnxruntime-node";
const VERSION = "1.30.0";
const FOLDER = ".cache/bench";
const ROOT = fileURLToPath(new URL("..", import.meta.url));

/**
 * How to add the peer. Its install script only fetches GPU libraries; those
 * for the CPU are in the package.
 */
export const HOW_TO_ADD_PEER = `npm install --prefix ${FOLDER} --ignore-scripts --no-save ${NAME}@${VERSION}`;

/** What is used of onnxruntime-node. */
export interface OnnxRuntime {
  InferenceSession: {
    create(
      model: Uint8Array,
      options: { intraOpNumThreads: number; interOpNumThreads: number },
    ): Promise<OnnxSession>;
  };
  Tensor: new (
    type: "float32",
    data: Float32Array,
    shape: readonly number[],
  ) => OnnxTensor;
}

/** A loaded net. */
export interface OnnxSession {
  run(feeds: Record<string, OnnxTensor>): Promise<Record<string, OnnxTensor>>;
}

/** Values on their way in or out. */
export interface OnnxTensor {
  data: Float32Array;
}

/** Whether the peer is there, without loading it. */
export function hasPeer(): boolean {
  return peerRequire() !== null;
}

/** @throws Error with how to add it where the peer is missing. */
export function loadPeer(): OnnxRuntime {
  const load = peerRequire();
  if (load === null) {
    throw new Error(`${NAME} is not installed; ${HOW_TO_ADD_PEER}`);
  }
  // A package that may be missing at type-check has no types; these are its.
  return load(NAME) as OnnxRuntime;
}

function peerRequire(): NodeJS.Require | null {
  const places = [import.meta.url, join(ROOT, FOLDER, "package.json")];
  for (const place of places) {
    const load = createRequire(place);
    try {
      load.resolve(NAME);
      return load;
    } catch {
      // Not here; perhaps in the next place.
    }
  }
  return null;
}
