import type { DatabaseClient, OwnWindow } from "@lung-iris/prisma";
import { assertUserCan } from "../../access/authorize.ts";
import type { UserViewer, Viewer } from "../../access/viewer.ts";
import type { AuditLog } from "../../audit/audit-log.ts";
import { changesOf } from "../../audit/changes.ts";
import {
  checkKey,
  checkWindow,
  type OwnWindowRequest,
} from "./own-window.rules.ts";
import {
  deleteWindow,
  listWindows,
  lockWindow,
  putWindow,
} from "./own-window.store.ts";

const COLUMNS = ["shift", "width"] as const;

/** Windows that a person keeps for the films that he looks at. */
export class OwnWindowService {
  readonly #deps: { client: DatabaseClient; audit: AuditLog };

  constructor(deps: { client: DatabaseClient; audit: AuditLog }) {
    this.#deps = deps;
  }

  /** The viewer's own, by key. */
  list(viewer: Viewer): Promise<OwnWindow[]> {
    assertUserCan(viewer, "image:read");
    return listWindows(this.#deps.client, viewer.userId);
  }

  /**
   * Keeps a window under a key, in place of the one before.
   *
   * @returns all that the viewer keeps.
   * @throws BAD_USER_INPUT
   */
  async keep(viewer: Viewer, request: OwnWindowRequest): Promise<OwnWindow[]> {
    assertUserCan(viewer, "image:read");
    const window = checkWindow(request);
    return this.#deps.audit.changeAndRecord(viewer, async (tx, record) => {
      const before = await lockWindow(tx, viewer.userId, window.key);
      const isSame =
        before?.shift === window.shift && before.width === window.width;
      if (!isSame) {
        const after = await putWindow(tx, viewer.userId, window);
        record({
          type: "user.window-kept",
          ...subjectOf(viewer),
          ...changesOf(before, after, COLUMNS),
          details: { key: window.key },
        });
      }
      return listWindows(tx, viewer.userId);
    });
  }

  /**
   * Back to the window that everybody has under a key.
   *
   * @returns all that the viewer keeps.
   * @throws BAD_USER_INPUT
   */
  async forget(viewer: Viewer, asked: number): Promise<OwnWindow[]> {
    assertUserCan(viewer, "image:read");
    const key = checkKey(asked);
    return this.#deps.audit.changeAndRecord(viewer, async (tx, record) => {
      const before = await lockWindow(tx, viewer.userId, key);
      if (before !== null) {
        await deleteWindow(tx, viewer.userId, key);
        const { after: was } = changesOf(null, before, COLUMNS);
        record({
          type: "user.window-forgotten",
          ...subjectOf(viewer),
          before: was,
          details: { key },
        });
      }
      return listWindows(tx, viewer.userId);
    });
  }
}

/** In the trail of the site where the person works, if it is one. */
function subjectOf({ userId, siteIds }: UserViewer) {
  const [first, ...others] = siteIds;
  return {
    siteId: others.length === 0 ? (first ?? null) : null,
    patientId: null,
    subject: { type: "user" as const, id: userId },
  };
}
