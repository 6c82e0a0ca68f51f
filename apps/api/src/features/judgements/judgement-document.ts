import { z } from "zod";
import { FILM_SETS, MEASURES } from "../bars/bars-document.ts";
import { DIMENSIONS } from "./measure.rules.ts";

export const OUTCOMES = ["MET", "MISSED", "NOT_MEASURED"] as const;

const figure = z.object({
  value: z.number(),
  low: z.number(),
  high: z.number(),
});

const outcome = z.object({
  set: z.enum(FILM_SETS),
  measure: z.enum(MEASURES),
  dimension: z.enum(DIMENSIONS),
  group: z.string(),
  limit: z.number(),
  leastFilms: z.number(),
  leastOfAKind: z.number(),
  films: z.number(),
  sick: z.number(),
  candidate: figure.nullable(),
  live: figure.nullable(),
  /** Of an ECE: what chance alone makes of so few films; null in older ones. */
  byChance: z.number().nullable().default(null),
  /** Of a loss of AUROC: the two figures; null in older ones. */
  aurocs: z
    .object({ candidate: figure, live: figure })
    .nullable()
    .default(null),
  outcome: z.enum(OUTCOMES),
  /** Missed, or not measured where it has to be. */
  blocks: z.boolean(),
});

/** One bar for one group of films, with the figures that decided it. */
export type BarOutcome = z.infer<typeof outcome>;

/** All that a judgement found; stored once and never changed. */
export const judgementDocument = z.object({
  outcomes: z.array(outcome),
  /** How the answers at the balanced point fall, by set. */
  changes: z.array(
    z.object({
      set: z.enum(FILM_SETS),
      films: z.number(),
      bothPositive: z.number(),
      onlyLive: z.number(),
      onlyCandidate: z.number(),
      bothNegative: z.number(),
    }),
  ),
  engine: z.string().nullable(),
  /** Public films of the reference set, and the manifest that named them. */
  publicFilms: z
    .object({ films: z.number(), manifestSha256: z.string() })
    .nullable()
    .default(null),
});

export type JudgementDocument = z.infer<typeof judgementDocument>;
