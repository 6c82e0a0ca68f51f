import type { Case, KeptTextKind, Tx } from "@lung-iris/prisma";
import { assertUserCan } from "../../access/authorize.ts";
import type { Viewer } from "../../access/viewer.ts";
import type { AuditLog } from "../../audit/audit-log.ts";
import { BadInputError } from "../../errors.ts";
import type { Clock } from "../../platform/clock.ts";
import { isUuid } from "../../platform/ids.ts";
import { subjectOf } from "../case-rows/case-event.ts";
import {
  MAX_TEXTS,
  PERMISSION_TO_SEND,
  checkTyped,
  isSameText,
} from "./kept-text.rules.ts";
import type { TypedSoFar } from "./kept-text.rules.ts";
import {
  countTexts,
  deleteText,
  lockText,
  putText,
} from "./kept-text.store.ts";

export interface KeepRequest extends TypedSoFar {
  caseId: string;
  kind: KeptTextKind;
  /** What of the case it is about; null for the case itself. */
  aboutId: string | null;
}

/** Cases, as far as words on them ask. */
export interface LockableCases {
  /** Reads the case and holds it until the transaction ends. */
  lock(tx: Tx, viewer: Viewer, id: string): Promise<Case>;
}

/** What people type on a case until they send it. Each sees his own alone. */
export class KeptTextService {
  readonly #deps: { audit: AuditLog; cases: LockableCases; clock: Clock };

  constructor(deps: { audit: AuditLog; cases: LockableCases; clock: Clock }) {
    this.#deps = deps;
  }

  /**
   * Keeps what the viewer has typed so far, in place of what was kept before;
   * with nothing in it that is forgotten. The newest wins.
   *
   * @throws NOT_FOUND, FORBIDDEN where he may not send such words, or
   *   BAD_USER_INPUT for too long a text, or one too many.
   */
  keep(viewer: Viewer, request: KeepRequest): Promise<Case> {
    assertUserCan(viewer, "case:read");
    const { audit, cases, clock } = this.#deps;
    const { caseId, kind } = request;
    const words = checkTyped(request);
    return audit.changeAndRecord(viewer, async (tx, record) => {
      const row = await cases.lock(tx, viewer, caseId);
      assertUserCan(viewer, PERMISSION_TO_SEND[kind], { what: "case", ...row });
      const aboutId = idOf(request.aboutId ?? row.id);
      const { userId } = viewer;
      const place = { userId, caseId: row.id, kind, aboutId };
      const before = await lockText(tx, place);
      const event = { ...subjectOf(row), details: { kind, aboutId } };
      if (words === null) {
        if ((await deleteText(tx, place)) > 0)
          record({ type: "case.text-forgotten", ...event });
        return row;
      }
      if (before !== null && isSameText(before, words)) return row;
      if (before === null && (await countTexts(tx, userId)) >= MAX_TEXTS)
        throw new BadInputError(
          `At most ${String(MAX_TEXTS)} unsent texts are kept: send or empty one first.`,
          ["input"],
        );
      const { siteId } = row;
      await putText(tx, place, { ...words, siteId, keptAt: clock.now() });
      record({ type: "case.text-kept", ...event });
      return row;
    });
  }
}

function idOf(id: string): string {
  if (isUuid(id)) return id;
  throw new BadInputError("This is the id of nothing.", ["input.aboutId"]);
}
