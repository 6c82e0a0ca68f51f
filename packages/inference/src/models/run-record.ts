import { z } from "zod";

/** Films that a pair of figures, before and after, rests on. */
const setSchema = z.object({
  films: z.number().int().nonnegative(),
  /** Of those, with pneumonia. */
  sick: z.number().int().nonnegative(),
});

/** What a candidate has to reach, as it was declared before its run. */
export const declaredBarsSchema = z.object({
  /** Of the site's bars. */
  version: z.number().int().positive(),
  bars: z.array(
    z.object({
      set: z.string(),
      measure: z.string(),
      limit: z.number(),
      leastFilms: z.number(),
    }),
  ),
});
export type DeclaredBars = z.infer<typeof declaredBarsSchema>;

/**
 * What a candidate's manifest says of the run that made it, under
 * `training.recalibration` or `training.fineTuning`.
 */
const runRecordSchema = z.looseObject({
  base: z.object({ id: z.string(), folderSha256: z.string() }),
  /** SHA-256 of the dataset's file; null: it is not known. */
  dataset: z.string().nullable().default(null),
  /** Null: none were named, as of a run by hand. */
  bars: declaredBarsSchema.nullable().default(null),
  /** By name of a set of figures, without its ending. */
  sets: z.record(z.string(), setSchema).default({}),
  patients: z.array(z.string()).default([]),
  /** Groups that keep what the base had. */
  kept: z.array(z.string()).default([]),
  /** Age groups that have the fit of all films together. */
  pooledGroups: z.array(z.string()).default([]),
  rehearsal: z.string().optional(),
});
export type RunRecord = z.infer<typeof runRecordSchema>;
export type SetCounts = RunRecord["sets"];

/**
 * Reads what a manifest says of a run.
 *
 * @throws ZodError for a manifest that no run of this version wrote
 */
export function readRunRecord(record: unknown): RunRecord {
  return runRecordSchema.parse(record);
}
