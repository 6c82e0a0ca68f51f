/**
 * Fits the numbers of `src/image/polarity-template.ts` on the `train` films of
 * a manifest and measures them on all others.
 *
 *   tsx packages/inference/bin/fit-polarity.ts MANIFEST
 */
import { readFile } from "node:fs/promises";

import { readManifest } from "../src/evaluate/manifest.ts";
import { decodeFilm } from "../src/image/decode-film.ts";
import { centredRanks } from "../src/image/polarity.ts";
import { GRID, sampleGrid } from "../src/image/sample-grid.ts";

const HALF = GRID / 2;
const CELLS = GRID * HALF;
const STEPS = 1500;
const RATE = 0.03;
/** Of both the ridge and the smoothness penalty. */
const PENALTY = 5e-4;

interface Example {
  /** Ranks of the left half, averaged with the mirrored right. */
  ranks: Float64Array;
  source: string;
  weight: number;
}

async function readExamples(
  manifest: string,
): Promise<{ train: Example[]; rest: Example[] }> {
  const train: Example[] = [];
  const rest: Example[] = [];
  for (const row of await readManifest(manifest, null, () => undefined)) {
    const film = await decodeFilm(await readFile(row.path));
    const grid = sampleGrid(
      film.width,
      film.height,
      (index) => film.pixels[index] ?? 0,
    );
    const ranks = foldHalves(centredRanks(grid));
    const example = { ranks, source: row.source, weight: 1 };
    (row.split === "train" ? train : rest).push(example);
  }
  return { train, rest };
}

function foldHalves(ranks: Float64Array): Float64Array {
  return Float64Array.from({ length: CELLS }, (_, cell) => {
    const start = Math.trunc(cell / HALF) * GRID;
    const x = cell % HALF;
    const left = ranks[start + x] ?? 0;
    return (left + (ranks[start + GRID - 1 - x] ?? 0)) / 2;
  });
}

/** Sources weigh by the root of their size: none decides alone. */
function weighSources(examples: readonly Example[]): void {
  const counts = new Map<string, number>();
  for (const { source } of examples) {
    counts.set(source, (counts.get(source) ?? 0) + 1);
  }
  for (const example of examples) {
    example.weight = 1 / Math.sqrt(counts.get(example.source) ?? 1);
  }
}

function dot(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
}

/**
 * Logistic regression of each film against its negative, without intercept,
 * by Adam (Kingma and Ba 2015) over the whole set.
 */
function fit(examples: readonly Example[]): Float64Array {
  const total = examples.reduce((sum, { weight }) => sum + weight, 0);
  const template = new Float64Array(CELLS);
  const mean = new Float64Array(CELLS);
  const square = new Float64Array(CELLS);
  for (let step = 1; step <= STEPS; step++) {
    const gradient = penaltyGradient(template);
    for (const { ranks, weight } of examples) {
      const pull = weight / total / (1 + Math.exp(dot(template, ranks)));
      for (const [i, rank] of ranks.entries()) {
        gradient[i] = (gradient[i] ?? 0) - pull * rank;
      }
    }
    for (const [i, slope] of gradient.entries()) {
      const m = 0.9 * (mean[i] ?? 0) + 0.1 * slope;
      const v = 0.999 * (square[i] ?? 0) + 0.001 * slope ** 2;
      mean[i] = m;
      square[i] = v;
      const change = m / (1 - 0.9 ** step);
      const scale = Math.sqrt(v / (1 - 0.999 ** step)) + 1e-8;
      template[i] = (template[i] ?? 0) - (RATE * change) / scale;
    }
  }
  return template;
}

function penaltyGradient(template: Float64Array): Float64Array {
  const gradient = template.map((value) => PENALTY * value);
  const smooth = (a: number, b: number): void => {
    const difference = (template[a] ?? 0) - (template[b] ?? 0);
    gradient[a] = (gradient[a] ?? 0) + PENALTY * difference;
    gradient[b] = (gradient[b] ?? 0) - PENALTY * difference;
  };
  for (let cell = 0; cell < CELLS; cell++) {
    if (cell % HALF < HALF - 1) smooth(cell, cell + 1);
    if (cell + HALF < CELLS) smooth(cell, cell + HALF);
  }
  return gradient;
}

function report(template: Float64Array, examples: readonly Example[]): void {
  // Scores count both halves; an ordinary film is to score about 1.
  const scores = examples.map(({ ranks }) => 2 * dot(template, ranks));
  const size = Math.sqrt(scores.reduce((s, x) => s + x * x, 0) / scores.length);
  const share = (test: (score: number) => boolean): string =>
    (scores.filter((x) => test(x / size)).length / scores.length).toFixed(5);
  process.stderr.write(
    `${String(examples.length)} films: ${share((x) => x > 0.3)} of their negatives caught, ${share((x) => x < -0.3)} wrongly accused\n`,
  );
  const rows = Array.from({ length: GRID }, (_, y) =>
    [...template.subarray(y * HALF, (y + 1) * HALF)]
      .map((value) => Math.round((1000 * value) / size))
      .join(", "),
  );
  process.stdout.write(`${rows.join(",\n")}\n`);
}

const [manifest] = process.argv.slice(2);
if (manifest === undefined) {
  process.stderr.write("fit-polarity.ts MANIFEST\n");
  process.exitCode = 2;
} else {
  const { train, rest } = await readExamples(manifest);
  weighSources(train);
  report(fit(train), rest);
}
