/**
 * Measures the net alone on our engines, and on onnxruntime-node where it is,
 * by turns in one process, so that whatever else the machine does slows all
 * of them. Prints JSON (`TurnTimes`).
 *
 *   forward-turns-probe.ts THREADS ENGINE[,ENGINE] FILE
 */
import { readFile } from "node:fs/promises";
import { performance } from "node:perf_hooks";

import {
  defaultModelDir,
  ONNX_NAMES,
  openForwardPass,
  type ForwardOutput,
  type ForwardPass,
} from "@lung-iris/inference";

import { hasPeer, loadPeer } from "./onnx-peer.ts";

const ROUNDS = 12;
const RUNS = 5;

/** Median milliseconds of one forward pass, and how far the peer is off. */
export interface TurnTimes {
  milliseconds: Record<string, number>;
  /** Greatest difference of logit or map between the first and each other. */
  difference: Record<string, number>;
}

interface Runner {
  name: string;
  prepare: () => Promise<void>;
  run: () => Promise<ForwardOutput>;
}

async function measure(
  threads: number,
  engines: readonly ("tensorflow" | "wasm")[],
  file: string,
): Promise<TurnTimes> {
  const bytes = await readFile(file);
  const passes = new Map<string, ForwardPass>();
  for (const engine of engines) {
    const options = { modelDir: defaultModelDir(), engine };
    passes.set(engine, await openForwardPass(bytes, options));
  }
  const runners = Array.from(passes, ([name, pass]): Runner => {
    return { name, prepare: () => pass.activate(), run: () => pass.run() };
  });
  const [first] = passes.values();
  if (first === undefined) throw new Error("no engine to measure");
  await first.activate();
  if (hasPeer()) runners.push(await openPeer(first, threads));
  const expected = await first.run();
  const difference: TurnTimes["difference"] = {};
  for (const { name, prepare, run } of runners.slice(1)) {
    await prepare();
    difference[name] = gap(expected, await run());
  }
  return { milliseconds: await byTurns(runners), difference };
}

async function openPeer(pass: ForwardPass, threads: number): Promise<Runner> {
  const { InferenceSession, Tensor } = loadPeer();
  const session = await InferenceSession.create(pass.toOnnx(), {
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
  });
  const shape = [1, 1, pass.size, pass.size];
  return {
    name: "onnxruntime",
    prepare: () => Promise.resolve(),
    run: async () => {
      const film = new Tensor("float32", pass.input, shape);
      const out = await session.run({ [ONNX_NAMES.input]: film });
      return {
        logit: out[ONNX_NAMES.logit]?.data[0] ?? Number.NaN,
        map: out[ONNX_NAMES.map]?.data ?? new Float32Array(),
      };
    },
  };
}

/** NaN, which no comparison passes, where one of them gave no number. */
function gap(a: ForwardOutput, b: ForwardOutput): number {
  if (a.map.length !== b.map.length) return Number.NaN;
  const gaps = Array.from(a.map, (v, i) => Math.abs(v - (b.map[i] ?? NaN)));
  return Math.max(Math.abs(a.logit - b.logit), ...gaps);
}

async function byTurns(
  runners: readonly Runner[],
): Promise<Record<string, number>> {
  const times = new Map(runners.map(({ name }) => [name, [] as number[]]));
  for (let round = -2; round < ROUNDS; round++) {
    for (const { name, prepare, run } of runners) {
      await prepare();
      await run();
      for (let i = 0; i < RUNS; i++) {
        const started = performance.now();
        await run();
        if (round >= 0) times.get(name)?.push(performance.now() - started);
      }
    }
  }
  return Object.fromEntries(
    Array.from(times, ([name, values]) => [name, median(values)]),
  );
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.trunc(sorted.length / 2)] ?? Number.NaN;
}

const [threads = "1", engines = "wasm", file = ""] = process.argv.slice(2);
const known = engines
  .split(",")
  .map((name) => (name === "tensorflow" ? "tensorflow" : "wasm"));
process.stdout.write(
  JSON.stringify(await measure(Number(threads), known, file)),
);
