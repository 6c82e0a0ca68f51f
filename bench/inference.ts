import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { availableEngines, type EngineName } from "@lung-iris/inference";
import {
  encodePhantomDicom,
  encodePhantomJpeg,
  encodePhantomPng,
  makePhantom,
} from "@lung-iris/phantom";

import type { Benchmark, Measurement } from "./benchmark.ts";
import { forwardTurns } from "./forward-turns.ts";
import type { StageTimes } from "./measure-stages.ts";
import { runProbe } from "./run-probe.ts";

const PROBE = fileURLToPath(new URL("./inference-probe.ts", import.meta.url));

const PATIENT = {
  familyName: "Bench",
  givenName: "Film",
  id: "BENCH-1",
  sex: "O",
} as const;

type Films = Record<"jpeg" | "png" | "dicom", string>;

/** Time of one film by stage, films a second and memory, on every engine. */
export const inferenceBenchmark: Benchmark = {
  name: "inference",
  description: "one film by stage, films a second and memory, on every engine",
  async run(note) {
    const folder = await mkdtemp(join(tmpdir(), "lung-iris-bench-"));
    try {
      return await measureAll(await makeFilms(folder), note);
    } finally {
      await rm(folder, { recursive: true });
    }
  },
};

async function makeFilms(folder: string): Promise<Films> {
  const small = makePhantom({ seed: 1, size: 1024 });
  const large = makePhantom({ seed: 2, size: 2048 });
  const films: Films = {
    jpeg: join(folder, "1024.jpg"),
    png: join(folder, "1024.png"),
    dicom: join(folder, "2048.dcm"),
  };
  await writeFile(films.jpeg, await encodePhantomJpeg(small));
  await writeFile(films.png, await encodePhantomPng(small));
  await writeFile(films.dicom, encodePhantomDicom(large, PATIENT));
  return films;
}

async function measureAll(
  films: Films,
  note: (line: string) => void,
): Promise<Measurement[]> {
  const engines = availableEngines();
  note(`engines here: ${engines.join(", ")}`);
  const measurements: Measurement[] = [];
  for (const engine of engines) {
    note(`  ${engine}: stages on one core`);
    const stages = await runProbe<Record<string, StageTimes>>(PROBE, [
      "stages",
      engine,
      ...Object.values(films),
    ]);
    for (const [name, file] of Object.entries(films)) {
      const times = stages[file];
      if (times === undefined) continue;
      measurements.push(...stageRows(`${engine}, ${name}`, times));
    }
    for (const threads of new Set([1, availableParallelism()])) {
      note(`  ${engine}: ${String(threads)} worker thread(s)`);
      measurements.push(...(await poolRows(engine, threads, films)));
    }
  }
  measurements.push(...(await forwardTurns(engines, films.jpeg, note)));
  return measurements;
}

function stageRows(name: string, times: StageTimes): Measurement[] {
  const pass = times.forward + times.gateMapBoxes;
  const row = (what: string, value: number): Measurement => ({
    what: `${name}: ${what}`,
    value,
    unit: "ms",
  });
  return [
    row("decode", times.decode),
    row("preprocess", times.preprocess),
    row("forward", times.forward),
    row("gate, map and boxes", times.gateMapBoxes),
    {
      ...row("forward, gate, map and boxes", pass),
      ...budgetOf(name, pass),
    },
    { ...row("whole", times.whole), ...wholeBudgetOf(name, times.whole) },
  ];
}

/** What `auto` takes first has a budget of its own. */
function budgetOf(
  name: string,
  milliseconds: number,
): Pick<Measurement, "budget" | "met"> {
  const most = name.startsWith("onnxruntime") ? 12 : 40;
  return {
    budget: `at most ${String(most)} ms on one core`,
    met: milliseconds <= most,
  };
}

/** A JPEG of 1,024 pixels has one, on what `auto` takes first. */
function wholeBudgetOf(
  name: string,
  milliseconds: number,
): Pick<Measurement, "budget" | "met"> {
  if (name !== "onnxruntime, jpeg") return {};
  return { budget: "at most 30 ms on one core", met: milliseconds <= 30 };
}

async function poolRows(
  engine: EngineName,
  threads: number,
  films: Films,
): Promise<Measurement[]> {
  const { filmsPerSecond, megabytesPerWorker } = await runProbe<{
    filmsPerSecond: number;
    megabytesPerWorker: number;
  }>(PROBE, ["pool", engine, String(threads), ...Object.values(films)]);
  const name = `${engine}, ${String(threads)} thread(s)`;
  return [
    {
      what: `${name}: films decoded and assessed`,
      value: filmsPerSecond,
      unit: "films/s",
      ...(threads === 1
        ? {}
        : { budget: "at least 4 films/s", met: filmsPerSecond >= 4 }),
    },
    { what: `${name}: memory`, value: megabytesPerWorker, unit: "MiB/worker" },
  ];
}
