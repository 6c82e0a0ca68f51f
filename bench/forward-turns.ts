/** The net alone on all engines by turns: the ratios between them. */
import { fileURLToPath } from "node:url";

import type { EngineName } from "@lung-iris/inference";

import type { Measurement } from "./benchmark.ts";
import type { TurnTimes } from "./forward-turns-probe.ts";
import { runProbe } from "./run-probe.ts";

const PROBE = fileURLToPath(
  new URL("./forward-turns-probe.ts", import.meta.url),
);

/** Where both are measured: how many times the peer's time ours may take. */
const BUDGETS: Partial<Record<EngineName, number>> = { wasm: 3 };

/**
 * Each engine of TensorFlow.js beside onnxruntime, two in a process (one
 * thread has one backend of TensorFlow.js), on the same net, weights and film.
 */
export async function forwardTurns(
  engines: readonly EngineName[],
  film: string,
  note: (line: string) => void,
): Promise<Measurement[]> {
  if (!engines.includes("onnxruntime")) {
    note("  forward by turns needs onnxruntime, which is not here");
    return [];
  }
  const rows: Measurement[] = [];
  for (const engine of engines.filter((name) => name !== "onnxruntime")) {
    note(`  forward by turns: ${engine} and onnxruntime, one thread`);
    rows.push(
      ...turnRows(engine, await runProbe<TurnTimes>(PROBE, [engine, film])),
    );
  }
  return rows;
}

/** Times, ratio and the greatest difference of one run of the probe. */
export function turnRows(engine: EngineName, times: TurnTimes): Measurement[] {
  const name = `forward by turns: ${engine}`;
  const { milliseconds, peerMilliseconds, difference } = times;
  const ratio = milliseconds / peerMilliseconds;
  const most = BUDGETS[engine];
  return [
    { what: name, value: milliseconds, unit: "ms" },
    {
      what: `${name}, onnxruntime beside it`,
      value: peerMilliseconds,
      unit: "ms",
    },
    {
      what: `${name} to onnxruntime`,
      value: ratio,
      unit: "times",
      ...(most === undefined
        ? {}
        : { budget: `at most ${String(most)} times`, met: ratio <= most }),
    },
    {
      what: `${name} differs in logit and map by at most`,
      value: difference,
      unit: "",
      budget: "at most 0.001",
      met: difference <= 1e-3,
    },
  ];
}
