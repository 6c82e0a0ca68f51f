/** What can be chosen of a fine-tuning run; written into its candidate. */
import { z } from "zod";

/** Checked where they come in, with the shipped values for what is left out. */
export const tuneSettings = z.strictObject({
  /** Steps of each fold; the last training takes the best number of them. */
  steps: z.int().min(1).max(20_000).default(600),
  evaluateEvery: z.int().min(1).max(20_000).default(100),
  batch: z.int().min(4).max(256).default(32),
  rate: z.number().positive().max(0.1).default(1e-3),
  weightDecay: z.number().min(0).max(1).default(0.02),
  averageDecay: z.number().min(0).max(0.9999).default(0.99),
  /** Changed looks of each of the site's films beside the plain one. */
  looks: z.int().min(0).max(16).default(3),
  smoothing: z.number().min(0).max(0.4).default(0.04),
  /** Share of a batch that is rehearsed, where there is anything to rehearse. */
  rehearsalShare: z.number().min(0).max(0.9).default(0.4),
  /** How much the base's own answers on rehearsed films count. */
  keepWeight: z.number().min(0).max(10).default(2),
});

export type TuneSettings = z.output<typeof tuneSettings>;

/** What the films beside the site's are. */
export const REHEARSALS = ["base-films", "phantoms", "none"] as const;
export type Rehearsal = (typeof REHEARSALS)[number];

/**
 * With fewer films the half that is held out says nothing; what they make of
 * the candidate the bars decide.
 */
export const LEAST_TUNED = 40;
export const LEAST_TUNED_OF_A_KIND = 10;
