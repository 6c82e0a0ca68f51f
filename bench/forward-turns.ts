/** The net alone on all engines by turns: the ratios between them. */
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";

import type { Measurement } from "./benchmark.ts";
import type { TurnTimes } from "./forward-turns-probe.ts";
import { hasPeer, HOW_TO_ADD_PEER } from "./onnx-peer.ts";
import { runProbe, type Engine } from "./run-probe.ts";

const PROBE = fileURLToPath(
  new URL("./forward-turns-probe.ts", import.meta.url),
);

/**
 * Our engines, and onnxruntime on the same net, weights and film where it is,
 * with one thread and with all. `wasm` has one thread for a film in any case.
 */
export async function forwardTurns(
  engines: readonly Engine[],
  film: string,
  note: (line: string) => void,
): Promise<Measurement[]> {
  if (!hasPeer()) {
    note(`  onnxruntime-node is left out; to add it: ${HOW_TO_ADD_PEER}`);
  }
  const rows: Measurement[] = [];
  for (const threads of new Set([1, availableParallelism()])) {
    note(`  forward by turns: ${String(threads)} thread(s)`);
    const args = [String(threads), engines.join(","), film];
    const times = await runProbe<TurnTimes>(PROBE, args, threads);
    rows.push(...turnRows(times, threads));
  }
  return rows;
}

/** Times, ratios and the greatest difference of one run of the probe. */
export function turnRows(times: TurnTimes, threads: number): Measurement[] {
  const name = `forward by turns, ${String(threads)} thread(s)`;
  const { milliseconds, difference } = times;
  const rows = Object.entries(milliseconds).map(
    ([engine, value]): Measurement => ({
      what: `${name}: ${engine}`,
      value,
      unit: "ms",
    }),
  );
  for (const [engine, peer] of RATIOS) {
    const [ours, theirs] = [milliseconds[engine], milliseconds[peer]];
    if (ours === undefined || theirs === undefined) continue;
    const value = ours / theirs;
    const hasBudget =
      engine === "wasm" && peer === "tensorflow" && threads === 1;
    rows.push({
      what: `${name}: ${engine} to ${peer}`,
      value,
      unit: "times",
      ...(hasBudget ? { budget: "at most 4 times", met: value <= 4 } : {}),
    });
  }
  for (const [engine, value] of Object.entries(difference)) {
    rows.push({
      what: `${name}: ${engine} differs in logit and map by at most`,
      value,
      unit: "",
      budget: "at most 0.001",
      met: value <= 1e-3,
    });
  }
  return rows;
}

const RATIOS = [
  ["wasm", "tensorflow"],
  ["wasm", "onnxruntime"],
  ["tensorflow", "onnxruntime"],
] as const;
