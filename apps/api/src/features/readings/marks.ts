import { z } from "zod";
import { BadInputError } from "../../errors.ts";
import { MARK_FINDINGS, markFindingOf } from "./mark-findings.ts";

/** Regions of one reading; an annotated film has a handful. */
export const MAX_MARKS = 100;

const mark = z.object({
  imageId: z.uuid(),
  finding: z.enum(MARK_FINDINGS),
  x: z.number().nonnegative(),
  y: z.number().nonnegative(),
  width: z.number().positive(),
  height: z.number().positive(),
});

/** A region as it stands in a draft: what it shows may still be missing. */
export const draftMark = mark.extend({
  finding: z.string().trim().max(64),
});

const marks = z.array(mark).max(MAX_MARKS);

/** A region that the reader marked, in source pixels. */
export type Mark = z.infer<typeof mark>;

const storedMarks = z
  .array(mark.extend({ finding: z.string().transform(markFindingOf) }))
  .max(MAX_MARKS);

/** The JSON column read back; its oldest rows come from before the list. */
export function readMarks(value: unknown): Mark[] {
  return storedMarks.parse(value);
}

/**
 * Checks that every mark lies on a film of the study.
 *
 * @throws BAD_USER_INPUT naming the first that does not.
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
      : "A marked region cannot be read.";
    throw new BadInputError(what, [`input.marks.${path}`]);
  }
  for (const [index, item] of parsed.data.entries()) {
    const image = images.find(({ id }) => id === item.imageId);
    const isInside =
      image !== undefined &&
      item.x + item.width <= image.width &&
      item.y + item.height <= image.height;
    if (!isInside) {
      throw new BadInputError("A marked region lies outside its film.", [
        `input.marks.${String(index)}`,
      ]);
    }
  }
  return parsed.data;
}
