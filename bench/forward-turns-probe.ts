/**
 * Measures the net on one engine and on onnxruntime by turns in one process,
 * so that whatever else the machine does slows both. Prints JSON (`TurnTimes`).
 *
 *   forward-turns-probe.ts ENGINE FILE
 */
import { readFile } from "node:fs/promises";
import { performance } from "node:perf_hooks";

import {
  decodeFilm,
  defaultModelDir,
  openNet,
  prepareFilm,
  readModelManifest,
  toTrunkScale,
  type EngineName,
} from "@lung-iris/inference";

const ROUNDS = 12;
const RUNS = 5;

/** Median milliseconds of one forward pass, and how far the two are apart. */
export interface TurnTimes {
  milliseconds: number;
  peerMilliseconds: number;
  /** Greatest difference of logit or map. */
  difference: number;
}

async function measure(engine: EngineName, file: string): Promise<TurnTimes> {
  const folder = defaultModelDir();
  const manifest = await readModelManifest(folder);
  const film = await decodeFilm(await readFile(file));
  const input = toTrunkScale(prepareFilm(film, manifest.input).grey);
  const open = async (name: EngineName) =>
    (await openNet(name, folder, manifest)).net;
  const [ours, peer] = [await open(engine), await open("onnxruntime")];
  const [a, b] = [await ours.run(input), await peer.run(input)];
  const gaps = Array.from(a.map, (v, at) =>
    Math.abs(v - (b.map[at] ?? Number.NaN)),
  );
  const times: [number[], number[]] = [[], []];
  for (let round = -2; round < ROUNDS; round++) {
    for (const [at, net] of [ours, peer].entries()) {
      await net.run(input);
      for (let i = 0; i < RUNS; i++) {
        const started = performance.now();
        await net.run(input);
        if (round >= 0) times[at]?.push(performance.now() - started);
      }
    }
  }
  return {
    milliseconds: median(times[0]),
    peerMilliseconds: median(times[1]),
    difference: Math.max(Math.abs(a.logit - b.logit), ...gaps),
  };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.trunc(sorted.length / 2)] ?? Number.NaN;
}

const [engine = "wasm", file = ""] = process.argv.slice(2);
const known = engine === "tensorflow" ? "tensorflow" : "wasm";
process.stdout.write(JSON.stringify(await measure(known, file)));
