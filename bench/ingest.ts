import { setTimeout as sleep } from "node:timers/promises";
import type { Benchmark, Measurement } from "./benchmark.ts";
import { quantile } from "./bench-database.ts";
import { withBenchDesk, type BenchDesk } from "./bench-desk.ts";
import { benchFilms, type BenchFilm } from "./bench-films.ts";

const FILMS = 60;
const EVERY_MS = 1_000;
const BAR_SECONDS = 3;

/** One film a second, each timed from its first byte to its prediction. */
export const ingestBenchmark: Benchmark = {
  name: "ingest",
  description: "film in → prediction on the worklist at 1 film/s, wasm engine",
  async run(note) {
    note(`  making ${String(FILMS)} films`);
    const films = await benchFilms(FILMS);
    return withBenchDesk((desk) => sendSteadily(desk, films, note));
  },
};

async function sendSteadily(
  desk: BenchDesk,
  films: readonly BenchFilm[],
  note: (line: string) => void,
): Promise<Measurement[]> {
  note("  one film a second");
  const timings: Promise<number>[] = [];
  const start = performance.now();
  for (const [position, film] of films.entries()) {
    const due = start + position * EVERY_MS - performance.now();
    if (due > 0) await sleep(due);
    timings.push(timeFilm(desk, film));
  }
  const seconds = await Promise.all(timings);
  const predictions = await desk.database.client.prediction.count();
  const lost = films.length - predictions;
  const p95 = quantile(seconds, 0.95);
  return [
    {
      what: "film in to prediction, p95",
      value: p95,
      unit: "s",
      budget: `≤ ${String(BAR_SECONDS)} s`,
      met: p95 <= BAR_SECONDS,
    },
    {
      what: "film in to prediction, median",
      value: quantile(seconds, 0.5),
      unit: "s",
    },
    {
      what: "films lost",
      value: lost,
      unit: "films",
      budget: "0",
      met: lost === 0,
    },
  ];
}

/** Seconds until the prediction can be read. */
async function timeFilm(desk: BenchDesk, film: BenchFilm): Promise<number> {
  const start = performance.now();
  const outcome = await desk.upload(film.name, film.bytes);
  if (outcome !== "accepted") throw new Error(`${film.name}: ${outcome}`);
  const where = {
    study: { images: { some: { originalName: film.name } } },
    assessment: { not: "PENDING" as const },
  };
  const { client } = desk.database;
  while ((await client.case.count({ where })) === 0) await sleep(20);
  return (performance.now() - start) / 1_000;
}
