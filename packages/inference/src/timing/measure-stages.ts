import { performance } from "node:perf_hooks";

import { createClassifier } from "../classifier.ts";
import { decodeFilm } from "../image/decode-film.ts";
import { prepareFilm, toTrunkScale } from "../models/preprocess.ts";
import { loadModelWeights, readModelManifest } from "../models/weights.ts";
import type { EngineName } from "../types.ts";
import { runForward } from "./forward-pass.ts";

/** Median milliseconds of each stage of one film, in this thread. */
export interface StageTimes {
  engine: EngineName;
  decode: number;
  /** Trim, window, resample, normalise. */
  preprocess: number;
  /** The net from its input to logit and map, read back from the engine. */
  forward: number;
  /** Input gate, calibration, map and boxes: what `assess` adds to the above. */
  gateMapBoxes: number;
  /** Decode and assess. */
  whole: number;
}

/**
 * Times the stages of one film, after a warm-up, as medians of `repeats`.
 * For benchmarks; the product itself times only the whole.
 */
export async function measureStages(
  bytes: Uint8Array,
  options: {
    modelDir: string;
    engine: "auto" | EngineName;
    repeats: number;
  },
): Promise<StageTimes> {
  const classifier = await createClassifier(options);
  const manifest = await readModelManifest(options.modelDir);
  const weights = await loadModelWeights(options.modelDir, manifest);
  const film = await decodeFilm(bytes);
  const prepared = prepareFilm(film, manifest.input);
  const { size } = manifest.input;
  const input = toTrunkScale(prepared.grey);
  const time = (work: () => unknown): Promise<number> =>
    medianTime(options.repeats, work);
  const decode = await time(() => decodeFilm(bytes));
  const preprocess = await time(() =>
    toTrunkScale(prepareFilm(film, manifest.input).grey),
  );
  const forward = await time(() => runForward(input, size, weights));
  const assess = await time(() => classifier.assess(film, {}));
  const whole = await time(async () =>
    classifier.assess(await decodeFilm(bytes), {}),
  );
  for (const tensor of weights.values()) tensor.dispose();
  classifier.dispose();
  return {
    engine: classifier.engine,
    decode,
    preprocess,
    forward,
    gateMapBoxes: Math.max(0, assess - preprocess - forward),
    whole,
  };
}

async function medianTime(
  repeats: number,
  work: () => unknown,
): Promise<number> {
  const times: number[] = [];
  // The first tenth, at least three, warms caches and the compiler up.
  const warmUp = Math.max(3, Math.trunc(repeats / 10));
  for (let i = -warmUp; i < repeats; i++) {
    const started = performance.now();
    await work();
    if (i >= 0) times.push(performance.now() - started);
  }
  times.sort((a, b) => a - b);
  return times[Math.trunc(times.length / 2)] ?? Number.NaN;
}
