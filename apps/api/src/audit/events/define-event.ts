import { z } from "zod";

const id = z.string().min(1);

/** Details of an event whose type says everything. */
export const noDetails = z.strictObject({});

/** What changed of a row: some of its columns, as JSON. */
export function someOf<Shape extends z.core.$ZodLooseShape>(columns: Shape) {
  return z.strictObject(columns).partial();
}

/**
 * Patients whom a list showed, so that a search for one finds the list. Left
 * out by former releases.
 */
export const patientIds = z.array(id).optional();

/** What of a list of users or exports was shown, and by which operation. */
export const shownList = z.strictObject({
  operation: z.string(),
  ids: z.array(id),
});

interface Definition<
  Version extends number,
  Details extends z.ZodType,
  Changed extends z.ZodType,
> {
  /** Raised when stored events of this type no longer fit. */
  version: Version;
  details: Details;
  /** Before and after of what the event changes; left out where it changes nothing. */
  changed: Changed;
}

/**
 * A type of event. Stored events are never rewritten: a change here that
 * stored ones do not fit raises `version`, and the shape that they have moves
 * to a reader of its own, as those of version 1 in `version-1.ts`.
 */
export function event<
  Type extends string,
  Subject extends string,
  Version extends number,
  Details extends z.ZodType,
  Changed extends z.ZodType = z.ZodNever,
>(
  type: Type,
  subject: Subject,
  definition: Omit<Definition<Version, Details, Changed>, "changed"> &
    Partial<Pick<Definition<Version, Details, Changed>, "changed">>,
) {
  const { version, details } = definition;
  // z.never() is what the type parameter's default says.
  const changed = (definition.changed ?? z.never()) as Changed;
  return z.strictObject({
    version: z.literal(version).default(version as z.util.NoUndefined<Version>),
    type: z.literal(type),
    subject: z.strictObject({ type: z.literal(subject), id }),
    /** The site whose auditors may see it; null for events of no one site. */
    siteId: z.uuid().nullable(),
    patientId: z.uuid().nullable(),
    before: changed.nullable().default(null),
    after: changed.nullable().default(null),
    details,
  });
}
