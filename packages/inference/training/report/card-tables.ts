/** The tables of docs/model-card.md, made from a model's manifest. */
import type { ModelManifest } from "../../src/models/manifest.ts";

type Figures = ModelManifest["metrics"][string];
type Estimate = Figures[string];
/** Cells by row; the first row is the head. */
export type Table = string[][];

const GROUPS = ["child", "adult", "default"] as const;
const SETS: readonly [set: string, name: string][] = [
  ["children", "children (`val`, Kermany)"],
  ["children-shifted", "the same, shifted"],
  ["children-devices", "the same, other devices"],
  ["adults", "adults (`adult-val`, radiologists)"],
  ["adults-shifted", "the same, shifted"],
  ["adults-devices", "the same, other devices"],
  ["adult-pool", "adults (`adult-pool`)"],
  ["other-sources", "other sources of `val`"],
];
const PREVALENCES = [0.05, 0.2, 0.5];

/** Every generated table, by the heading that it stands under. */
export function cardTables(
  manifest: ModelManifest,
  folderSha256: string,
): Map<string, Table> {
  const { metrics } = manifest;
  const [finding] = manifest.findings;
  if (finding === undefined) throw new Error("the model has no finding");
  const parts = (name: string): Figures => metrics[name] ?? {};
  return new Map([
    ["What it is", facts(manifest, folderSha256)],
    ["Training data", collections(manifest)],
    ["Operating points and calibration", operatingPoints(finding)],
    ["Accuracy on validation films", accuracy(metrics)],
    ["Triage point", triage(metrics)],
    ["Predictive values by prevalence", predictiveValues(metrics)],
    ["Reliability", reliability(metrics)],
    ["Map and boxes", localisation(parts("localisation"))],
    ["Viral or bacterial", shares("figure", parts("hintViral"), plain)],
    ["Findings of ChestX-ray14", otherFindings(manifest)],
    ["Not sure, and films held out", heldOut(metrics)],
    ["True films refused", shares("kind", parts("gateRefusedTrue"), percent)],
    ["Broken films", shares("kind", parts("gateRefusedBroken"), percent)],
    [
      "Kinds left out",
      shares("kind", parts("gateRefusedKindLeftOut"), percent),
    ],
  ]);
}

function plain(figure: Estimate | undefined): string {
  if (figure === undefined) return "–";
  const [value, low, high] = [figure.value, figure.low, figure.high].map((v) =>
    v.toFixed(3),
  );
  return `${String(value)} (${String(low)}–${String(high)})`;
}

function percent(figure: Estimate | undefined): string {
  if (figure === undefined) return "–";
  const of = (v: number): string => (v * 100).toFixed(1);
  return `${of(figure.value)} % (${of(figure.low)}–${of(figure.high)})`;
}

function facts(
  { id, weights, input, boxes }: ModelManifest,
  folderSha256: string,
): Table {
  return [
    ["fact", "value"],
    ["id", id],
    ["SHA-256 of the weights", `\`${weights.sha256}\``],
    ["SHA-256 of `SHA256SUMS`, of the whole", `\`${folderSha256}\``],
    ["parameters", weights.parameters.toLocaleString("en")],
    ["size of the weights", `${(weights.bytes / 1e6).toFixed(1)} MB`],
    ["input", `${String(input.size)} × ${String(input.size)} px, grey`],
    [
      "box rule",
      `cells from ${String(boxes.relative)} of the map's highest value and ` +
        `from ${String(boxes.absolute)}`,
    ],
  ];
}

function collections({ data }: ModelManifest): Table {
  return [
    ["collection", "films", "licence", "attribution"],
    ...data.map((row) => [
      row.name,
      row.films === 0 ? "–" : String(row.films),
      row.licence,
      row.attribution,
    ]),
  ];
}

function operatingPoints({
  calibration,
  thresholds,
}: ModelManifest["findings"][number]): Table {
  return [
    ["group", "balanced", "triage", "weight of the map", "slope", "intercept"],
    ...GROUPS.map((group) => [
      group,
      String(thresholds[group].balanced),
      String(thresholds[group].triage),
      String(calibration[group].mapWeight),
      calibration[group].slope.toFixed(3),
      calibration[group].intercept.toFixed(3),
    ]),
  ];
}

function bySet(
  metrics: ModelManifest["metrics"],
  columns: readonly [figure: string, name: string][],
): Table {
  return [
    ["set", ...columns.map(([, name]) => name)],
    ...SETS.map(([set, name]) => [
      name,
      ...columns.map(([figure]) => plain(metrics[set]?.[figure])),
    ]),
  ];
}

function accuracy(metrics: ModelManifest["metrics"]): Table {
  return bySet(metrics, [
    ["auroc", "AUROC"],
    ["sensitivity", "sensitivity"],
    ["specificity", "specificity"],
    ["accuracy", "accuracy"],
    ["ece", "ECE"],
  ]);
}

/** What a fit of the other half of the patients, or without the set, says. */
function heldOut(metrics: ModelManifest["metrics"]): Table {
  const columns: readonly [figure: string, name: string][] = [
    ["unsure", "not sure"],
    ["errorAll", "wrong, of all"],
    ["errorSure", "wrong, of the sure"],
    ["ece", "ECE"],
    ["intervalCoverage", "looks inside the interval"],
  ];
  const ways = [
    ["held-out", "other half of the patients"],
    ["left-out", "without this set"],
  ] as const;
  return [
    ["set", "fitted on", ...columns.map(([, name]) => name)],
    ...SETS.flatMap(([set, name]) =>
      ways.flatMap(([way, words]) => {
        const figures = metrics[`${set}-${way}`];
        if (figures === undefined) return [];
        return [
          [name, words, ...columns.map(([figure]) => plain(figures[figure]))],
        ];
      }),
    ),
  ];
}

/** Every finding beside pneumonia, whether readers see it or not. */
function otherFindings({ findings }: ModelManifest): Table {
  return [
    ["finding", "AUROC", "films", "with it", "readers see it"],
    ...findings
      .filter(({ head }) => head !== undefined)
      .map(({ code, measured, shown }) => [
        code,
        plain(measured?.auroc),
        String(measured?.films ?? "–"),
        String(measured?.positives ?? "–"),
        shown ? "yes" : "no, runs silently",
      ]),
  ];
}

function triage(metrics: ModelManifest["metrics"]): Table {
  return bySet(metrics, [
    ["triageSensitivity", "sensitivity"],
    ["triageSpecificity", "specificity"],
  ]);
}

/**
 * Bayes' rule at the ends of both intervals together, which is wider than a
 * 95 % interval of the predictive value.
 */
function predictive(
  sensitivity: Estimate,
  specificity: Estimate,
  prevalence: number,
): { ppv: Estimate; npv: Estimate } {
  const ppv = (se: number, sp: number): number =>
    (se * prevalence) / (se * prevalence + (1 - sp) * (1 - prevalence) || 1);
  const npv = (se: number, sp: number): number =>
    (sp * (1 - prevalence)) /
    (sp * (1 - prevalence) + (1 - se) * prevalence || 1);
  const ends = (of: (se: number, sp: number) => number): Estimate => ({
    value: of(sensitivity.value, specificity.value),
    low: of(sensitivity.low, specificity.low),
    high: of(sensitivity.high, specificity.high),
  });
  return { ppv: ends(ppv), npv: ends(npv) };
}

function predictiveValues(metrics: ModelManifest["metrics"]): Table {
  const groups: [set: string, name: string][] = [
    ["children-shifted", "children, shifted"],
    ["adult-pool", "adults (`adult-pool`)"],
  ];
  const points: [name: string, se: string, sp: string][] = [
    ["balanced", "sensitivity", "specificity"],
    ["triage", "triageSensitivity", "triageSpecificity"],
  ];
  const rows = groups.flatMap(([set, name]) =>
    points.flatMap(([point, se, sp]) => {
      const figures = metrics[set];
      const [sensitivity, specificity] = [figures?.[se], figures?.[sp]];
      if (sensitivity === undefined || specificity === undefined) return [];
      return PREVALENCES.map((prevalence) => {
        const values = predictive(sensitivity, specificity, prevalence);
        return [
          name,
          point,
          `${String(prevalence * 100)} %`,
          plain(values.ppv),
          plain(values.npv),
        ];
      });
    }),
  );
  return [["group", "point", "prevalence", "PPV", "NPV"], ...rows];
}

function reliability(metrics: ModelManifest["metrics"]): Table {
  const sets = ["children", "adults", "adult-pool"];
  const bins = new Set(
    sets.flatMap((set) => Object.keys(metrics[`${set}-reliability`] ?? {})),
  );
  return [
    ["probability shown", ...sets],
    ...Array.from(bins)
      .sort()
      .map((bin) => [
        bin,
        ...sets.map((set) => percent(metrics[`${set}-reliability`]?.[bin])),
      ]),
  ];
}

const LOCALISATION: Record<string, string> = {
  pointingAdultVal: "highest cell in a radiologist's box (148 adults)",
  pointingMaskVal: "highest cell in a mask (COVID films, `mask-val`)",
  overlap: "overlap of areas in both (intersection over union)",
  boxRight: "boxes shown whose middle a radiologist marked",
  boxChanceEce: "calibration error of the boxes' chance, held out",
  boxChanceAuroc: "AUROC of the boxes' chance, held out",
  "froc0.125": "marked regions found at 1 wrong box in 8 films",
  "froc0.25": "marked regions found at 1 wrong box in 4 films",
  "froc0.5": "marked regions found at 1 wrong box in 2 films",
  froc1: "marked regions found at 1 wrong box a film",
  meanPrecision: "mean precision over IoU 0.4 to 0.75 (RSNA 2018)",
};

function localisation(figures: Figures): Table {
  return [
    ["measure", "value"],
    ...Object.entries(figures).map(([key, figure]) => [
      LOCALISATION[key] ?? key,
      plain(figure),
    ]),
  ];
}

function shares(
  head: string,
  figures: Figures,
  show: (figure: Estimate) => string,
): Table {
  const name = show === percent ? "refused" : "AUROC";
  return [
    [head, name],
    ...Object.entries(figures).map(([key, figure]) => [key, show(figure)]),
  ];
}

/** A table as Prettier writes it. */
export function formatTable(table: Table): string {
  const widths = (table[0] ?? []).map((_, column) =>
    Math.max(3, ...table.map((row) => (row[column] ?? "").length)),
  );
  const line = (cells: readonly string[], fill: string): string =>
    `| ${widths.map((width, at) => (cells[at] ?? "").padEnd(width, fill)).join(" | ")} |`;
  const [head = [], ...rows] = table;
  return [
    line(head, " "),
    line([], "-"),
    ...rows.map((row) => line(row, " ")),
  ].join("\n");
}

/**
 * Puts each table in the place of the first one under its heading.
 *
 * @throws Error when the card lacks a heading, or a heading its table.
 */
export function fillCard(
  card: string,
  tables: ReadonlyMap<string, Table>,
): string {
  const lines = card.split("\n");
  for (const [heading, table] of tables) {
    const at = lines.findIndex((line) =>
      new RegExp(`^#+ ${escapeRegExp(heading)}$`).test(line),
    );
    if (at < 0) throw new Error(`the card has no heading "${heading}"`);
    const next = lines.findIndex((line, i) => i > at && line.startsWith("#"));
    const end = next < 0 ? lines.length : next;
    const from = lines.findIndex(
      (line, i) => i > at && i < end && line.startsWith("|"),
    );
    if (from < 0) throw new Error(`there is no table under "${heading}"`);
    let to = from;
    while (lines[to]?.startsWith("|") === true) to += 1;
    lines.splice(from, to - from, ...formatTable(table).split("\n"));
  }
  return lines.join("\n");
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
