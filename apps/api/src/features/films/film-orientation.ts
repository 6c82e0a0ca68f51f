import type { Image } from "@lung-iris/prisma";
import type { FilmOrientation } from "@lung-iris/inference";

/** The columns that say how a film lies. */
export type OrientedImage = Pick<Image, "quarterTurns" | "isMirrored">;

/** A film lies as its file has it until somebody says otherwise. */
export const LIES_AS_STORED: OrientedImage = {
  quarterTurns: 0,
  isMirrored: false,
};

const QUARTERS = [0, 1, 2, 3] as const;

/** The eight ways in which a film can lie. */
export const EVERY_WAY: readonly OrientedImage[] = QUARTERS.flatMap(
  (quarterTurns) =>
    [false, true].map((isMirrored) => ({ quarterTurns, isMirrored })),
);

/** How a film lies, of its row. */
export function orientationOf({
  quarterTurns,
  isMirrored,
}: OrientedImage): FilmOrientation {
  const turns = QUARTERS.find((one) => one === quarterTurns);
  if (turns === undefined)
    throw new Error(`${String(quarterTurns)} are no quarters of a turn`);
  return { turns, isMirrored };
}

/**
 * The same as a short text, "" for a film that lies as its file has it: for
 * the names of pictures that are made of it.
 */
export function orientationCode({
  quarterTurns,
  isMirrored,
}: OrientedImage): string {
  if (quarterTurns === 0 && !isMirrored) return "";
  return `${String(quarterTurns)}${isMirrored ? "m" : ""}`;
}
