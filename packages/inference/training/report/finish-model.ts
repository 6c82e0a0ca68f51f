/**
 * From trained weights to a model folder: calibration and cut-offs by age
 * group, box rule, gate, manifest.
 */
import { readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";

import type * as tf from "@tensorflow/tfjs-core";

import { PNEUMONIA } from "../../src/findings/catalogue.ts";
import type {
  BoxChance,
  ManifestFinding,
  ModelManifest,
} from "../../src/models/manifest.ts";
import { exportModel } from "./export-model.ts";
import { openFilmCache, type FilmCache } from "../data/film-cache.ts";
import { fitGate, type GateFit } from "../fit/fit-gate.ts";
import { GATE_CLASSES } from "../fit/gate-films.ts";
import { parseCsv } from "../../src/evaluate/csv.ts";
import type { FilmRow } from "../data/films.ts";
import {
  figures,
  fitGroups,
  type Figures,
  type Fits,
} from "../fit/group-fits.ts";
import { boxFilms } from "../fit/box-films.ts";
import { featuredFilms, trainHeads } from "../fit/finding-heads.ts";
import { fitBoxChance } from "../fit/fit-box-chance.ts";
import { fitFindings } from "../fit/fit-findings.ts";
import { findingScores, hintFigures } from "../fit/head-figures.ts";
import type { FilmScores, GroupFit } from "../fit/operating-points.ts";
import type { Sources } from "../data/sources.ts";
import { openScoreNet, type ScoreNet } from "../fit/score-net.ts";
import { scoreFilms } from "../fit/scores.ts";
import {
  patientsBehind,
  trainingPatient,
} from "../../src/models/training-record.ts";
import { dataUsed, isOwnFilm, isTrainedOn } from "../data/data-used.ts";
import { meanInterval, wilson, type Estimate } from "./intervals.ts";
import { regionFilms } from "../fit/region-films.ts";
import { pointingShare, tuneBoxes } from "../fit/tune-boxes.ts";
import type { ValidationSet } from "../data/validation-sets.ts";
import type { TrainConfig } from "../net/config.ts";

export interface FinishInputs {
  id: string;
  config: TrainConfig;
  rows: readonly FilmRow[];
  cache: FilmCache;
  sets: readonly ValidationSet[];
  sources: Sources;
  /** Folder of pictures that are no chest films, with `manifest.csv`. */
  notChest: string;
  pretrained: string;
  /** The model folder that the run went on from; null: from `pretrained`. */
  from: string | null;
  cacheFolder: string;
  out: string;
  gateFilms: number;
  /** Email addresses of those who made it; a desk lets none of them approve. */
  by: readonly string[];
  /** Manifest of the model that the run went on from, or null. */
  base: ModelManifest | null;
}

/** Fits everything that follows training and writes the folder. */
export async function finishModel(
  weights: ReadonlyMap<string, tf.Tensor>,
  inputs: FinishInputs,
): Promise<ModelManifest> {
  const { rows, cache } = inputs;
  const { size } = inputs.config;
  const whole = await withFindings(weights, inputs);
  const net = await openScoreNet(whole, size);
  const sets = await scoreSets(net, inputs);
  const fits = fitGroups(sets);
  const { boxed, masked } = await regionFilms(net, rows, cache);
  const { rule, overlaps } = tuneBoxes([...boxed, ...masked]);
  const boxes = fitBoxChance(
    await boxFilms(net, rows, cache, { rule, fit: fits.adult }),
  );
  const located = [...boxed, ...masked].map(({ patient }) => patient);
  const findings = fitFindings(
    await findingScores(net, rows, inputs.sources.findingSplits, cache),
  );
  const gate = await fitGate(net, {
    rows,
    cache,
    ...(await openOthers(inputs)),
    seed: inputs.config.seed,
    films: inputs.gateFilms,
  });
  return exportModel(
    inputs.out,
    new Map([...whole, ...gate.weights]),
    manifestOf(
      inputs,
      fits,
      { others: findings, boxChance: boxes?.rule ?? null },
      gate,
      rule,
      measured({
        ...figures(sets, fits),
        ...(await hintFigures(net, rows, cache)),
        localisation: {
          pointingAdultVal: wilson(pointingShare(boxed), boxed.length),
          pointingMaskVal: wilson(pointingShare(masked), masked.length),
          overlap: meanInterval(overlaps, located),
          ...boxes?.figures,
        },
        gateRefusedTrue: shares(gate.refusedTrue),
        gateRefusedBroken: shares(gate.refusedWrong),
        gateRefusedKindLeftOut: shares(gate.heldOutKinds),
      }),
    ),
    await licencesOf(inputs),
  );
}

/**
 * Whom the model learnt from, as hashes, and whom its base did: those of a
 * site's own films. Patients of the public collections are at no desk.
 */
function patientsLearnt({ rows, sources, base }: FinishInputs): string[] {
  const learnt = rows
    .filter((row) => isTrainedOn(row) && isOwnFilm(row, sources))
    .map(({ patient }) => trainingPatient(patient));
  const before = base === null ? [] : patientsBehind(base.training);
  return [...new Set([...before, ...learnt])].sort();
}

/**
 * The weights with heads for the findings, trained on the trunk as it is now;
 * as they are where no film's findings are known.
 */
async function withFindings(
  weights: ReadonlyMap<string, tf.Tensor>,
  { rows, cache, config }: FinishInputs,
): Promise<Map<string, tf.Tensor>> {
  const rest = new Map(
    Array.from(weights).filter(([name]) => !name.startsWith("findings/")),
  );
  const { size, heads, augmentation } = config;
  const trunk = await openScoreNet(rest, size);
  const films = await featuredFilms(trunk, rows, cache, {
    ...heads,
    augmentation,
  });
  if (films.length === 0) return new Map(weights);
  return new Map([...rest, ...trainHeads(films, heads)]);
}

/** Without the figures for which these films have no data. */
function measured(metrics: Figures): Figures {
  return Object.fromEntries(
    Object.entries(metrics).map(([set, estimates]) => [
      set,
      Object.fromEntries(
        Object.entries(estimates).filter(
          ([, { value }]) => !Number.isNaN(value),
        ),
      ),
    ]),
  );
}

/** Of the weights that the run started from: they go with what came of them. */
async function licencesOf(inputs: FinishInputs): Promise<string[]> {
  const folder = inputs.from ?? inputs.pretrained;
  const names = await readdir(folder);
  return names
    .filter((name) => name.startsWith("LICENSE"))
    .map((name) => join(folder, name));
}

async function scoreSets(
  net: ScoreNet,
  inputs: FinishInputs,
): Promise<Map<string, FilmScores>> {
  const scored = new Map<string, FilmScores>();
  for (const set of inputs.sets) {
    const { name, rows } = set;
    const { logits, strongest } = await scoreFilms(net, rows.length, (at) =>
      set.film(at),
    );
    const films = rows.map((index) => inputs.rows[index]);
    scored.set(name, {
      name,
      logits,
      strongest,
      positive: films.map((row) => row?.label === "pneumonia"),
      patients: films.map((row) => row?.patient ?? ""),
    });
    process.stderr.write(`scored ${name}: ${String(rows.length)} films\n`);
  }
  return scored;
}

async function openOthers(
  inputs: FinishInputs,
): Promise<{ otherKinds: string[]; others: FilmCache }> {
  const path = join(inputs.notChest, "manifest.csv");
  const records = parseCsv(await readFile(path, "utf8"));
  const files = records.map((r) => join(dirname(path), r["file"] ?? ""));
  const others = await openFilmCache(
    files,
    { size: inputs.config.cacheSize, lowPercentile: 1, highPercentile: 99 },
    inputs.cacheFolder,
  );
  return { otherKinds: records.map((r) => r["kind"] ?? ""), others };
}

function shares(
  record: Record<string, { share: number; count: number }>,
): Record<string, Estimate> {
  return Object.fromEntries(
    Object.entries(record).map(([key, part]) => [
      key,
      wilson(part.share, part.count),
    ]),
  );
}

function manifestOf(
  inputs: FinishInputs,
  fits: Fits,
  findings: { others: ManifestFinding[]; boxChance: BoxChance | null },
  gate: GateFit,
  boxes: ModelManifest["boxes"],
  metrics: Figures,
): Omit<ModelManifest, "weights"> {
  const by = <T>(what: (fit: GroupFit) => T): Record<keyof Fits, T> => ({
    child: what(fits.child),
    adult: what(fits.adult),
    default: what(fits.default),
  });
  const { others, boxChance } = findings;
  return {
    format: 1,
    id: inputs.id,
    architecture: "lite0-block10-map",
    input: { size: inputs.config.size, lowPercentile: 1, highPercentile: 99 },
    findings: [
      {
        code: PNEUMONIA.code,
        concept: PNEUMONIA.concept,
        calibration: by((fit) => fit.calibration),
        thresholds: by((fit) => fit.thresholds),
        unsure: by((fit) => fit.unsure),
        ...(boxChance === null ? {} : { boxChance }),
        shown: true,
      },
      ...others,
    ],
    ageGroup: { adultFromYears: 16, childFrom: 0.8, adultTo: 0.2 },
    boxes,
    gate: {
      classes: [...GATE_CLASSES],
      acceptFrom: gate.rule.acceptFrom,
      acceptColourFrom: Math.max(0.9, gate.rule.acceptFrom),
      maxDistance: gate.rule.maxDistance,
      minSidePixels: 100,
      minSpan: 0.06,
      maxFlatShare: 0.85,
    },
    data: dataUsed(inputs.rows, inputs.sources),
    training: {
      ...inputs.config,
      by: inputs.by,
      patients: patientsLearnt(inputs),
    },
    metrics,
  };
}
