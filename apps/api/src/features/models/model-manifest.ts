import { z } from "zod";

const unit = z.number().min(0).max(1);
const thresholds = z.record(z.string(), z.record(z.string(), unit));
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
  findings: z.array(z.looseObject({ code: z.string(), thresholds })),
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
  const key = group.from === "default" ? "default" : group.name;
  const threshold = findOwnThreshold(manifest, code, key);
  if (threshold === null) {
    throw new Error(
      `${manifest.id} has no threshold of ${code} for the group ${key}`,
    );
  }
  return threshold;
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

export interface ThresholdRow {
  finding: string;
  group: string;
  operatingPoint: string;
  threshold: number;
}

/** Every operating point of every finding and age group, in file order. */
export function thresholdRows(manifest: ModelManifestSummary): ThresholdRow[] {
  return manifest.findings.flatMap(({ code, thresholds: byGroup }) =>
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
