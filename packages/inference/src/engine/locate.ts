import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Version of every TensorFlow.js package; they must be the same. */
export const TFJS_VERSION = "4.22.0";

/** The repository root: the folder that holds `packages/inference`. */
export function repositoryRoot(): string {
  return join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..", "..");
}

/**
 * The folder that `npm run engine:native` fills. It lies outside
 * `node_modules`, which `npm ci` empties.
 */
export function engineDirectory(): string {
  return join(repositoryRoot(), ".engine");
}

/**
 * A `require` that finds `@tensorflow/tfjs-node`: the installed optional
 * dependency first, then the made one. `null` where there is neither.
 */
export function nativeRequire(): NodeJS.Require | null {
  const installed = createRequire(import.meta.url);
  if (canResolve(installed)) return installed;
  const marker = join(engineDirectory(), "ready.json");
  if (!existsSync(marker)) return null;
  const made = createRequire(join(engineDirectory(), "package.json"));
  return canResolve(made) ? made : null;
}

/** Whether this machine has the tensorflow engine, without loading it. */
export function hasNativeEngine(): boolean {
  return nativeRequire() !== null;
}

function canResolve(from: NodeJS.Require): boolean {
  try {
    from.resolve("@tensorflow/tfjs-node");
    return true;
  } catch {
    return false;
  }
}
