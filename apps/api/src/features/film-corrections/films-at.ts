import type { FilmCorrection, Image, Tx } from "@lung-iris/prisma";
import { storedChange } from "./film-pose.ts";

/** What of a film decides whether a study is the same as it was. */
type FilmNow = Pick<
  Image,
  "id" | "studyId" | "removedAt" | "createdAt" | "quarterTurns" | "isMirrored"
>;

/** A step of a film's history: a correction, or that it was undone. */
interface Step {
  at: Date;
  isUndo: boolean;
  correction: FilmCorrection;
}

interface Placed {
  studyId: string;
  isSeen: boolean;
  quarterTurns: number;
  isMirrored: boolean;
}

/**
 * Whether the films of a study that can be seen now are those that could be
 * seen at a time, and lie as they lay then.
 *
 * @param films all that are or were in the study
 * @param corrections all of these films
 */
export function areFilmsAsAt(
  films: readonly FilmNow[],
  corrections: readonly FilmCorrection[],
  studyId: string,
  at: Date,
): boolean {
  return films.every((film) => {
    const now = placedNow(film);
    const steps = stepsOf(corrections.filter((one) => one.imageId === film.id));
    const then = steps.filter((step) => step.at > at).reduceRight(before, now);
    const wasHere = film.createdAt <= at && isIn(then, studyId);
    if (!wasHere || !isIn(now, studyId)) return wasHere === isIn(now, studyId);
    return (
      then.quarterTurns === now.quarterTurns &&
      then.isMirrored === now.isMirrored
    );
  });
}

/** The same of a study as it stands, and why a correction was undone last. */
export async function filmsSince(
  tx: Tx,
  studyId: string,
  at: Date,
): Promise<{ areSame: boolean; undoReason: string | null }> {
  const films = await tx.image.findMany({
    where: {
      OR: [
        { studyId },
        {
          corrections: { some: { OR: [{ studyId }, { toStudyId: studyId }] } },
        },
      ],
    },
  });
  const corrections = await tx.filmCorrection.findMany({
    where: { imageId: { in: films.map(({ id }) => id) } },
    orderBy: { id: "asc" },
  });
  const undone = corrections
    .filter(({ undoneAt }) => undoneAt !== null && undoneAt > at)
    .sort((a, b) => Number(a.undoneAt) - Number(b.undoneAt))
    .at(-1);
  return {
    areSame: areFilmsAsAt(films, corrections, studyId, at),
    undoReason: undone?.undoReason ?? null,
  };
}

function placedNow(film: FilmNow): Placed {
  const { studyId, removedAt, quarterTurns, isMirrored } = film;
  return { studyId, isSeen: removedAt === null, quarterTurns, isMirrored };
}

function isIn(placed: Placed, studyId: string): boolean {
  return placed.isSeen && placed.studyId === studyId;
}

/** In the order in which they happened. */
function stepsOf(corrections: readonly FilmCorrection[]): Step[] {
  return corrections
    .flatMap((correction): Step[] => [
      { at: correction.correctedAt, isUndo: false, correction },
      ...(correction.undoneAt === null
        ? []
        : [{ at: correction.undoneAt, isUndo: true, correction }]),
    ])
    .sort((a, b) => a.at.getTime() - b.at.getTime());
}

/** How a film was before a step, from how it was after it. */
function before(after: Placed, { isUndo, correction }: Step): Placed {
  switch (correction.kind) {
    case "MOVED": {
      const other = isUndo ? correction.toStudyId : correction.studyId;
      return { ...after, studyId: other ?? after.studyId };
    }
    case "REMOVED":
      return { ...after, isSeen: !isUndo };
    case "TURNED": {
      const change = storedChange(correction);
      const pose = isUndo ? change?.after : change?.before;
      if (pose === undefined) return after;
      const { quarterTurns, isMirrored } = pose;
      return { ...after, quarterTurns, isMirrored };
    }
  }
}
