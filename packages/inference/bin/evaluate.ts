/** `npm run evaluate`: figures of a model on the films of a manifest. */
import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { parseArgs } from "node:util";

import { readInferenceConfig } from "../src/config.ts";
import { assessRows } from "../src/evaluate/assess-rows.ts";
import { evaluate, thresholdsUsed } from "../src/evaluate/evaluation.ts";
import { readManifest } from "../src/evaluate/manifest.ts";
import type { Outcome } from "../src/evaluate/outcome.ts";
import { writePlots } from "../src/evaluate/plots.ts";
import { evaluationTable } from "../src/evaluate/table.ts";
import { defaultModelDir, findModelDir } from "../src/models/registry.ts";
import { createInferencePool } from "../src/pool/inference-pool.ts";
import { reportFailure } from "./report-failure.ts";

const USAGE = `npm run evaluate -- --manifest M --split S[,S2] [--model ID] [--json OUT] [--plots DIR]

Assesses every film of the manifest (CSV: file, label, and where known split,
source, patient_id, age, sex, boxes, mask) that is in one of the splits, and
prints the figures as JSON on standard output, as a table on standard error.
--json writes the JSON to OUT, --plots the ROC, reliability and confusion
pictures into DIR. --model, or LUNG_IRIS_MODEL, names a model or its folder.`;

interface Options {
  manifest: string;
  split: string | undefined;
  model: string | undefined;
  json: string | undefined;
  plots: string | undefined;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      manifest: { type: "string" },
      split: { type: "string" },
      model: { type: "string" },
      json: { type: "string" },
      plots: { type: "string" },
      help: { type: "boolean", short: "h" },
    },
  });
  const { manifest, split, model, json, plots } = values;
  if (values.help === true || manifest === undefined) {
    note(USAGE);
    process.exitCode = values.help === true ? 0 : 2;
    return;
  }
  await run({ manifest, split, model, json, plots });
}

async function run(options: Options): Promise<void> {
  const splits = options.split?.split(",").map((name) => name.trim()) ?? null;
  const rows = await readManifest(options.manifest, splits, note);
  await makeFolders(options);
  const config = readInferenceConfig();
  const wanted = options.model ?? config.model;
  const pool = await createInferencePool({
    engine: config.engine,
    modelDir: wanted === undefined ? defaultModelDir() : findModelDir(wanted),
  });
  const { model } = pool;
  if (model === null) throw new Error("The pool started without a model.");
  if (pool.engineNote !== null) note(pool.engineNote);
  const outcomes = await assessRows(pool, rows);
  await report(outcomes, model, options);
}

/** Before the films, not after: a folder that cannot be made ends it now. */
async function makeFolders({ json, plots }: Options): Promise<void> {
  if (json !== undefined) await mkdir(dirname(json), { recursive: true });
  if (plots !== undefined) await mkdir(plots, { recursive: true });
}

async function report(
  outcomes: readonly Outcome[],
  model: { id: string; sha256: string },
  options: Options,
): Promise<void> {
  const evaluation = evaluate(outcomes, {
    model,
    manifest: options.manifest,
    split: options.split ?? "all",
  });
  noteProblems(outcomes);
  note(evaluationTable(evaluation));
  note(
    `Balanced thresholds used: ${thresholdsUsed(outcomes)
      .map(
        ({ threshold, films }) =>
          `${threshold.toFixed(4)} (${String(films)} films)`,
      )
      .join(", ")}. Refused films are in n and refused, in no other figure.`,
  );
  const json = `${JSON.stringify(evaluation, null, 2)}\n`;
  process.stdout.write(json);
  if (options.json !== undefined) await writeFile(options.json, json);
  if (options.plots !== undefined) await writePlots(options.plots, outcomes);
}

function noteProblems(outcomes: readonly Outcome[]): void {
  for (const outcome of outcomes) {
    const problem =
      outcome.status === "assessed"
        ? outcome.note
        : `${outcome.reason}: ${outcome.detail}`;
    if (problem !== null) note(`${outcome.row.file}: ${problem}`);
  }
}

function note(line: string): void {
  process.stderr.write(`${line}\n`);
}

main().catch((error: unknown) => {
  reportFailure("evaluate", error);
});
