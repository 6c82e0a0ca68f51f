/** `npm run recalibrate`: a model's calibration and points on a site's own films. */
import { join } from "node:path";
import { parseArgs } from "node:util";

import { readInferenceConfig } from "../src/config.ts";
import { assessRows } from "../src/evaluate/assess-rows.ts";
import { readManifest } from "../src/evaluate/manifest.ts";
import type { Outcome } from "../src/evaluate/outcome.ts";
import { writePlots } from "../src/evaluate/plots.ts";
import { PNEUMONIA } from "../src/findings/catalogue.ts";
import type { DeclaredBars } from "../src/models/run-record.ts";
import { findModelDir } from "../src/models/registry.ts";
import { readModelManifest } from "../src/models/weights.ts";
import { createInferencePool } from "../src/pool/inference-pool.ts";
import { EVERGREEN, withoutEvergreen } from "../training/data/evergreen.ts";
import { recalibrateGroup } from "../training/recalibrate/recalibrate-group.ts";
import { reliabilityTable } from "../training/recalibrate/reliability.ts";
import {
  countsOf,
  LEAST_FILMS,
  LEAST_OF_A_KIND,
  siteGroups,
} from "../training/recalibrate/site-groups.ts";
import { writeCandidate } from "../training/recalibrate/write-candidate.ts";
import { progressOf } from "../src/evaluate/progress.ts";
import { Halt, haltWatch } from "../training/run-halt.ts";
import { declaredBarsFrom } from "./declared-bars.ts";
import { makersFrom } from "./makers.ts";
import { RunReport } from "../training/run-report.ts";
import { reportFailure } from "./report-failure.ts";

const USAGE = `npm run recalibrate -- --manifest M --model ID --out DIR --by EMAIL… [--id NAME] [--plots DIR]

Fits a model's calibration and operating points anew on a site's own decided
films (manifest.csv of an export), children and adults apart, and writes a
candidate: a model folder with the same weights and a seal of its own.
A group needs ${String(LEAST_FILMS)} films, ${String(LEAST_OF_A_KIND)} with pneumonia and ${String(LEAST_OF_A_KIND)} without; one with fewer
keeps what it has. Films of the split ${EVERGREEN} are measured on and never fitted on.
--by names who makes it, once for each person: the desk lets none of them approve
it. Their addresses and the patients, as hashes, are written into the candidate.
--dataset names the export by its SHA-256, --bars as JSON what was declared before
the run; both stand on the candidate's card.
--plots draws the reliability before and after, DIR/before and /after.
--memory is how many megabytes the run may take, 2048 unless given.
--report writes JSON lines on standard output, for a program.
`;

/** With less not even the process itself would start. */
const LEAST_MEMORY = 64;

let report = new RunReport(false);

interface Options {
  manifest: string;
  model: string;
  out: string;
  id: string;
  by: readonly string[];
  plots: string | undefined;
  /** SHA-256 of the export. */
  dataset: string | null;
  bars: DeclaredBars | null;
  /** Megabytes that it may take. */
  memory: number;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      manifest: { type: "string" },
      model: { type: "string" },
      out: { type: "string" },
      id: { type: "string" },
      by: { type: "string", multiple: true },
      plots: { type: "string" },
      dataset: { type: "string" },
      bars: { type: "string" },
      memory: { type: "string", default: "2048" },
      report: { type: "boolean", default: false },
      help: { type: "boolean", short: "h" },
    },
  });
  const { manifest, model, out, by, plots } = values;
  report = new RunReport(values.report);
  const memory = Number(values.memory);
  if (
    values.help === true ||
    !(memory >= LEAST_MEMORY) ||
    manifest === undefined ||
    model === undefined ||
    out === undefined ||
    by === undefined
  ) {
    process.stderr.write(USAGE);
    process.exitCode = values.help === true ? 0 : 2;
    return;
  }
  const id = values.id ?? out.split(/[\\/]/u).filter(Boolean).at(-1) ?? "site";
  await run({
    ...{ manifest, model, out, id, plots, memory },
    by: makersFrom(by),
    dataset: values.dataset ?? null,
    bars: declaredBarsFrom(values.bars),
  });
}

async function run(options: Options): Promise<void> {
  const base = findModelDir(options.model);
  const { findings } = await readModelManifest(base);
  const finding = findings.find(({ code }) => code === PNEUMONIA.code);
  if (finding === undefined) {
    throw new Error(`The model ${options.model} does not look for pneumonia.`);
  }
  const groups = siteGroups(await assess(base, options));
  for (const group of groups.filter(({ isEnough }) => !isEnough))
    note(`${countsOf(group)}: too few, it keeps its calibration`);
  const enough = groups.filter(({ isEnough }) => isEnough);
  if (enough.length === 0) {
    throw new Error(
      `No group has ${String(LEAST_FILMS)} films with ${String(LEAST_OF_A_KIND)} of each kind; nothing was written. There are: ${groups.map(countsOf).join("; ")}.`,
    );
  }
  const done = enough.map((group) =>
    recalibrateGroup(group, finding.calibration[group.name]),
  );
  for (const group of done) note(reliabilityTable(group));
  const { id, weights } = await writeCandidate(base, options.out, {
    id: options.id,
    by: options.by,
    groups: done,
    dataset: options.dataset,
    bars: options.bars,
  });
  if (options.plots !== undefined) {
    const drawn = { before: "before", after: "after" } as const;
    for (const [folder, answers] of Object.entries(drawn))
      await writePlots(
        join(options.plots, folder),
        done.flatMap((group) => group[answers]),
      );
  }
  note(`${id}: weights ${weights.sha256}, in ${options.out}`);
}

/** Every film of the manifest through the model as it is now. */
async function assess(
  base: string,
  { manifest, memory }: Options,
): Promise<Outcome[]> {
  const rows = await readManifest(manifest, null, note);
  // Ends the run where a patient of the test could be fitted on.
  withoutEvergreen(rows, note);
  const pool = await createInferencePool({
    engine: readInferenceConfig().engine,
    modelDir: base,
  });
  if (pool.engineNote !== null) note(pool.engineNote);
  const { engine } = pool;
  if (engine !== null) report.say({ type: "engine", engine });
  const halt = haltWatch(memory, [], "give it more");
  const total = rows.length;
  const show = report.isForProgram
    ? (done: number) =>
        report.say({ type: "progress", phase: "films", done, total })
    : progressOf(total, process.stderr);
  const outcomes = await assessRows(pool, rows, (done) => {
    show(done);
    if (halt.isAsked()) throw halt.error();
  });
  const refused = outcomes.filter(({ status }) => status === "refused");
  if (refused.length > 0)
    note(`${String(refused.length)} films got no answer and are left out`);
  return outcomes;
}

function note(text: string): void {
  report.note(text);
}

main().catch((error: unknown) => {
  if (error instanceof Halt) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = error.exitCode;
    return;
  }
  reportFailure("recalibrate", error);
});
