import { performance } from "node:perf_hooks";

import {
  createClassifier,
  decodeFilm,
  openNet,
  prepareFilm,
  readModelManifest,
  toTrunkScale,
  type EngineName,
} from "@lung-iris/inference";

/** Median milliseconds of each stage of one film, in this thread. */
export interface StageTimes {
  engine: EngineName;
  decode: number;
  /** Trim, window, resample, normalise. */
  preprocess: number;
  /** The net with the gate's head, from its input to numbers off the engine. */
  forward: number;
  /** Checks of the pixels, verdict, calibration, map and boxes. */
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
  const { net } = await openNet(options.engine, options.modelDir, manifest);
  const film = await decodeFilm(bytes);
  const prepared = prepareFilm(film, manifest.input);
  const input = toTrunkScale(prepared.grey);
  const times = await timeByTurns(options.repeats, {
    decode: () => decodeFilm(bytes),
    preprocess: () => toTrunkScale(prepareFilm(film, manifest.input).grey),
    forward: () => net.run(input),
    assess: () => classifier.assess(film, {}),
    whole: async () => classifier.assess(await decodeFilm(bytes), {}),
  });
  net.dispose();
  classifier.dispose();
  const rest = times.assess.map(
    (all, at) => all - (times.preprocess[at] ?? 0) - (times.forward[at] ?? 0),
  );
  return {
    engine: classifier.engine,
    decode: median(times.decode),
    preprocess: median(times.preprocess),
    forward: median(times.forward),
    gateMapBoxes: Math.max(0, median(rest)),
    whole: median(times.whole),
  };
}

/**
 * Milliseconds of every repeat of every stage. The stages take turns: what
 * slows the machine for a while slows all of them.
 */
async function timeByTurns<Stage extends string>(
  repeats: number,
  stages: Record<Stage, () => unknown>,
): Promise<Record<Stage, number[]>> {
  const times = {} as Record<Stage, number[]>; // Filled in the next line.
  for (const name in stages) times[name] = [];
  // The first tenth, at least three, warms caches and the compiler up.
  const warmUp = Math.max(3, Math.trunc(repeats / 10));
  for (let i = -warmUp; i < repeats; i++) {
    for (const name in stages) {
      const started = performance.now();
      await stages[name]();
      if (i >= 0) times[name].push(performance.now() - started);
    }
  }
  return times;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.trunc(sorted.length / 2)] ?? Number.NaN;
}
