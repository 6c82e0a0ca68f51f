/** The folder of a fine-tuned model: new heads, fits and card, a seal. */
import { mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";

import * as tf from "@tensorflow/tfjs-core";

import { PNEUMONIA } from "../../src/findings/catalogue.ts";
import type {
  ManifestFinding,
  ModelManifest,
} from "../../src/models/manifest.ts";
import {
  patientsBehind,
  trainingPatient,
} from "../../src/models/training-record.ts";
import type { DeclaredBars, SetCounts } from "../../src/models/run-record.ts";
import type { SealedManifest } from "../../src/models/weights.ts";
import type { WeightMap } from "../../src/models/trunk.ts";
import { sigmoid } from "../../src/triage/calibration.ts";
import type { Figures } from "../fit/group-fits.ts";
import { candidateCard } from "../report/candidate-card.ts";
import { exportModel } from "../report/export-model.ts";
import { meanInterval, wilson } from "../report/intervals.ts";
import { answersOf, readable, type FilmSource } from "./head-batches.ts";
import { fitsOf, fitTuned, siteFigures, type TuneFits } from "./tune-fits.ts";
import type { TuneFilm } from "./tune-films.ts";
import type { Tuned } from "./tune-heads.ts";
import type { Rehearsal, TuneSettings } from "./tune-settings.ts";

/** Figures of the gate, which stands on the trunk alone. */
const KEPT_FIGURES = "gate";

export interface TunedCandidate {
  id: string;
  /** Email addresses of those who made it. */
  by: readonly string[];
  /** SHA-256 of the dataset that the films come from; null: not known. */
  dataset: string | null;
  /** What it will have to reach; null: nothing was named. */
  bars: DeclaredBars | null;
  seed: number;
  engine: string;
  settings: TuneSettings;
  rehearsalKind: Rehearsal;
}

/**
 * Writes the candidate with its card, with whom it learnt from and who made it.
 *
 * @throws Error where `out` holds something already
 */
export async function writeTuned(
  base: { folder: string; sealed: SealedManifest; weights: WeightMap },
  out: string,
  tuned: Tuned,
  sources: { site: FilmSource; rehearsal: FilmSource | null },
  candidate: TunedCandidate,
): Promise<ModelManifest> {
  await mkdir(out, { recursive: true });
  if ((await readdir(out)).length > 0)
    throw new Error(
      `${out} is not empty: a candidate gets a folder of its own.`,
    );
  const { manifest: old, folderSha256 } = base.sealed;
  const { site, rehearsal } = sources;
  const learnt = readable(site).flatMap((at) => site.films[at] ?? []);
  const { before, after } = heldOutAnswers(base.weights, tuned, site);
  const fitted = fitTuned(after);
  const manifest: Omit<ModelManifest, "weights"> = {
    format: old.format,
    architecture: old.architecture,
    input: old.input,
    ageGroup: old.ageGroup,
    boxes: old.boxes,
    gate: old.gate,
    id: candidate.id,
    findings: old.findings.map((finding) =>
      finding.code === PNEUMONIA.code ? withFits(finding, fitted) : finding,
    ),
    data: [...old.data, ...dataOf(learnt.length, rehearsal, candidate)],
    training: {
      ...old.training,
      fineTuning: {
        base: { id: old.id, folderSha256 },
        dataset: candidate.dataset,
        bars: candidate.bars,
        sets: countsBySet(after.map(({ film }) => film)),
        by: candidate.by,
        seed: candidate.seed,
        engine: candidate.engine,
        settings: candidate.settings,
        steps: tuned.steps,
        /** What of the net was moved; trunk and gate are the base's. */
        tuned: "heads",
        rehearsal: candidate.rehearsalKind,
        pooledGroups: fitted.pooled,
        patients: [
          ...new Set([
            ...patientsBehind(old.training),
            ...learnt.map(({ patient }) => trainingPatient(patient)),
          ]),
        ].sort(),
      },
    },
    metrics: {
      ...Object.fromEntries(
        Object.entries(old.metrics).filter(([set]) =>
          set.startsWith(KEPT_FIGURES),
        ),
      ),
      ...siteFigures(before, fitsOf(old.findings), "before"),
      ...siteFigures(after, fitted.fits, "after"),
      ...rehearsalFigures(base.weights, tuned.weights, rehearsal),
    },
  };
  const licences = (await readdir(base.folder))
    .filter((name) => name.startsWith("LICENSE"))
    .map((name) => join(base.folder, name));
  const weights = new Map<string, tf.Tensor>([
    ...base.weights,
    ...tuned.weights,
  ]);
  const card = candidateCard(manifest, "fineTuning");
  return exportModel(out, weights, { ...manifest, card }, licences);
}

/** What the figures of each set rest on, under the set's name. */
function countsBySet(films: readonly TuneFilm[]): SetCounts {
  const of = (own: readonly TuneFilm[]) => ({
    films: own.length,
    sick: own.filter(({ isSick }) => isSick === true).length,
  });
  return {
    "children-site": of(films.filter(({ isChild }) => isChild === true)),
    "adults-site": of(films.filter(({ isChild }) => isChild === false)),
    site: of(films),
  };
}

/** Each film by the base, and by the heads of the fold that was not taught it. */
function heldOutAnswers(base: WeightMap, tuned: Tuned, site: FilmSource) {
  const films = [...tuned.heldOut.keys()];
  const known = answersOf(base, site.file, films);
  const of = (at: number) => {
    const film = site.films[at];
    if (film === undefined) throw new Error(`there is no film ${String(at)}`);
    return film;
  };
  return {
    before: films.map((at, place) => ({
      film: of(at),
      logit: known[place]?.logit ?? Number.NaN,
      strongest: known[place]?.strongest ?? Number.NaN,
    })),
    after: films.map((at) => {
      const [logit, strongest] = tuned.heldOut.get(at) ?? [Number.NaN, 0];
      return { film: of(at), logit, strongest };
    }),
  };
}

/** What became of films that were rehearsed: how far from the base, and where. */
function rehearsalFigures(
  base: WeightMap,
  weights: WeightMap,
  rehearsal: FilmSource | null,
): Figures {
  if (rehearsal === null) return {};
  const films = readable(rehearsal);
  const before = answersOf(base, rehearsal.file, films);
  const after = answersOf(weights, rehearsal.file, films);
  const apart = before.map(({ logit }, at) =>
    Math.abs(sigmoid(logit) - sigmoid(after[at]?.logit ?? Number.NaN)),
  );
  const patients = films.map((at) => rehearsal.films[at]?.patient ?? "");
  const pointed = (answers: typeof before) => {
    const told = answers.flatMap(({ isPointed }) => isPointed ?? []);
    return told.length === 0
      ? null
      : wilson(told.filter(Boolean).length / told.length, told.length);
  };
  const was = pointed(before);
  const is = pointed(after);
  return {
    rehearsal: {
      movedBy: meanInterval(apart, patients),
      ...(was === null ? {} : { pointingBefore: was }),
      ...(is === null ? {} : { pointing: is }),
    },
  };
}

function dataOf(
  films: number,
  rehearsal: FilmSource | null,
  { rehearsalKind }: TunedCandidate,
): ModelManifest["data"] {
  const site = {
    name: "site",
    use: "fine-tuning of the heads, calibration and operating points",
    films,
    licence: "the site's own",
    attribution: "decided films of the site that made this candidate",
  };
  if (rehearsal === null || rehearsalKind === "none") return [site];
  const count = readable(rehearsal).length;
  return [
    site,
    rehearsalKind === "phantoms"
      ? {
          name: "phantoms",
          use: "rehearsed with the base's own answers",
          films: count,
          licence: "made here",
          attribution: "synthetic films that belong to nobody",
        }
      : {
          name: "base films",
          use: "rehearsed with their labels and the base's own answers",
          films: count,
          licence: "as of the base",
          attribution: "films that the base learnt from",
        },
  ];
}

function withFits(
  finding: ManifestFinding,
  { fits }: TuneFits,
): ManifestFinding {
  const by = <T>(what: (group: keyof typeof fits) => T) => ({
    child: what("child"),
    adult: what("adult"),
    default: what("default"),
  });
  return {
    ...finding,
    calibration: by((group) => fits[group].calibration),
    thresholds: by((group) => fits[group].thresholds),
    // A model that never says "unsure" is not taught to here.
    ...(finding.unsure === undefined
      ? {}
      : { unsure: by((group) => fits[group].unsure) }),
  };
}
