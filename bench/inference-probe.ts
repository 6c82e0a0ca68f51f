/**
 * One measurement of `bench/inference.ts` in a process of its own, so that
 * engines, threads and memory do not disturb each other. Prints JSON.
 *
 *   inference-probe.ts stages ENGINE FILE…
 *   inference-probe.ts pool ENGINE THREADS FILE…
 */
import { readFile } from "node:fs/promises";
import { performance } from "node:perf_hooks";

import {
  createInferencePool,
  defaultModelDir,
  type EngineName,
} from "@lung-iris/inference";

import { measureStages } from "./measure-stages.ts";

const REPEATS = 30;
const POOL_FILMS = 80;

async function stages(
  engine: EngineName,
  files: readonly string[],
): Promise<object> {
  const results: Record<string, object> = {};
  for (const file of files) {
    results[file] = await measureStages(await readFile(file), {
      modelDir: defaultModelDir(),
      engine,
      repeats: REPEATS,
    });
  }
  return results;
}

async function pool(
  engine: EngineName,
  threads: number,
  files: readonly string[],
): Promise<object> {
  const films = await Promise.all(files.map((file) => readFile(file)));
  const before = process.memoryUsage().rss;
  const workers = await createInferencePool({ engine, threads });
  const assess = (i: number): Promise<unknown> => {
    const film = films[i % films.length];
    if (film === undefined) throw new Error("no film to measure with");
    return workers.assess(film, {});
  };
  await Promise.all(Array.from({ length: threads * 4 }, (_, i) => assess(i)));
  const started = performance.now();
  await Promise.all(Array.from({ length: POOL_FILMS }, (_, i) => assess(i)));
  const seconds = (performance.now() - started) / 1000;
  const grown = process.memoryUsage().rss - before;
  await workers.close();
  return {
    filmsPerSecond: POOL_FILMS / seconds,
    megabytesPerWorker: grown / threads / 2 ** 20,
  };
}

const [kind, engineName, ...rest] = process.argv.slice(2);
const engine: EngineName =
  engineName === "tensorflow" || engineName === "onnxruntime"
    ? engineName
    : "wasm";
const result =
  kind === "pool"
    ? await pool(engine, Number(rest[0]), rest.slice(1))
    : await stages(engine, rest);
process.stdout.write(JSON.stringify(result));
