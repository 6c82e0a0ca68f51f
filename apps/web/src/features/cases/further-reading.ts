import type { CaseStateFieldsFragment } from "../../gql/graphql.ts";

type Open = Pick<
  CaseStateFieldsFragment,
  "state" | "firstIsKept" | "secondReadUntil" | "claimExpiresAt"
>;

/**
 * Signed by somebody else, and waiting for a second or third reader, who the
 * viewer could be: he reads it as if nobody had.
 */
export function isReadFurther({
  state,
  firstIsKept,
}: Pick<Open, "state" | "firstIsKept">): boolean {
  return state === "SIGNED" && firstIsKept;
}

/** Nothing of the case is left to read for the viewer. */
export function isSettled(open: Pick<Open, "state" | "firstIsKept">): boolean {
  return open.state === "SIGNED" && !isReadFurther(open);
}

/** Until when the claim on the first or the further reading holds. */
export function claimEndOf(
  open: Pick<Open, "claimExpiresAt" | "secondReadUntil">,
): string | null {
  return open.claimExpiresAt ?? open.secondReadUntil ?? null;
}
