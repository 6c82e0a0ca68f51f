import { z } from "zod";

const count = z.int().min(0);

/**
 * How much of a person there is: what an erasure would take, or took. `bytes`
 * are those of the films as they came. Of the trail: how many events are about
 * the person, and how many of these say a name or a number. They stay.
 */
export const erasureCounts = z.strictObject({
  records: count,
  studies: count,
  films: count,
  bytes: count,
  cases: count,
  signedCases: count,
  readings: count,
  reports: count,
  predictions: count,
  labels: count,
  comments: count,
  keptTexts: count,
  criticalResults: count,
  notes: count,
  corrections: count,
  /** Films whose bytes stay, since another record here has the same. */
  filmsShared: count,
  events: count,
  eventsNaming: count,
});
export type ErasureCounts = z.infer<typeof erasureCounts>;

/** An export that held films of the person. */
const erasureExport = z.strictObject({
  datasetId: z.uuid(),
  name: z.string(),
  films: count,
  /** Whether a file of it lay here, and how often it was fetched. */
  hadFile: z.boolean(),
  downloads: count,
  /** Of its file, by which a copy elsewhere is known; null without one. */
  sha256: z.string().nullable(),
  /** Candidates that were trained on it. */
  models: z.array(z.string()),
});
export const erasureExports = z.array(erasureExport);
export type ErasureExport = z.infer<typeof erasureExport>;

/** Why a record cannot be erased now. */
export type ErasureObstacle =
  "being-read" | "critical-open" | "export-running" | "training-running";

/** Everything about a person that an erasure would change or stop at. */
export interface ErasureExtent {
  counts: ErasureCounts;
  exports: ErasureExport[];
  obstacles: ErasureObstacle[];
}
