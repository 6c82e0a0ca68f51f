import { z } from "zod";
import { BadInputError } from "../../errors.ts";
import {
  cornersOf,
  fitsKind,
  frameOf,
  isRegion,
  MARK_KINDS,
  MAX_COORDINATES,
  type Frame,
} from "./mark-shapes.ts";
import {
  MARK_FINDINGS,
  markFindingOf,
  type MarkFinding,
} from "./mark-findings.ts";

/** Marks of one reading; an annotated film has a handful. */
export const MAX_MARKS = 100;

/**
 * Numbers of all marks of one reading together. A version's marks go into its
 * event as well, and a request may be 512 KB.
 */
export const MAX_COORDINATES_IN_ALL = 12_000;

const coordinate = z.number().nonnegative();

/** A mark as it is drawn; older rows are boxes without points. */
const drawn = z.object({
  imageId: z.uuid(),
  kind: z.enum(MARK_KINDS).default("BOX"),
  points: z.array(coordinate).max(MAX_COORDINATES).default([]),
  x: coordinate,
  y: coordinate,
  width: coordinate,
  height: coordinate,
});

/** A mark as it stands in a draft: what it shows may still be missing. */
const draftMark = drawn.extend({
  finding: z.string().trim().max(64).nullable(),
});

export const draftMarks = z
  .array(draftMark.transform(withPoints))
  .max(MAX_MARKS)
  .refine(isWithinAll, "Too many points.");

const mark = drawn.extend({ finding: z.enum(MARK_FINDINGS).nullable() });

/** A region or a measurement that the reader drew, in source pixels. */
export type Mark = z.infer<typeof mark>;

const storedMarks = z
  .array(
    drawn
      .extend({
        finding: z
          .string()
          .nullable()
          .transform((text): MarkFinding | null =>
            text === null ? null : markFindingOf(text),
          ),
      })
      .transform(withPoints),
  )
  .max(MAX_MARKS);

/** The JSON column read back; its oldest rows come from before the list. */
export function readMarks(value: unknown): Mark[] {
  return storedMarks.parse(value);
}

/** What a client sends: points, or of a box its frame alone. */
export interface DrawnMark extends Partial<
  Record<keyof Frame, number | null | undefined>
> {
  imageId: string;
  finding?: string | null;
  kind?: Mark["kind"] | null;
  points?: readonly number[] | null;
}

/**
 * A mark as it is kept: its points as they were drawn, and the frame around
 * them. What a client leaves out stays out, for the checks to find.
 */
export function keptMark(sent: DrawnMark): object {
  const { imageId, finding, points, x, y, width, height } = sent;
  const kind = sent.kind ?? "BOX";
  const own = { imageId, finding: finding ?? null, kind };
  return points && points.length > 1
    ? { ...own, points: [...points], ...frameOf(points) }
    : withPoints({ ...own, points: [], x, y, width, height });
}

function withPoints<T extends { kind: string; points: number[] }>(
  mark: T & { [side in keyof Frame]?: number | null | undefined },
): T {
  const { x, y, width, height } = mark;
  if (mark.kind !== "BOX" || mark.points.length > 0) return mark;
  if (x == null || y == null || width == null || height == null) return mark;
  return { ...mark, points: cornersOf({ x, y, width, height }) };
}

function isWithinAll(marks: readonly { points: readonly number[] }[]): boolean {
  const count = marks.reduce((sum, { points }) => sum + points.length, 0);
  return count <= MAX_COORDINATES_IN_ALL;
}

const marks = z
  .array(mark)
  .max(MAX_MARKS)
  .refine(isWithinAll, "Too many points.");

/**
 * Checks that every mark is whole, of its kind, and on a film of the study.
 *
 * @throws BAD_USER_INPUT naming the first that is not.
 */
export function checkMarks(
  value: unknown,
  images: readonly { id: string; width: number; height: number }[],
): Mark[] {
  const parsed = marks.safeParse(value);
  if (!parsed.success) {
    const path = parsed.error.issues[0]?.path.join(".") ?? "";
    const what = path.endsWith("finding")
      ? `A mark can show: ${MARK_FINDINGS.join(", ")}.`
      : "A mark cannot be read.";
    throw new BadInputError(what, [`input.marks.${path}`]);
  }
  for (const [index, item] of parsed.data.entries()) {
    const wrong = faultOf(
      item,
      images.find(({ id }) => id === item.imageId),
    );
    if (wrong !== null) {
      throw new BadInputError(wrong, [`input.marks.${String(index)}`]);
    }
  }
  return parsed.data;
}

/** A corner is the sum of two numbers that were added elsewhere before. */
const ROUNDING_PX = 1e-6;

function faultOf(
  { kind, points, finding, ...frame }: Mark,
  image: { width: number; height: number } | undefined,
): string | null {
  if (!fitsKind(kind, points.length)) {
    return "A mark has not the points of its kind.";
  }
  if (isRegion(kind) && !(frame.width > 0 && frame.height > 0)) {
    return "A marked region has no size.";
  }
  if (isRegion(kind) !== (finding !== null)) {
    return isRegion(kind)
      ? "A marked region needs a finding."
      : "A measurement shows no finding.";
  }
  const isInside =
    image !== undefined &&
    frame.x + frame.width <= image.width + ROUNDING_PX &&
    frame.y + frame.height <= image.height + ROUNDING_PX;
  return isInside ? null : "A mark lies outside its film.";
}
