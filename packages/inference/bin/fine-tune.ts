/** `npm run fine-tune`: a model's heads taught a site's own films. */
import { join } from "node:path";
import { parseArgs } from "node:util";

import * as tf from "@tensorflow/tfjs-core";
import { z } from "zod";

import { openEngine } from "../src/backend.ts";
import { availableEngines } from "../src/engine/open-net.ts";
import { loadModelWeights } from "../src/models/engine-weights.ts";
import { findModelDir } from "../src/models/registry.ts";
import { readSealedManifest } from "../src/models/weights.ts";
import { useNativeRelu6Gradient } from "../training/net/native-gradients.ts";
import { provideGradients } from "../training/tune/gradients.ts";
import {
  openFeatureFile,
  type FeatureFile,
} from "../training/tune/feature-file.ts";
import { Halt, haltWatch } from "../training/run-halt.ts";
import { RunReport } from "../training/run-report.ts";
import {
  readRehearsal,
  readTuneFilms,
  type TuneFilm,
} from "../training/tune/tune-films.ts";
import { tuneHeads } from "../training/tune/tune-heads.ts";
import {
  LEAST_TUNED,
  LEAST_TUNED_OF_A_KIND,
  REHEARSALS,
  tuneSettings,
} from "../training/tune/tune-settings.ts";
import { writeTuned } from "../training/tune/write-tuned.ts";
import { declaredBarsFrom } from "./declared-bars.ts";
import { makersFrom } from "./makers.ts";
import { reportFailure } from "./report-failure.ts";

const USAGE = `npm run fine-tune -- --manifest M --model ID --out DIR --by EMAIL… [options]

Teaches the heads of a model a site's own decided films (manifest.csv of an
export) and writes a candidate: a model folder with its own calibration, points
and figures, by films that were held out. Films of the split test are never
opened. It needs ${String(LEAST_TUNED)} films, ${String(LEAST_TUNED_OF_A_KIND)} with pneumonia and ${String(LEAST_TUNED_OF_A_KIND)} without.

  --by         who makes it, once for each person; none of them may approve it
  --id         the candidate's name, the last part of --out unless given
  --rehearse   manifest of films by which it keeps what it knew
  --rehearsal  what these are: ${REHEARSALS.join(", ")}
  --state      folder to go on from after a stop or a kill, OUT.state unless given
  --seed       20261129 unless given
  --engine     wasm or tensorflow; tensorflow where it is there unless given
  --dataset    SHA-256 of the export, for the candidate's card
  --bars       JSON of the bars declared before the run, for the same
  --memory     megabytes that the run may take, 2048 unless given
  --set        JSON of settings other than the shipped ones
  --report     JSON lines on standard output, for a program
`;

const optionsSchema = z.object({
  manifest: z.string(),
  model: z.string(),
  out: z.string(),
  id: z.string().optional(),
  by: z.array(z.string()).min(1),
  rehearse: z.string().optional(),
  rehearsal: z.enum(REHEARSALS).default("none"),
  state: z.string().optional(),
  seed: z.coerce.number().int().min(0).max(2_147_483_647).default(20_261_129),
  engine: z.enum(["wasm", "tensorflow"]).optional(),
  dataset: z.string().optional(),
  bars: z.string().optional(),
  memory: z.coerce.number().int().min(256).default(2_048),
  set: z.string().default("{}"),
  report: z.boolean().default(false),
});
type Options = z.output<typeof optionsSchema>;

async function main(): Promise<void> {
  const text = { type: "string" } as const;
  const { values } = parseArgs({
    options: {
      manifest: text,
      model: text,
      out: text,
      id: text,
      by: { type: "string", multiple: true },
      rehearse: text,
      rehearsal: text,
      state: text,
      seed: text,
      engine: text,
      dataset: text,
      bars: text,
      memory: text,
      set: text,
      report: { type: "boolean" },
      help: { type: "boolean", short: "h" },
    },
  });
  const parsed = optionsSchema.safeParse(values);
  if (values.help === true || !parsed.success) {
    process.stderr.write(USAGE);
    process.exitCode = values.help === true ? 0 : 2;
    return;
  }
  await run(parsed.data);
}

async function run(options: Options): Promise<void> {
  const report = new RunReport(options.report);
  const note = (line: string): void => report.note(line);
  const by = makersFrom(options.by);
  const bars = declaredBarsFrom(options.bars);
  const settings = tuneSettings.parse(JSON.parse(options.set));
  const id =
    options.id ?? options.out.split(/[\\/]/u).filter(Boolean).at(-1) ?? "site";
  const folder = options.state ?? `${options.out}.state`;
  const base = findModelDir(options.model);
  const sealed = await readSealedManifest(base);
  const siteFilms = await readTuneFilms(options.manifest, note);
  const rehearsed = await readRehearsal(
    options.rehearse ?? null,
    options.rehearsal,
    note,
  );
  const engine =
    options.engine ??
    (availableEngines().includes("tensorflow") ? "tensorflow" : "wasm");
  await openEngine(engine);
  useNativeRelu6Gradient();
  provideGradients();
  report.say({ type: "engine", engine });
  const halt = haltWatch(
    options.memory,
    ["SIGTERM", "SIGINT"],
    "give it more, fewer looks, or smaller batches",
  );
  const weights = await loadModelWeights(base, sealed.manifest);
  const features = async (
    name: string,
    films: readonly TuneFilm[],
    changed: number,
  ): Promise<FeatureFile> => {
    const file = await openFeatureFile({
      path: join(folder, `${name}.features`),
      films,
      changed,
      seed: options.seed,
      weights,
      input: sealed.manifest.input,
      note,
      onFilm: (done, total) => {
        report.say({ type: "progress", phase: name, done, total });
        return Promise.resolve(halt.isAsked());
      },
    });
    if (file === null) throw halt.error();
    return file;
  };
  const site = {
    films: siteFilms,
    file: await features("films", siteFilms, settings.looks),
    hasLabels: true,
    isRehearsed: false,
  };
  const rehearsal =
    rehearsed.length === 0
      ? null
      : {
          films: rehearsed,
          file: await features("rehearsal", rehearsed, 1),
          hasLabels: options.rehearsal === "base-films",
          isRehearsed: true,
        };
  note(
    `${String(siteFilms.length)} films to learn from; rehearsed: ${rehearsal === null ? "nothing" : `${String(rehearsed.length)} ${options.rehearsal}`}`,
  );
  const tuned = await tuneHeads({
    settings,
    seed: options.seed,
    base: weights,
    site,
    rehearsal,
    folder,
    note,
    onStep: ({ phase, step, steps }) => {
      report.say({ type: "progress", phase, done: step, total: steps });
      return halt.isAsked();
    },
    onPoint: (point) => report.say({ type: "point", ...point }),
    onSaved: (name, at) => report.say({ type: "saved", name, ...at }),
  });
  if (tuned === null) throw halt.error();
  const manifest = await writeTuned(
    { folder: base, sealed, weights },
    options.out,
    tuned,
    { site, rehearsal },
    {
      id,
      by,
      settings,
      engine,
      seed: options.seed,
      dataset: options.dataset ?? null,
      bars,
      rehearsalKind: rehearsal === null ? "none" : options.rehearsal,
    },
  );
  site.file.close();
  rehearsal?.file.close();
  tf.dispose([...weights.values()]);
  note(
    `${manifest.id}: best after ${String(tuned.steps)} steps, weights ${manifest.weights.sha256}, in ${options.out}`,
  );
}

main().catch((error: unknown) => {
  if (error instanceof Halt) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = error.exitCode;
    return;
  }
  reportFailure("fine-tune", error);
});
