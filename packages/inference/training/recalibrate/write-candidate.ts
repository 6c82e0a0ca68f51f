/** The folder of a recalibrated model: the same weights, new numbers, card, seal. */
import { copyFile, mkdir, readdir, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";

import { PNEUMONIA } from "../../src/findings/catalogue.ts";
import {
  manifestSchema,
  type ManifestFinding,
  type ModelManifest,
} from "../../src/models/manifest.ts";
import type { DeclaredBars, SetCounts } from "../../src/models/run-record.ts";
import { MANIFEST_FILE, sealModel } from "../../src/models/seal.ts";
import {
  patientsBehind,
  trainingPatient,
} from "../../src/models/training-record.ts";
import { readSealedManifest } from "../../src/models/weights.ts";
import { candidateCard } from "../report/candidate-card.ts";
import { fitRecord } from "./fit-record.ts";
import type { RecalibratedGroup } from "./recalibrate-group.ts";
import { figuresOfGroup } from "./reliability.ts";
import { GROUPS, isSick } from "./site-groups.ts";

/** Figures that no calibration changes: of the maps and of the gate. */
const KEPT_FIGURES = /^(localisation|gate)/u;

/**
 * Writes the candidate with its card, with whom it learnt from and who made it:
 * a desk holds both against whoever judges and approves it.
 *
 * @param base the folder of the model it is made of
 * @throws Error where `out` holds something already
 */
export async function writeCandidate(
  base: string,
  out: string,
  candidate: {
    id: string;
    /** Email addresses of those who made it. */
    by: readonly string[];
    groups: readonly RecalibratedGroup[];
    /** SHA-256 of the dataset that the films come from; null: not known. */
    dataset: string | null;
    /** What it will have to reach; null: nothing was named. */
    bars: DeclaredBars | null;
  },
): Promise<ModelManifest> {
  await mkdir(out, { recursive: true });
  const there = await readdir(out);
  if (there.length > 0) {
    throw new Error(
      `${out} is not empty: a candidate gets a folder of its own.`,
    );
  }
  const { manifest: old, folderSha256 } = await readSealedManifest(base);
  const learnt = candidate.groups.flatMap(({ before }) => before);
  const uncarded = manifestSchema.parse({
    ...old,
    id: candidate.id,
    findings: old.findings.map((finding) =>
      finding.code === PNEUMONIA.code
        ? withFits(finding, candidate.groups)
        : finding,
    ),
    data: [
      ...old.data,
      {
        name: "site",
        use: "calibration and operating points",
        films: learnt.length,
        licence: "the site's own",
        attribution: "decided films of the site that made this candidate",
      },
    ],
    training: {
      ...old.training,
      recalibration: {
        base: { id: old.id, folderSha256 },
        dataset: candidate.dataset,
        bars: candidate.bars,
        sets: countsBySet(candidate.groups),
        fitted: candidate.groups.map(({ group }) => group.name),
        kept: GROUPS.filter(
          (name) => !candidate.groups.some(({ group }) => group.name === name),
        ),
        groups: candidate.groups.map(fitRecord),
        by: candidate.by,
        patients: [
          ...new Set([
            ...patientsBehind(old.training),
            ...learnt.map(({ row }) => trainingPatient(row.patient)),
          ]),
        ].sort(),
      },
    },
    // Figures at the base's calibration and points are not this model's.
    metrics: {
      ...Object.fromEntries(
        Object.entries(old.metrics).filter(([set]) => KEPT_FIGURES.test(set)),
      ),
      ...Object.fromEntries(
        candidate.groups.flatMap((group) =>
          Object.entries(figuresOfGroup(group)),
        ),
      ),
    },
  });
  const manifest = {
    ...uncarded,
    card: candidateCard(uncarded, "recalibration"),
  };
  for (const name of await readdir(base)) {
    if (name === MANIFEST_FILE) continue;
    await copyFile(join(base, name), join(out, basename(name)));
  }
  await writeFile(
    join(out, MANIFEST_FILE),
    `${JSON.stringify(manifest, null, 2)}\n`,
  );
  await sealModel(out, manifest.weights.file);
  return manifest;
}

/** What the figures of each set rest on, under the set's name. */
function countsBySet(groups: readonly RecalibratedGroup[]): SetCounts {
  return Object.fromEntries(
    groups.flatMap(({ group: { name }, before, evergreenBefore }) =>
      (
        [
          [`site-${name}`, before],
          [`site-${name}-evergreen`, evergreenBefore],
        ] as const
      ).map(([set, answers]) => [
        set,
        { films: answers.length, sick: answers.filter(isSick).length },
      ]),
    ),
  );
}

function withFits(
  finding: ManifestFinding,
  groups: readonly RecalibratedGroup[],
): ManifestFinding {
  const calibration = { ...finding.calibration };
  const thresholds = { ...finding.thresholds };
  const unsure = finding.unsure ? { ...finding.unsure } : undefined;
  for (const { group, fit } of groups) {
    calibration[group.name] = fit.calibration;
    thresholds[group.name] = fit.thresholds;
    // A model that never says "unsure" is not taught to here.
    if (unsure) unsure[group.name] = fit.unsure;
  }
  return {
    ...finding,
    calibration,
    thresholds,
    ...(unsure === undefined ? {} : { unsure }),
  };
}
