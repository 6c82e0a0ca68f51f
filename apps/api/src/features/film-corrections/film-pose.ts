import type { FilmCorrection, Image, Study } from "@lung-iris/prisma";
import { z } from "zod";
import { BadInputError } from "../../errors.ts";
import { VIEW_POSITIONS } from "../film-identity/study-details.ts";

const poseSchema = z.strictObject({
  quarterTurns: z.int().min(0).max(3),
  isMirrored: z.boolean(),
  viewPosition: z.enum(VIEW_POSITIONS).nullable(),
  studyView: z.string().nullable(),
});

/**
 * How a film lies and was taken. `viewPosition`: what people say of this film;
 * null where what its study says, `studyView`, counts.
 */
export type FilmPose = z.infer<typeof poseSchema>;

/** How a film is wanted to lie; a view that is left out stays. */
export interface WantedPose {
  quarterTurns: number;
  isMirrored: boolean;
  viewPosition?: string | null | undefined;
}

/** What a correction changes. */
export interface PoseChange {
  before: FilmPose;
  after: FilmPose;
}

/** How a film lies now. */
export function poseOf(
  { quarterTurns, isMirrored, viewPosition }: Image,
  study: Pick<Study, "viewPosition">,
): FilmPose {
  const studyView = study.viewPosition;
  return poseSchema.parse({
    quarterTurns,
    isMirrored,
    viewPosition,
    studyView,
  });
}

/** The view of a film, whoever says it; null where nobody does. */
export function viewIn({ viewPosition, studyView }: FilmPose): string | null {
  return viewPosition ?? studyView;
}

/**
 * What is to be changed of a film. A study of one film has its view.
 *
 * @throws BAD_USER_INPUT for what no film can be, or where nothing changes.
 */
export function wantedChange(
  before: FilmPose,
  wanted: WantedPose,
  isOnlyFilm: boolean,
): PoseChange {
  const said = poseSchema.safeParse({
    ...before,
    quarterTurns: wanted.quarterTurns,
    isMirrored: wanted.isMirrored,
    viewPosition: wanted.viewPosition ?? before.viewPosition,
  });
  if (!said.success)
    throw new BadInputError(
      "A film is turned by 0 to 3 quarters and is PA, AP or LATERAL.",
      ["quarterTurns", "viewPosition"],
    );
  const after = said.data;
  const isOtherView =
    wanted.viewPosition != null && viewIn(after) !== viewIn(before);
  if (!isOtherView) after.viewPosition = before.viewPosition;
  else if (isOnlyFilm) after.studyView = after.viewPosition;
  if (!isOtherView && !isTurned({ before, after }))
    throw new BadInputError("The film lies like this already.", [
      "quarterTurns",
      "isMirrored",
      "viewPosition",
    ]);
  return { before, after };
}

/** What undoing a correction changes of a film that lies as `now` says. */
export function changeBack(
  { before, after }: Pick<FilmCorrection, "before" | "after">,
  now: FilmPose,
): PoseChange {
  const was = poseSchema.parse(before);
  const became = poseSchema.parse(after);
  // What somebody said of the study since stands.
  const studyView =
    now.studyView === became.studyView ? was.studyView : now.studyView;
  return { before: now, after: { ...was, studyView } };
}

/** The poses of a correction as it is stored; null of one of another kind. */
export function storedChange({
  before,
  after,
}: Pick<FilmCorrection, "before" | "after">): PoseChange | null {
  if (before === null || after === null) return null;
  return { before: poseSchema.parse(before), after: poseSchema.parse(after) };
}

/** Whether the picture lies otherwise: sides that were named are others. */
export function isTurned({ before, after }: PoseChange): boolean {
  return (
    before.quarterTurns !== after.quarterTurns ||
    before.isMirrored !== after.isMirrored
  );
}

/** Whether the model's answer rests on what changes. */
export function changesAnswer(change: PoseChange): boolean {
  const [was, is] = [change.before, change.after].map(
    ({ viewPosition }) => viewPosition === "LATERAL",
  );
  return isTurned(change) || was !== is;
}
