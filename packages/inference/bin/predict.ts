/** `npm run predict -- FILE…`: one JSON line a film on standard output. */
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { performance } from "node:perf_hooks";
import { parseArgs } from "node:util";

import { readInferenceConfig } from "../src/config.ts";
import { decodeFilm } from "../src/image/decode-film.ts";
import { countedBoxes } from "../src/explain/counted-boxes.ts";
import { renderOverlay } from "../src/image/overlay.ts";
import { defaultModelDir, findModelDir } from "../src/models/registry.ts";
import { createInferencePool } from "../src/pool/inference-pool.ts";
import type { InferencePool } from "../src/pool/pool-interface.ts";
import { findFiles } from "../src/predict/find-files.ts";
import { inOrder } from "../src/predict/in-order.ts";
import {
  assessmentLine,
  endsTheRun,
  refusalLine,
  type PredictionLine,
} from "../src/predict/prediction-line.ts";
import type { Assessment } from "../src/types.ts";
import { reportFailure } from "./report-failure.ts";

const USAGE = `npm run predict -- FILE… [--cam DIR] [--model ID]

Assesses films (PNG, JPEG, DICOM; files, folders or patterns) and prints one
JSON line each. --cam writes the film with its activation map and boxes as PNG
into DIR. --model, or LUNG_IRIS_MODEL, names a model or its folder;
LUNG_IRIS_ENGINE is auto, onnxruntime, tensorflow or wasm.`;

interface Loaded {
  pool: InferencePool;
  model: { id: string; sha256: string };
  engine: PredictionLine["engine"];
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      cam: { type: "string" },
      model: { type: "string" },
      help: { type: "boolean", short: "h" },
    },
  });
  if (values.help === true || positionals.length === 0) {
    note(USAGE);
    process.exitCode = values.help === true ? 0 : 2;
    return;
  }
  const loaded = await load(values.model);
  try {
    if (values.cam !== undefined) await mkdir(values.cam, { recursive: true });
    await predict(loaded, await findFiles(positionals), values.cam);
  } finally {
    await loaded.pool.close();
  }
}

async function load(modelArgument: string | undefined): Promise<Loaded> {
  const config = readInferenceConfig();
  const wanted = modelArgument ?? config.model;
  const pool = await createInferencePool({
    engine: config.engine,
    modelDir: wanted === undefined ? defaultModelDir() : findModelDir(wanted),
  });
  const { model, engine } = pool;
  if (model === null || engine === null) {
    throw new Error("The pool started without a model.");
  }
  if (pool.engineNote !== null) note(pool.engineNote);
  return { pool, model, engine };
}

async function predict(
  loaded: Loaded,
  files: readonly string[],
  camFolder: string | undefined,
): Promise<void> {
  const names = new Set<string>();
  const results = inOrder(files, loaded.pool.threads * 2, async (file) => {
    const cam = camFolder && join(camFolder, overlayName(file, names));
    return predictFile(loaded, file, cam);
  });
  for await (const line of results) {
    process.stdout.write(`${JSON.stringify(line)}\n`);
  }
}

async function predictFile(
  loaded: Loaded,
  file: string,
  camFile: string | undefined,
): Promise<PredictionLine> {
  const started = performance.now();
  try {
    const bytes = await readFile(file);
    const { assessment, info } = await loaded.pool.assess(bytes, {});
    for (const warning of info.warnings) note(`${file}: ${warning}`);
    if (assessment.gate.status === "not-assessed") {
      note(`${file}: ${assessment.gate.detail}`);
    } else if (camFile !== undefined) {
      await writeOverlay(bytes, assessment, camFile);
    }
    return assessmentLine(file, assessment);
  } catch (error) {
    if (endsTheRun(error) || !(error instanceof Error)) throw error;
    note(`${file}: ${error.message}`);
    return refusalLine(file, error, loaded, performance.now() - started);
  }
}

async function writeOverlay(
  bytes: Uint8Array,
  assessment: Assessment,
  camFile: string,
): Promise<void> {
  const film = await decodeFilm(bytes);
  const shown = { cam: assessment.cam, boxes: countedBoxes(assessment) };
  await writeFile(camFile, await renderOverlay(film, shown));
}

/** Two films of the same name from different folders keep both overlays. */
function overlayName(file: string, taken: Set<string>): string {
  const base = basename(file);
  let name = `${base}.cam.png`;
  for (let i = 2; taken.has(name); i++) name = `${base}.${String(i)}.cam.png`;
  taken.add(name);
  return name;
}

function note(line: string): void {
  process.stderr.write(`${line}\n`);
}

process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  // The reader of a pipe (head, for one) may stop early.
  if (error.code === "EPIPE") process.exit(0);
  throw error;
});

main().catch((error: unknown) => {
  reportFailure("predict", error);
});
