import { z } from "zod";

/** The films that a candidate is judged on. */
export const FILM_SETS = ["REFERENCE", "EVERGREEN"] as const;
export type FilmSet = (typeof FILM_SETS)[number];

/**
 * What a bar is about. `AUROC_LOSS` is the live model's AUROC less the
 * candidate's: the far end of its interval may not pass the limit, which is
 * how non-inferiority is shown (ICH E9, 3.3.2). Of `ECE` the part that is not
 * chance is held to the limit, of the others the figure itself.
 */
export const MEASURES = [
  "AUROC_LOSS",
  "TRIAGE_SENSITIVITY",
  "ECE",
  "REFUSALS",
  "POINTING",
  "MILLISECONDS",
] as const;
export type BarMeasure = (typeof MEASURES)[number];

/** Measures of which more is better: the limit is the least. */
const LEAST: ReadonlySet<BarMeasure> = new Set([
  "TRIAGE_SENSITIVITY",
  "POINTING",
]);

/** Whether the limit is the least that is enough, not the most. */
export function isLeast(measure: BarMeasure): boolean {
  return LEAST.has(measure);
}

/** Slowest that a bar may allow, a minute a film. */
const MOST_MILLISECONDS = 60_000;

const bar = z.strictObject({
  set: z.enum(FILM_SETS),
  measure: z.enum(MEASURES),
  /** A share of 1; milliseconds for MILLISECONDS. */
  limit: z.number().min(0).max(MOST_MILLISECONDS),
  /** With fewer films in a group the group is not measured. */
  leastFilms: z.int().min(1).max(100_000),
  /** … or with fewer of each kind, with pneumonia and without. */
  leastOfAKind: z.int().min(0).max(100_000),
  /** Whether a bar that cannot be measured blocks. */
  mustBeMeasured: z.boolean(),
});

export type Bar = z.infer<typeof bar>;

/** All that a candidate has to reach: one version of a site's bars. */
export const barsDocument = z
  .strictObject({
    /** The reference films are made anew from the seed, each time the same. */
    phantoms: z.strictObject({
      films: z.int().min(20).max(1_000),
      seed: z.int().min(0).max(2_147_483_647),
    }),
    bars: z.array(bar).min(1).max(50),
  })
  .superRefine(({ bars }, context) => {
    const seen = new Set<string>();
    for (const [
      at,
      { set, measure, limit, mustBeMeasured },
    ] of bars.entries()) {
      const key = `${set} ${measure}`;
      const complain = (field: string, message: string): void =>
        context.addIssue({
          code: "custom",
          path: ["bars", at, field],
          message,
        });
      if (seen.has(key))
        complain("measure", "A set has two bars of the same measure.");
      seen.add(key);
      if (measure !== "MILLISECONDS" && limit > 1)
        complain("limit", "This limit is a share of 1.");
      if (set === "REFERENCE" && !mustBeMeasured)
        complain(
          "mustBeMeasured",
          "Reference films are made here, so their bars can always be measured.",
        );
    }
    for (const measure of MEASURES)
      if (!seen.has(`REFERENCE ${measure}`))
        context.addIssue({
          code: "custom",
          path: ["bars"],
          message: `The reference films have no bar for ${measure}.`,
        });
  });

export type BarsDocument = z.infer<typeof barsDocument>;
