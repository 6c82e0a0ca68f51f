import type { RecordedEvent } from "../testkit/audit-trail.ts";
import type { TestServer } from "../testkit/server.ts";
import type { SignedIn } from "../testkit/viewers.ts";

/** The desk of the test and who is at it. */
export interface Stage {
  server: TestServer;
  siteId: string;
  reader: SignedIn;
  staff: SignedIn;
  admin: SignedIn;
}

/** A mutation and the one event that it leaves. */
interface Act {
  /** Runs the mutation; answers who acted. */
  run: () => { actorId: string; ok: Promise<unknown> };
  expected: Partial<RecordedEvent>;
  /** Transitions of the case that the act brings along, each its own event. */
  beside?: string[];
}

export type Acts = Readonly<
  Record<string, (stage: Stage) => Act | Promise<Act>>
>;

/** Runs a mutation as somebody. */
export const as = (
  viewer: SignedIn,
  document: string,
  variables: Record<string, unknown> = {},
): { actorId: string; ok: Promise<unknown> } => ({
  actorId: viewer.userId,
  ok: viewer.execute(document, variables).then((answer) => answer.anyData()),
});

/** A mutation that takes the id of what it changes as `$id`. */
export const onId = (who: SignedIn, id: string, field: string) =>
  as(who, `mutation ($id: ID!) { ${field} { id } }`, { id });
