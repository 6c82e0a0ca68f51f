import { z } from "zod";

const unit = z.number().min(0).max(1);
const thresholds = z.record(z.string(), z.record(z.string(), unit));
const between = z.object({ from: unit, to: unit });
const figure = z.object({
  value: z.number(),
  low: z.number(),
  high: z.number(),
});

/**
 * What the desk reads of a model folder's `manifest.json`. The inference
 * package checks the whole of it before the model runs; more keys may stand
 * there and are kept in the database.
 */
const manifestSchema = z.looseObject({
  id: z.string().min(1),
  weights: z.looseObject({
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    bytes: z.number().int().positive(),
    parameters: z.number().int().positive(),
  }),
  input: z.looseObject({ size: z.number().int().positive() }),
  findings: z.array(
    z.looseObject({
      code: z.string(),
      thresholds,
      unsure: z.record(z.string(), between).optional(),
      shown: z.boolean().default(true),
      measured: z
        .looseObject({
          auroc: figure,
          films: z.number().int().nonnegative(),
          positives: z.number().int().nonnegative(),
        })
        .optional(),
    }),
  ),
  data: z
    .array(
      z.looseObject({
        name: z.string(),
        licence: z.string(),
        films: z.number().int().nonnegative(),
      }),
    )
    .default([]),
  metrics: z.record(z.string(), z.record(z.string(), figure)).default({}),
  /** Markdown, by the run that made the model. */
  card: z.string().optional(),
});

export type ModelManifestSummary = z.output<typeof manifestSchema>;

/** Parses a manifest, from a file or from the database. Throws `ZodError`. */
export function parseModelManifest(json: unknown): ModelManifestSummary {
  return manifestSchema.parse(json);
}

/**
 * The balanced operating point of a finding for a film's age group: what
 * counts where the site's policy says nothing. Where neither age nor look
 * told the group, the model has a threshold for just that.
 *
 * @throws Error where the manifest has none.
 */
export function ownThreshold(
  manifest: ModelManifestSummary,
  code: string,
  group: { name: string; from: string },
): number {
  const key = keyOf(group);
  const threshold = findOwnThreshold(manifest, code, key);
  if (threshold === null) {
    throw new Error(
      `${manifest.id} has no threshold of ${code} for the group ${key}`,
    );
  }
  return threshold;
}

/** Where neither age nor look told the group, a model has a key for just that. */
function keyOf(group: { name: string; from: string }): string {
  return group.from === "default" ? "default" : group.name;
}

/**
 * Between which probabilities the model says that it is not sure of a finding
 * of a film's age group; null for a model that never says so.
 */
export function unsureBetween(
  { findings }: ModelManifestSummary,
  code: string,
  group: { name: string; from: string },
): UnsureRange | null {
  const finding = findings.find((entry) => entry.code === code);
  return finding?.unsure?.[keyOf(group)] ?? null;
}

/** The same for a group by its key in the manifest; null where it has none. */
export function findOwnThreshold(
  { findings }: ModelManifestSummary,
  code: string,
  key: string,
): number | null {
  const finding = findings.find((entry) => entry.code === code);
  return finding?.thresholds[key]?.["balanced"] ?? null;
}

/** `from` is inside, `to` outside; equal ends: never. */
export interface UnsureRange {
  from: number;
  to: number;
}

/** A finding that a model gives, and what earns it a reader's eye. */
export interface ModelFindingRow {
  code: string;
  shown: boolean;
  auroc: z.output<typeof figure> | null;
  films: number | null;
  positives: number | null;
  unsure: (UnsureRange & { group: string })[];
}

/** Every finding in the model's order, silent ones among them. */
export function findingRows({
  findings,
}: ModelManifestSummary): ModelFindingRow[] {
  return findings.map(({ code, shown, measured, unsure = {} }) => ({
    code,
    shown,
    auroc: measured?.auroc ?? null,
    films: measured?.films ?? null,
    positives: measured?.positives ?? null,
    unsure: Object.entries(unsure)
      .filter(([, { from, to }]) => to > from)
      .map(([group, range]) => ({ group, ...range })),
  }));
}

export interface ThresholdRow {
  finding: string;
  group: string;
  operatingPoint: string;
  threshold: number;
}

/**
 * Every operating point of every finding that readers see, by age group, in
 * file order.
 */
export function thresholdRows(manifest: ModelManifestSummary): ThresholdRow[] {
  const shown = manifest.findings.filter((finding) => finding.shown);
  return shown.flatMap(({ code, thresholds: byGroup }) =>
    Object.entries(byGroup).flatMap(([group, points]) =>
      Object.entries(points).map(([operatingPoint, threshold]) => ({
        finding: code,
        group,
        operatingPoint,
        threshold,
      })),
    ),
  );
}

export interface MetricRow {
  split: string;
  name: string;
  metric: z.output<typeof figure>;
}

/** Every figure of every split, in file order. */
export function metricRows(manifest: ModelManifestSummary): MetricRow[] {
  return Object.entries(manifest.metrics).flatMap(([split, figures]) =>
    Object.entries(figures).map(([name, metric]) => ({ split, name, metric })),
  );
}
