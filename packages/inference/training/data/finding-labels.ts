/** Labels of the findings beside pneumonia, film by film. */
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";

import { parseCsv } from "../../src/evaluate/csv.ts";
import type { ManifestRow } from "../../src/evaluate/manifest.ts";
import { OTHER_FINDINGS } from "../../src/findings/catalogue.ts";

/**
 * Targets 0…1 in the order of the net's heads; NaN where a film says nothing
 * of a finding, or what its report says is doubtful.
 */
export type FindingLabels = Float32Array;

/** What is known of one film. */
interface Known {
  findings: string[];
  doubtful: string[];
  /** A radiologist found nothing at all. */
  isClear: boolean;
  /** Another net's probability by the finding's name in the table. */
  opinion(name: string): number | null;
}

const LABELS_FILE = "labels-nih.csv";
// Of the labels mined from report text so much is believed; the rest is what
// another net, which never saw the film, says of it where it was asked.
const TEXT_WEIGHT = 0.65;
// Without such a second opinion: reports name what is there more surely than
// they deny what is not.
const SOFT = { present: 0.9, absent: 0.04 };

/**
 * Labels by the film's name: of the table that lies beside a manifest, else
 * of the manifest's own column `findings`.
 *
 * @param isForTraining softens the targets; figures want them hard
 */
export async function readFindingLabels(
  manifest: string,
  rows: readonly ManifestRow[],
  isForTraining: boolean,
): Promise<Map<string, FindingLabels>> {
  const known = new Map<string, Known>();
  for (const { file, more } of rows) {
    if (more.findings.length === 0) continue;
    known.set(file, {
      findings: more.findings,
      doubtful: more.doubtful,
      isClear: false,
      opinion: () => null,
    });
  }
  const path = join(dirname(manifest), LABELS_FILE);
  if (existsSync(path)) {
    for (const record of parseCsv(await readFile(path, "utf8"))) {
      known.set(record["file"] ?? "", ofRecord(record));
    }
  }
  return new Map(
    Array.from(known, ([file, about]) => [
      file,
      Float32Array.from(OTHER_FINDINGS, ({ code, nihNames }) =>
        targetOf(about, [code, ...nihNames], isForTraining),
      ),
    ]),
  );
}

function ofRecord(record: Readonly<Record<string, string>>): Known {
  const list = (column: string): string[] => (record[column] ?? "").split("|");
  return {
    findings: list("findings"),
    doubtful: [...list("doubtful"), ...list("uncertain_findings")],
    isClear: record["radiologist_negative"] === "all",
    opinion: (name) => {
      const text = record[`dn121_${name}`] ?? "";
      return text === "" ? null : Number(text);
    },
  };
}

function targetOf(
  about: Known,
  names: readonly string[],
  isForTraining: boolean,
): number {
  const isIn = (list: readonly string[]): boolean =>
    names.some((name) => list.includes(name));
  if (isIn(about.doubtful)) return Number.NaN;
  const isPresent = isIn(about.findings);
  if (about.isClear) return isPresent ? Number.NaN : 0;
  if (!isForTraining) return isPresent ? 1 : 0;
  const opinions = names.flatMap((name) => about.opinion(name) ?? []);
  if (opinions.length === 0) return isPresent ? SOFT.present : SOFT.absent;
  const second = Math.max(...opinions);
  return TEXT_WEIGHT * (isPresent ? 1 : 0) + (1 - TEXT_WEIGHT) * second;
}
