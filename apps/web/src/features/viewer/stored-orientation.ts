import type { FilmFieldsFragment } from "../../gql/graphql.ts";
import type { Orientation } from "./viewer-contract.ts";

const QUARTERS = [0, 1, 2, 3] as const;

/** How somebody said that a film's file is laid. */
export function storedOrientation({
  quarterTurns,
  isMirrored,
}: Pick<FilmFieldsFragment, "quarterTurns" | "isMirrored">): Orientation {
  const turns = QUARTERS.find((one) => one === quarterTurns) ?? 0;
  return { turns, flipped: isMirrored };
}
