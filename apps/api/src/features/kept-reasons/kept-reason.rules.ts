import type { KeptReasonKind } from "@lung-iris/prisma";
import { BadInputError } from "../../errors.ts";

/** Longest reason, in characters: as much as the longest field takes. */
const MAX_REASON = 1_000;
/** Of a macro: five sections in two languages, each of 4,000, as JSON. */
const MAX_MACRO = 60_000;
/** Most reasons that somebody has unsent at once. */
export const MAX_REASONS = 300;
/** As the field of an upload takes it (film-details.ts of the web). */
const MAX_NOTE = 4_000;
/** A thousand lines of it; the bodies of requests have 512 KB. */
const MAX_TABLE = 100_000;
/** Kinds that are more than a reason. */
const LONGER: Partial<Record<KeptReasonKind, number>> = {
  OWN_MACRO: MAX_MACRO,
  SITE_MACRO: MAX_MACRO,
  FILM_NOTE: MAX_NOTE,
  DETAILS_TABLE: MAX_TABLE,
};
/** What of a thing a reason is about: an id, a hash, the name of an age group. */
const PART = /^[\w.-]{0,64}$/;

/** Kinds that are about two records; which is named first makes no difference. */
const OF_TWO: readonly KeptReasonKind[] = [
  "MERGE",
  "NOT_SAME",
  "NOT_SAME_BACK",
];

/** What a reason is for: somebody has one at most. */
export interface ReasonPlace {
  kind: KeptReasonKind;
  aboutId: string;
  part: string;
}

/**
 * The place of a reason, the same whichever of two records is named first.
 *
 * @throws BAD_USER_INPUT for a part that nothing has.
 */
export function placeOf({ kind, aboutId, part }: ReasonPlace): ReasonPlace {
  if (!PART.test(part))
    throw new BadInputError("Nothing has such a part.", ["part"]);
  if (!OF_TWO.includes(kind) || aboutId <= part) return { kind, aboutId, part };
  return { kind, aboutId: part, part: aboutId };
}

/**
 * What of it is kept, to the letter, since more is going to be typed; null
 * where nothing is left, which is then forgotten.
 *
 * @throws BAD_USER_INPUT for too long a reason.
 */
export function checkReason(kind: KeptReasonKind, text: string): string | null {
  const max = LONGER[kind] ?? MAX_REASON;
  if (text.length > max)
    throw new BadInputError(
      `A text of at most ${String(max)} characters is kept.`,
      ["input.text"],
    );
  return text.trim() === "" ? null : text;
}
