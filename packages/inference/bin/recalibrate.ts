/** `npm run recalibrate`: a model's calibration and points on a site's own films. */
import { join } from "node:path";
import { parseArgs } from "node:util";

import { z } from "zod";

import { readInferenceConfig } from "../src/config.ts";
import { assessRows } from "../src/evaluate/assess-rows.ts";
import { readManifest } from "../src/evaluate/manifest.ts";
import type { Outcome } from "../src/evaluate/outcome.ts";
import { writePlots } from "../src/evaluate/plots.ts";
import { PNEUMONIA } from "../src/findings/catalogue.ts";
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
import { reportFailure } from "./report-failure.ts";

const USAGE = `npm run recalibrate -- --manifest M --model ID --out DIR --by EMAIL… [--id NAME] [--plots DIR]

Fits a model's calibration and operating points anew on a site's own decided
films (manifest.csv of an export), children and adults apart, and writes a
candidate: a model folder with the same weights and a seal of its own.
A group needs ${String(LEAST_FILMS)} films, ${String(LEAST_OF_A_KIND)} with pneumonia and ${String(LEAST_OF_A_KIND)} without; one with fewer
keeps what it has. Films of the split ${EVERGREEN} are measured on and never fitted on.
--by names who makes it, once for each person: the desk lets none of them approve
it. Their addresses and the patients, as hashes, are written into the candidate.
--plots draws the reliability before and after, DIR/before and /after.
`;

interface Options {
  manifest: string;
  model: string;
  out: string;
  id: string;
  by: readonly string[];
  plots: string | undefined;
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
      help: { type: "boolean", short: "h" },
    },
  });
  const { manifest, model, out, by, plots } = values;
  if (
    values.help === true ||
    manifest === undefined ||
    model === undefined ||
    out === undefined ||
    by === undefined
  ) {
    note(USAGE);
    process.exitCode = values.help === true ? 0 : 2;
    return;
  }
  const id = values.id ?? out.split(/[\\/]/u).filter(Boolean).at(-1) ?? "site";
  await run({ manifest, model, out, id, by: by.map(emailOf), plots });
}

async function run(options: Options): Promise<void> {
  const base = findModelDir(options.model);
  const { findings } = await readModelManifest(base);
  const finding = findings.find(({ code }) => code === PNEUMONIA.code);
  if (finding === undefined) {
    throw new Error(`The model ${options.model} does not look for pneumonia.`);
  }
  const groups = siteGroups(await assess(base, options.manifest));
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
async function assess(base: string, manifest: string): Promise<Outcome[]> {
  const rows = await readManifest(manifest, null, note);
  // Ends the run where a patient of the test could be fitted on.
  withoutEvergreen(rows, note);
  const pool = await createInferencePool({
    engine: readInferenceConfig().engine,
    modelDir: base,
  });
  if (pool.engineNote !== null) note(pool.engineNote);
  const outcomes = await assessRows(pool, rows);
  const refused = outcomes.filter(({ status }) => status === "refused");
  if (refused.length > 0)
    note(`${String(refused.length)} films got no answer and are left out`);
  return outcomes;
}

/** As accounts are written at a desk: lower case. */
function emailOf(text: string): string {
  // As browsers take it: also of hosts inside a hospital's network.
  const address = z.email({ pattern: z.regexes.html5Email });
  const parsed = address.safeParse(text.trim().toLowerCase());
  if (parsed.success) return parsed.data;
  throw new Error(`--by ${text} is no email address.`);
}

function note(line: string): void {
  process.stderr.write(`${line}\n`);
}

main().catch((error: unknown) => {
  reportFailure("recalibrate", error);
});
