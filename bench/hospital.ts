/**
 * A simulated hospital: synthetic films with faint opacities and another
 * exposure, read by a scripted reader who is wrong now and then; what
 * recalibration and fine-tuning make of the model there, and whether the bars
 * as shipped let the fine-tuned one through.
 *
 * The decided films are read by that reader; the evergreen ones are held
 * against the truth, and are many: of 200 films a net whose every probability
 * is right has an ECE of 0.07 by chance.
 */
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import {
  auroc,
  calibrationError,
  chanceOfCalibrationError,
  defaultModelDir,
  readSealedManifest,
  scoredSet,
} from "@lung-iris/inference";
import { SHIPPED_BARS } from "../apps/api/src/features/bars/shipped-bars.ts";
import { judge } from "../apps/api/src/features/judgements/judge.rules.ts";
import {
  answerOf,
  type FilmAnswer,
  type JudgedFilm,
} from "../apps/api/src/features/judgements/judged-film.ts";
import type { BarOutcome } from "../apps/api/src/features/judgements/judgement-document.ts";
import type { KnownFilm } from "../apps/api/src/features/known-films/known-film.ts";
import { referenceFilms } from "../apps/api/src/features/known-films/reference-films.ts";
import { parseModelManifest } from "../apps/api/src/features/models/model-manifest.ts";
import { createFilmAssessor } from "../apps/api/src/platform/inference-client.ts";
import type { Benchmark, Measurement } from "./benchmark.ts";
import {
  DECIDED,
  EVERGREEN,
  writeHospital,
  writeRehearsal,
  type KnownFile,
} from "./hospital-films.ts";

const MEGABYTES = 64;
const root = fileURLToPath(new URL("..", import.meta.url));
const run = promisify(execFile);

async function command(name: string, args: readonly string[]): Promise<void> {
  const file = join("packages", "inference", "bin", `${name}.ts`);
  await run(process.execPath, ["--import", "tsx", file, ...args], {
    cwd: root,
    maxBuffer: MEGABYTES * 2 ** 20,
  });
}

/** What a model says of every film, as a judgement asks it. */
async function answers(
  folder: string,
  films: readonly { film: KnownFilm; bytes: Uint8Array }[],
): Promise<FilmAnswer[]> {
  const { manifest } = await readSealedManifest(folder);
  const summary = parseModelManifest(manifest);
  const assessor = await createFilmAssessor({
    modelDir: folder,
    engine: "auto",
    threads: cpus().length,
  });
  try {
    const said: FilmAnswer[] = [];
    const left = films.entries();
    // Two for each thread: the engine refuses more films than it has room for.
    const ask = async () => {
      for (const [at, { film: known, bytes }] of left) {
        const { ageYears, sex } = known;
        const assessment = await assessor.assess(bytes, { ageYears, sex });
        said[at] = answerOf(assessment, summary, known);
      }
    };
    await Promise.all(Array.from({ length: 2 * cpus().length }, ask));
    return said;
  } finally {
    await assessor.close();
  }
}

/** Films of the evergreen test, then the reference films of the shipped bars. */
async function judgedFilms(
  evergreen: readonly KnownFile[],
): Promise<{ film: KnownFilm; bytes: Uint8Array }[]> {
  const films: { film: KnownFilm; bytes: Uint8Array }[] = [];
  for (const { path, patient, isSick } of evergreen)
    films.push({
      bytes: await readFile(path),
      film: {
        set: "EVERGREEN",
        patient,
        isSick,
        ageYears: 50,
        sex: null,
        source: "hospital",
        regions: [],
      },
    });
  for await (const known of referenceFilms(SHIPPED_BARS.phantoms))
    films.push(known);
  return films;
}

/** ECE with what chance makes of it, and AUROC, on the evergreen films. */
function figuresOf(
  films: readonly { film: KnownFilm }[],
  said: readonly FilmAnswer[],
): { ece: number; chance: number; auroc: number } {
  const told = films.flatMap(({ film: { set, isSick } }, at) => {
    const probability = said[at]?.probability ?? null;
    return set === "EVERGREEN" && probability !== null
      ? [{ probability, isSick }]
      : [];
  });
  const set = scoredSet(
    told.map(({ probability }) => probability),
    told.map(({ isSick }) => isSick),
  );
  return {
    ece: calibrationError(set) ?? Number.NaN,
    chance: chanceOfCalibrationError(set) ?? Number.NaN,
    auroc: auroc(set) ?? Number.NaN,
  };
}

/** What the shipped bars say of a candidate; the time of a film is not asked. */
function missedBars(
  films: readonly { film: KnownFilm }[],
  live: readonly FilmAnswer[],
  candidate: readonly FilmAnswer[],
): BarOutcome[] {
  const judged = films.flatMap(({ film: known }, at): JudgedFilm[] => {
    const [of, by] = [candidate[at], live[at]];
    return of === undefined || by === undefined
      ? []
      : [{ ...known, candidate: of, live: by }];
  });
  return judge(SHIPPED_BARS, judged).filter(
    ({ blocks, measure }) => blocks && measure !== "MILLISECONDS",
  );
}

async function measure(
  note: (line: string) => void,
  folder: string,
): Promise<Measurement[]> {
  const { manifest, evergreen } = await writeHospital(folder);
  const rehearsal = await writeRehearsal(join(folder, "rehearsal"));
  const films = await judgedFilms(evergreen);
  note(`  ${String(DECIDED)} decided films, ${String(EVERGREEN)} evergreen`);
  const made = (name: string) => join(folder, name);
  const by = ["--by", "bench@lung-iris.example"];
  const say = (what: string, said: readonly FilmAnswer[]) => {
    const { ece, chance, auroc: area } = figuresOf(films, said);
    note(
      `  ${what}: ECE ${ece.toFixed(3)} (by chance ${chance.toFixed(3)}), AUROC ${area.toFixed(3)}`,
    );
    return { ece, auroc: area };
  };
  const ofBase = await answers(defaultModelDir(), films);
  const base = say("base", ofBase);
  const begun = performance.now();
  await command("recalibrate", [
    ...["--manifest", manifest, "--model", defaultModelDir()],
    ...["--out", made("recalibrated"), ...by],
  ]);
  const recalibration = (performance.now() - begun) / 1_000;
  const ofAgain = await answers(made("recalibrated"), films);
  const again = say("recalibrated", ofAgain);
  const tuning = performance.now();
  await command("fine-tune", [
    ...["--manifest", manifest, "--model", defaultModelDir()],
    ...["--out", made("tuned"), ...by],
    ...["--rehearse", rehearsal, "--rehearsal", "phantoms"],
  ]);
  const fineTuning = (performance.now() - tuning) / 1_000;
  const ofTuned = await answers(made("tuned"), films);
  const tuned = say("fine-tuned", ofTuned);
  const missed = {
    recalibrated: missedBars(films, ofBase, ofAgain),
    tuned: missedBars(films, ofBase, ofTuned),
  };
  for (const [name, bars] of Object.entries(missed))
    for (const { set, measure, group, candidate } of bars)
      note(
        `  ${name} misses ${set} ${measure}, ${group}: ${JSON.stringify(candidate)}`,
      );
  const gain = tuned.auroc - base.auroc;
  return [
    {
      what: "ECE of the base there",
      value: base.ece,
      unit: "",
      budget: "> 0.1",
      met: base.ece > 0.1,
    },
    {
      what: "ECE after recalibration",
      value: again.ece,
      unit: "",
      budget: "≤ 0.05",
      met: again.ece <= 0.05,
    },
    { what: "AUROC of the base there", value: base.auroc, unit: "" },
    {
      what: "AUROC gained by fine-tuning",
      value: gain,
      unit: "",
      budget: "≥ 0.02",
      met: gain >= 0.02,
    },
    { what: "ECE after fine-tuning", value: tuned.ece, unit: "" },
    ...(["recalibrated", "tuned"] as const).map((name) => ({
      what: `bars missed, ${name}`,
      value: missed[name].length,
      unit: "",
      budget: "0",
      met: missed[name].length === 0,
    })),
    { what: "recalibration", value: recalibration, unit: "s" },
    { what: "fine-tuning", value: fineTuning, unit: "s" },
  ];
}

export const hospitalBenchmark: Benchmark = {
  name: "hospital",
  description:
    "recalibration and fine-tuning at a simulated hospital of another exposure",
  async run(note) {
    const folder = await mkdtemp(join(tmpdir(), "lung-iris-hospital-"));
    try {
      return await measure(note, folder);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};
