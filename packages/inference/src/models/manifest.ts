/**
 * The manifest of a model folder: the only place where a model's constants
 * live. Parsed and checked before anything of the model is used.
 */
import { z } from "zod";

const unit = z.number().min(0).max(1);

const estimateSchema = z.object({
  value: z.number(),
  low: z.number(),
  high: z.number(),
});

/**
 * Platt scaling of `logit + mapWeight · strongest`, the film's logit and the
 * smooth maximum of its map, and the uncertainty of the fit.
 */
const calibrationSchema = z.object({
  mapWeight: z.number().nonnegative().default(0),
  slope: z.number().positive(),
  intercept: z.number(),
  /** Covariance of slope and intercept, [ss, si, ii]. */
  covariance: z.tuple([z.number(), z.number(), z.number()]),
  /**
   * Half of a film's interval in standard deviations of the fit: 95 % of the
   * looks of a film by other devices lie within. Without it, the normal
   * distribution's.
   */
  reach: z.number().positive().default(1.959964),
  films: z.number().int().positive(),
});

/** Probability cut-offs of one age group. */
const thresholdSchema = z.object({ balanced: unit, triage: unit });

function byGroup<T extends z.ZodType>(
  schema: T,
): z.ZodObject<{ child: T; adult: T; default: T }> {
  return z.object({ child: schema, adult: schema, default: schema });
}

const conceptSchema = z.object({
  system: z.enum(["SNOMED CT", "RadLex"]),
  code: z.string().min(1),
  display: z.string().min(1),
});

/**
 * Between the two a film is answered "unsure"; equal ends: never. `from` is
 * inside, `to` outside.
 */
const unsureSchema = z.object({ from: unit, to: unit });

/** How well a finding ranks films that no training saw, and on how many. */
const measuredSchema = z.object({
  auroc: estimateSchema,
  films: z.number().int().nonnegative(),
  positives: z.number().int().nonnegative(),
});

/**
 * Chance that the middle of a box lies where a radiologist marks the finding:
 * logistic in the log odds of the map inside and of the film, and in the
 * logarithm of the box's part of the film.
 */
const boxChanceSchema = z.object({
  intercept: z.number(),
  score: z.number(),
  area: z.number(),
  film: z.number(),
});

const findingSchema = z.object({
  code: z.string().min(1),
  concept: conceptSchema,
  /** Place among the net's further heads; absent for pneumonia, the first. */
  head: z.number().int().nonnegative().optional(),
  calibration: byGroup(calibrationSchema),
  thresholds: byGroup(thresholdSchema),
  unsure: byGroup(unsureSchema).optional(),
  /** Absent: its boxes have no chance of their own. */
  boxChance: boxChanceSchema.optional(),
  /** Whether readers see it: earned by measurement, else it runs silently. */
  shown: z.boolean().default(true),
  measured: measuredSchema.optional(),
});

const boxRuleSchema = z.object({
  /** A cell belongs to a box from this part of the map's highest value. */
  relative: unit,
  /** … and from this value. */
  absolute: unit,
  /** Boxes smaller than this part of the film are dropped. */
  minArea: unit,
  most: z.number().int().positive(),
});

const gateSchema = z.object({
  /** Classes of the gate's head, in its order; the first is accepted. */
  classes: z
    .array(
      z.enum([
        "frontal",
        "not-a-chest-film",
        "lateral",
        "rotated",
        "inverted",
        "cut-off",
      ]),
    )
    .min(2),
  /** Films whose probability of the first class is below are refused. */
  acceptFrom: unit,
  /** The same for pictures that were in colour. */
  acceptColourFrom: unit,
  /** Films whose features lie farther from the training films are refused. */
  maxDistance: z.number().positive(),
  minSidePixels: z.number().int().positive(),
  /** Grey span (1st to 99th percentile, of full scale) under which it is blank. */
  minSpan: unit,
  /** Share of the most frequent grey level over which it is blank. */
  maxFlatShare: unit,
});

const dataSchema = z.object({
  name: z.string(),
  use: z.string(),
  films: z.number().int().nonnegative(),
  licence: z.string(),
  attribution: z.string(),
});

/** Shape of `manifest.json`. */
export const manifestSchema = z.object({
  format: z.literal(1),
  id: z.string().min(1),
  architecture: z.literal("lite0-block10-map"),
  weights: z.object({
    file: z.string().min(1),
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    bytes: z.number().int().positive(),
    parameters: z.number().int().positive(),
  }),
  input: z.object({
    size: z.number().int().min(64).max(512),
    lowPercentile: z.number(),
    highPercentile: z.number(),
  }),
  findings: z.array(findingSchema).min(1),
  /** A film is taken for a child's from `childFrom`, an adult's to `adultTo`. */
  ageGroup: z.object({
    adultFromYears: z.number(),
    childFrom: unit,
    adultTo: unit,
  }),
  boxes: boxRuleSchema,
  gate: gateSchema,
  data: z.array(dataSchema),
  training: z.record(z.string(), z.unknown()),
  metrics: z.record(z.string(), z.record(z.string(), estimateSchema)),
  /** Markdown. Of a candidate, by the run that made it; sealed with the rest. */
  card: z.string().optional(),
});

export type ModelManifest = z.infer<typeof manifestSchema>;
export type ManifestFinding = z.infer<typeof findingSchema>;
export type Measured = z.infer<typeof measuredSchema>;
export type UnsureRule = z.infer<typeof unsureSchema>;
export type Calibration = z.infer<typeof calibrationSchema>;
export type BoxChance = z.infer<typeof boxChanceSchema>;
export type BoxRule = z.infer<typeof boxRuleSchema>;
export type GateRule = z.infer<typeof gateSchema>;
export type AgeGroupRule = ModelManifest["ageGroup"];
