/** The card of a candidate, made from its manifest by the run that writes it. */
import type { ModelManifest } from "../../src/models/manifest.ts";
import {
  readRunRecord,
  type DeclaredBars,
  type RunRecord,
} from "../../src/models/run-record.ts";
import { formatTable, type Table } from "./card-tables.ts";

type Kind = "recalibration" | "fineTuning";
type Manifest = Omit<ModelManifest, "weights" | "card">;

const FIGURES: readonly [name: string, shown: string][] = [
  ["auroc", "AUROC"],
  ["sensitivity", "sensitivity"],
  ["specificity", "specificity"],
  ["accuracy", "accuracy"],
  ["ece", "ECE"],
  ["brier", "Brier score"],
  ["triageSensitivity", "sensitivity, triage"],
  ["triageSpecificity", "specificity, triage"],
];

/** What holds of every candidate that was made so. */
const LIMITS: Record<Kind, readonly string[]> = {
  recalibration: [
    "The net is the base's, weight by weight: films are ranked as before, and what the base cannot see this model cannot see either.",
    "“After” is by fits that saw none of the patients they answer for; what the model holds is fitted on all of them.",
  ],
  fineTuning: [
    "Only the heads learnt; trunk and gate are the base's.",
    "“After” is by heads that were not taught the films they answer for; what the model holds was taught all of them.",
  ],
};
const ALWAYS: readonly string[] = [
  "What the readers of the site decided is taken for the truth. Where they err alike, the model errs with them and these figures do not show it.",
  "The figures are of one site. At another, with other machines or patients, expect less.",
  "Other findings than pneumonia, intended use and what the model is not for are as on the base's card.",
];

/**
 * The whole card as Markdown: from what and by which bars the candidate was
 * made, what became of its figures, group by group, its gate and its limits.
 *
 * @throws ZodError where the manifest says nothing of such a run
 */
export function candidateCard(manifest: Manifest, kind: Kind): string {
  const run = readRunRecord(manifest.training[kind]);
  const parts: [heading: string, text: string][] = [
    ["What it is", facts(manifest, run, kind)],
    ["Data", data(manifest)],
    ["Bars declared before the run", bars(run.bars)],
    ["Before and after", comparisons(manifest, run)],
    ["Operating points", points(manifest)],
    ["Gate", gate(manifest)],
    ["Limits", limits(run, kind)],
  ];
  return `${[
    `# Model card: ${manifest.id}`,
    ...parts.map(([heading, text]) => `## ${heading}\n\n${text}`),
  ].join("\n\n")}\n`;
}

function facts({ id }: Manifest, run: RunRecord, kind: Kind): string {
  return formatTable([
    ["fact", "value"],
    ["id", id],
    ["made by", kind === "recalibration" ? "recalibration" : "fine-tuning"],
    ["base model", run.base.id],
    ["the base's folder, SHA-256", `\`${run.base.folderSha256}\``],
    [
      "dataset, SHA-256",
      run.dataset === null ? "not named" : `\`${run.dataset}\``,
    ],
    ["patients that it learnt from", String(run.patients.length)],
    ...(run.rehearsal === undefined ? [] : [["rehearsed", run.rehearsal]]),
  ]);
}

function data({ data: sets }: Manifest): string {
  return formatTable([
    ["collection", "use", "films", "licence"],
    ...sets.map(({ name, use, films, licence }) => [
      name,
      use,
      films === 0 ? "–" : String(films),
      licence,
    ]),
  ]);
}

function bars(declared: DeclaredBars | null): string {
  if (declared === null)
    return "None were named: whoever judges it holds it to those in force.";
  const table: Table = [
    ["films", "measure", "limit", "films at least"],
    ...declared.bars.map(({ set, measure, limit, leastFilms }) => [
      set,
      measure,
      String(limit),
      String(leastFilms),
    ]),
  ];
  return `Version ${String(declared.version)} of the site's bars.\n\n${formatTable(table)}`;
}

/** A table for each set of films that was answered before and after. */
function comparisons({ metrics }: Manifest, { sets }: RunRecord): string {
  const told = Object.keys(sets).flatMap((name) => {
    const before = metrics[`${name}-before`];
    const after = metrics[`${name}-after`];
    const { films = 0, sick = 0 } = sets[name] ?? {};
    if (before === undefined || after === undefined) return [];
    const table: Table = [
      ["figure", "before", "after"],
      ...FIGURES.flatMap(([figure, shown]) => {
        const of = [before[figure], after[figure]];
        if (of.every((one) => one === undefined)) return [];
        return [[shown, ...of.map(withInterval)]];
      }),
    ];
    return [
      `### ${titleOf(name)}: n = ${String(films)}, ${String(sick)} with pneumonia\n\n${formatTable(table)}`,
    ];
  });
  return told.length === 0
    ? "No group had films of both kinds to measure."
    : [
        "With 95 % intervals, at the balanced point unless triage is said.",
        ...told,
      ].join("\n\n");
}

/** "site-adult-evergreen": which films of the site. */
function titleOf(set: string): string {
  const group = set.includes("child")
    ? "children"
    : set.includes("adult")
      ? "adults"
      : set.includes("default")
        ? "age not known"
        : "all films";
  return set.endsWith("-evergreen")
    ? `${group}, evergreen test, which no fit saw`
    : group;
}

function points({ findings }: Manifest): string {
  return formatTable([
    ["finding", "group", "balanced", "triage"],
    ...findings
      .filter(({ shown }) => shown)
      .flatMap(({ code, thresholds }) =>
        Object.entries(thresholds).map(([group, { balanced, triage }]) => [
          code,
          group,
          String(balanced),
          String(triage),
        ]),
      ),
  ]);
}

function gate({ gate: rule, metrics }: Manifest): string {
  const of = (set: string, films: string): Table =>
    Object.entries(metrics[set] ?? {}).map(([kind, share]) => [
      `${films}: ${kind}`,
      withInterval(share),
    ]);
  return [
    `The base's. A film is answered from a probability of ${rule.acceptFrom.toFixed(3)} of being frontal on (in colour from ${rule.acceptColourFrom.toFixed(3)}), at a distance of at most ${rule.maxDistance.toFixed(3)} from the films of the training and from ${String(rule.minSidePixels)} pixels a side on.`,
    formatTable([
      ["refused", "share"],
      ...of("gateRefusedTrue", "true films"),
      ...of("gateRefusedBroken", "broken films"),
      ...of("gateRefusedKindLeftOut", "kinds left out"),
    ]),
  ].join("\n\n");
}

function limits(run: RunRecord, kind: Kind): string {
  const own = [
    ...run.kept.map(
      (group) =>
        `The group ${group} had too few films: its probabilities and points are the base's.`,
    ),
    ...run.pooledGroups.map(
      (group) =>
        `The group ${group} had too few films of its own: it has the fit of all films together.`,
    ),
  ];
  return [...own, ...LIMITS[kind], ...ALWAYS]
    .map((line) => `- ${line}`)
    .join("\n");
}

function withInterval(
  figure: ModelManifest["metrics"][string][string] | undefined,
): string {
  if (figure === undefined) return "–";
  const { value, low, high } = figure;
  return `${value.toFixed(3)} (${low.toFixed(3)}–${high.toFixed(3)})`;
}
