import type { Viewer } from "../access/viewer.ts";
import { assertNever } from "../errors.ts";

/** Who an event is about having acted; a copy, so it outlives the user. */
export interface AuditActor {
  id: string;
  name: string;
  role: string;
}

/** The system acts as SYSTEM, somebody not signed in as ANONYMOUS. */
export function actorOf(viewer: Viewer): AuditActor {
  switch (viewer.kind) {
    case "user":
      return { id: viewer.userId, name: viewer.name, role: viewer.role };
    case "system":
      return { id: "SYSTEM", name: viewer.name, role: "SYSTEM" };
    case "anonymous":
      return { id: "ANONYMOUS", name: "not signed in", role: "ANONYMOUS" };
    default:
      return assertNever(viewer);
  }
}
