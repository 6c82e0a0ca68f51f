import { setTimeout as sleep } from "node:timers/promises";
import type { Benchmark, Measurement } from "./benchmark.ts";
import { quantile } from "./bench-database.ts";
import { withBenchDesk, type BenchDesk } from "./bench-desk.ts";
import { benchFilms, type BenchFilm } from "./bench-films.ts";
import { usedBy } from "./processor-time.ts";

const FILMS = 200;
/** A browser keeps six connections to one host. */
const CONNECTIONS = 6;
const BAR_FILMS_A_SECOND = 12;
const BAR_WORKLIST_MS = 200;
/** How often somebody else looks at the worklist meanwhile. */
const LOOK_EVERY_MS = 250;

/** Two hundred films dropped at once, to the last prediction, twice over. */
export const uploadBenchmark: Benchmark = {
  name: "upload",
  description: "200 films dropped at once, wasm engine",
  async run(note) {
    note(`  making ${String(2 * FILMS)} films`);
    const films = await benchFilms(2 * FILMS);
    return withBenchDesk(async (desk) => {
      await desk.timeWorklist(); // the first query of a process compiles
      note("  dropping them on a desk that has just started");
      const first = await dropAll(desk, films.slice(0, FILMS));
      note("  dropping as many again");
      const again = await dropAll(desk, films.slice(FILMS));
      return [
        ...first,
        ...again.map(({ what, ...rest }) => ({
          what: `again: ${what}`,
          ...rest,
        })),
      ];
    });
  },
};

async function dropAll(
  desk: BenchDesk,
  films: readonly BenchFilm[],
): Promise<Measurement[]> {
  const before = await usedBy(desk.parts);
  const predicted = await desk.database.client.prediction.count();
  const start = performance.now();
  const seconds = () => (performance.now() - start) / 1_000;
  let isDone = false;
  const looks = lookAt(desk, () => isDone);
  const outcomes = await sendAll(desk, films);
  const uploaded = seconds();
  while ((await pending(desk)) > 0) await sleep(20);
  const assessed = seconds();
  const used = await usedBy(desk.parts);
  isDone = true;
  const times = await looks;
  const accepted = outcomes.filter((outcome) => outcome === "accepted").length;
  const predictions = await desk.database.client.prediction.count();
  const lost = predicted + films.length - predictions;
  const rate = films.length / assessed;
  const p95 = quantile(times, 0.95);
  return [
    { what: "films accepted", value: accepted, unit: "films" },
    {
      what: "films lost",
      value: lost,
      unit: "films",
      budget: "0",
      met: lost === 0 && accepted === films.length,
    },
    {
      what: "all on the worklist after",
      value: uploaded,
      unit: "s",
    },
    { what: "all predicted after", value: assessed, unit: "s" },
    {
      what: "film in to prediction",
      value: rate,
      unit: "films/s",
      budget: `≥ ${String(BAR_FILMS_A_SECOND)} films/s`,
      met: rate >= BAR_FILMS_A_SECOND,
    },
    {
      what: "worklist query meanwhile, p95",
      value: p95,
      unit: "ms",
      budget: `≤ ${String(BAR_WORKLIST_MS)} ms`,
      met: p95 <= BAR_WORKLIST_MS,
    },
    {
      what: "worklist queries meanwhile",
      value: times.length,
      unit: "queries",
    },
    ...[...used].map(([part, ms]) => ({
      what: `processor time of ${part}`,
      value: (ms - (before.get(part) ?? 0)) / films.length,
      unit: "ms a film",
    })),
  ];
}

async function sendAll(
  desk: BenchDesk,
  films: readonly BenchFilm[],
): Promise<string[]> {
  const left = [...films];
  const outcomes: string[] = [];
  const lane = async (): Promise<void> => {
    for (let film = left.shift(); film; film = left.shift()) {
      outcomes.push(await desk.upload(film.name, film.bytes));
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, lane));
  return outcomes;
}

async function lookAt(
  desk: BenchDesk,
  isDone: () => boolean,
): Promise<number[]> {
  const times: number[] = [];
  while (!isDone()) {
    times.push(await desk.timeWorklist());
    await sleep(LOOK_EVERY_MS);
  }
  return times;
}

/** Films that the worker has not answered for yet. */
function pending({ database }: BenchDesk): Promise<number> {
  return database.client.image.count({ where: { predictions: { none: {} } } });
}
