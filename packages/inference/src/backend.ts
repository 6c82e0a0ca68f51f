/**
 * The only file that picks and sets up a TensorFlow.js backend. An engine
 * belongs to the thread that opened it: every worker opens its own.
 */
import { createRequire } from "node:module";
import { dirname } from "node:path";
import util from "node:util";

import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";

import { nativeRequire } from "./engine/locate.ts";
import { selfTest } from "./engine/self-test.ts";
import { InferenceError } from "./errors.ts";
import type { EngineName } from "./types.ts";

/** The engines of TensorFlow.js. */
export type TensorflowEngine = Exclude<EngineName, "onnxruntime">;

/**
 * Opens a TensorFlow.js engine in this thread and trusts it only after a known
 * convolution came out right. The plain `cpu` backend (15 to 30 times slower)
 * is never used.
 *
 * @throws InferenceError `engine-unavailable` when what was asked for cannot
 * be opened.
 */
export async function openEngine(engine: TensorflowEngine): Promise<void> {
  // Hints for the library's developers are no news for a user's terminal.
  tf.env().set("PROD", true);
  if (engine === "wasm") {
    await openWasm();
    return;
  }
  const failure = await tryNative();
  if (failure !== null) throw new InferenceError("engine-unavailable", failure);
}

async function tryNative(): Promise<string | null> {
  const load = nativeRequire();
  if (load === null) {
    return (
      "the tensorflow engine is not installed (npm run engine:native " +
      "makes it)"
    );
  }
  try {
    restoreRemovedNodeFunctions();
    load("@tensorflow/tfjs-node");
    await activate("tensorflow");
    return null;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const line = reason.split("\n")[0] ?? reason;
    return `the tensorflow engine could not be trusted (${line})`;
  }
}

async function openWasm(): Promise<void> {
  try {
    const main: string = createRequire(import.meta.url).resolve(
      "@tensorflow/tfjs-backend-wasm",
    );
    setWasmPaths(`${dirname(main)}/`);
    await activate("wasm");
  } catch (error) {
    throw new InferenceError(
      "engine-unavailable",
      "the wasm engine did not start; reinstall with npm ci",
      { cause: error },
    );
  }
}

async function activate(name: TensorflowEngine): Promise<void> {
  const isSet = await tf.setBackend(name);
  await tf.ready();
  if (!isSet || tf.getBackend() !== name) {
    throw new Error(`backend ${name} did not start`);
  }
  selfTest();
}

/**
 * Node 23 removed two functions that tfjs-node 4.22 calls in every op.
 * They are put back with the meaning Node's documentation gave them.
 */
function restoreRemovedNodeFunctions(): void {
  const removed = {
    isNullOrUndefined: (value: unknown) =>
      value === null || value === undefined,
    isArray: (value: unknown) => Array.isArray(value),
  };
  for (const [name, meaning] of Object.entries(removed)) {
    if (!(name in util)) Object.assign(util, { [name]: meaning });
  }
}
