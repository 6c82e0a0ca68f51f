import { z } from "zod";
import { READING_FINDINGS } from "../findings/finding-catalogue.ts";
import { MAX_MARKS } from "../marks/marks.ts";

const CODES = READING_FINDINGS.map(({ code }) => code);

/** Whether the film shows it. What is not named was not looked at. */
export const PRESENCES = ["PRESENT", "ABSENT", "UNCERTAIN"] as const;
/** The patient's own side. */
export const SIDES = ["LEFT", "RIGHT", "BOTH"] as const;
/** Thirds of the lung by height. */
export const ZONES = ["UPPER", "MIDDLE", "LOWER"] as const;

export type Presence = (typeof PRESENCES)[number];
export type Side = (typeof SIDES)[number];
export type Zone = (typeof ZONES)[number];

export const readingFinding = z
  .object({
    /** Of the catalogue in features/findings. */
    code: z.enum(CODES),
    presence: z.enum(PRESENCES),
    side: z.enum(SIDES).nullable().default(null),
    zones: z.array(z.enum(ZONES)).max(ZONES.length).default([]),
    /** Which of the reading's marks show it, by their place in the list. */
    markIndexes: z
      .array(
        z
          .number()
          .int()
          .min(0)
          .max(MAX_MARKS - 1),
      )
      .max(MAX_MARKS)
      .default([]),
  })
  .strict();

/** One finding of a reading: what, whether, on which side and where. */
export type ReadingFinding = z.infer<typeof readingFinding>;

/** The findings of a reading; each is named at most once. */
export const readingFindings = z.array(readingFinding).max(CODES.length);

/** The JSON column read back; readings of before have none. */
export function readFindings(value: unknown): ReadingFinding[] {
  return readingFindings.parse(value);
}

/** A finding as it comes in: what is not said may be missing. */
export interface GivenFinding {
  code: string;
  presence: Presence;
  side?: Side | null;
  zones?: Zone[] | null;
  markIndexes?: number[] | null;
}

/** What came in, as plain values with nothing left open. */
export function plainFindings(findings: readonly GivenFinding[]): object[] {
  return findings.map(({ code, presence, side, zones, markIndexes }) => ({
    code,
    presence,
    side: side ?? null,
    zones: zones ?? [],
    markIndexes: markIndexes ?? [],
  }));
}
