import type { OpenCase } from "../cases/use-case.ts";

/** Who should read a case that nobody reads yet. */
type GivenTo =
  | { kind: "you" }
  | { kind: "colleague"; name: string }
  | { kind: "pool"; name: string };

/**
 * Whose a waiting case is by assignment: its reader's, before the pool's that
 * it would fall back to; null where it waits for anybody.
 */
export function givenTo(
  open: Pick<OpenCase, "assignee" | "pool" | "state">,
  viewerId: string,
): GivenTo | null {
  if (open.state !== "WAITING") return null;
  const { assignee, pool } = open;
  if (assignee?.id === viewerId) return { kind: "you" };
  if (assignee) return { kind: "colleague", name: assignee.name };
  return pool ? { kind: "pool", name: pool.name } : null;
}
