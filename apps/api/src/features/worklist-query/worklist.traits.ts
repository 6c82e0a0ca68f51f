import {
  CLINICAL_FLAGS,
  type ClinicalFlag,
} from "../policies/clinical-flags.ts";

/**
 * What the worklist knows of film and patient, folded into one number as the
 * database's functions worklist_traits and worklist_flags do: every index of
 * the list carries it along, so that these filters never touch the table.
 */
export const FILM_VIEWS = ["OTHER", "PA", "AP", "LATERAL"] as const;
export type FilmView = (typeof FILM_VIEWS)[number];

/** The patient's age at the examination: below 1, 18 and 65 years, and above. */
export const AGE_BANDS = [
  "UNKNOWN",
  "INFANT",
  "CHILD",
  "ADULT",
  "OLD",
] as const;
export type AgeBand = (typeof AGE_BANDS)[number];

/** A view's step in the number; the age's is one. */
const VIEW_STEP = 8;

/** Bits of the number below those of the flags. */
export const VIEW_AND_AGE = 31;
/** Numbers from here on have a flag; the step of the first of them. */
export const FLAGGED_FROM = 32;

/** Flags in the order of their bits. */
// Object.keys forgets that these are all the keys there are.
export const FLAGS = Object.keys(CLINICAL_FLAGS) as [
  ClinicalFlag,
  ...ClinicalFlag[],
];

/** The bits of some flags, of which a case has one at least. */
export function flagBits(flags: readonly ClinicalFlag[]): number {
  return FLAGS.reduce(
    (bits, flag, place) =>
      flags.includes(flag) ? bits + FLAGGED_FROM * 2 ** place : bits,
    0,
  );
}

export interface TraitFilter {
  filmViews?: readonly FilmView[] | null;
  patientAges?: readonly AgeBand[] | null;
}

/** Every view and age that the filter lets through; null where it lets all. */
export function traitsOf({
  filmViews,
  patientAges,
}: TraitFilter): number[] | null {
  if (!filmViews && !patientAges) return null;
  const codes = FILM_VIEWS.flatMap((view, viewCode) =>
    AGE_BANDS.flatMap((age, ageCode) => {
      if (filmViews && !filmViews.includes(view)) return [];
      if (patientAges && !patientAges.includes(age)) return [];
      return [viewCode * VIEW_STEP + ageCode];
    }),
  );
  return codes;
}
