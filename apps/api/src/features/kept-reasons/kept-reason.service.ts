import type { DatabaseClient, KeptReason } from "@lung-iris/prisma";
import { assertUserCan } from "../../access/authorize.ts";
import { visibleKeptReasons } from "../../access/scope.ts";
import type { Viewer } from "../../access/viewer.ts";
import type { AuditLog } from "../../audit/audit-log.ts";
import { BadInputError, NotFoundError } from "../../errors.ts";
import type { Clock } from "../../platform/clock.ts";
import { isUuid } from "../../platform/ids.ts";
import { MAX_REASONS, checkReason, placeOf } from "./kept-reason.rules.ts";
import type { ReasonPlace } from "./kept-reason.rules.ts";
import {
  countReasons,
  deleteReason,
  findReason,
  listReasons,
  lockReason,
  putReason,
} from "./kept-reason.store.ts";
import { subjectOf } from "./kept-reason.subjects.ts";

interface KeptReasonDeps {
  client: DatabaseClient;
  audit: AuditLog;
  clock: Clock;
}

/** Reasons that people type beside the cases until they give them. */
export class KeptReasonService {
  readonly #deps: KeptReasonDeps;

  constructor(deps: KeptReasonDeps) {
    this.#deps = deps;
  }

  /** What the viewer himself has typed for something, or null. */
  async find(viewer: Viewer, asked: ReasonPlace): Promise<KeptReason | null> {
    assertUserCan(viewer, "patient:read");
    const place = placeOf(asked);
    if (!isUuid(place.aboutId)) return null;
    return findReason(this.#deps.client, visibleKeptReasons(viewer), place);
  }

  /** All that he has typed of a kind about something, of whichever part of it. */
  async list(
    viewer: Viewer,
    of: Pick<ReasonPlace, "kind" | "aboutId">,
  ): Promise<KeptReason[]> {
    assertUserCan(viewer, "patient:read");
    if (!isUuid(of.aboutId)) return [];
    return listReasons(this.#deps.client, visibleKeptReasons(viewer), of);
  }

  /**
   * Keeps what the viewer has typed so far, in place of what was kept before;
   * with nothing in it that is forgotten, and the answer is null.
   *
   * @throws NOT_FOUND, FORBIDDEN where he may not give such a reason, or
   *   BAD_USER_INPUT for too long a text, or one too many.
   */
  keep(
    viewer: Viewer,
    request: ReasonPlace & { text: string },
  ): Promise<KeptReason | null> {
    assertUserCan(viewer, "patient:read");
    const { audit, clock } = this.#deps;
    const asked = placeOf(request);
    const text = checkReason(asked.kind, request.text);
    return audit.changeAndRecord(viewer, async (tx, record) => {
      const of = await subjectOf(tx, viewer, asked);
      if (of.subject === null) throw new NotFoundError(of.what);
      const { siteId, patientId } = of.subject;
      assertUserCan(viewer, of.permission, { what: of.what, siteId });
      const { userId } = viewer;
      const place = { userId, ...asked };
      const before = await lockReason(tx, place);
      const event = {
        subject: { type: "user" as const, id: userId },
        siteId,
        patientId,
        details: asked,
      };
      if (text === null) {
        if ((await deleteReason(tx, place)) > 0)
          record({ type: "user.reason-forgotten", ...event });
        return null;
      }
      if (before?.text === text) return before;
      if (before === null && (await countReasons(tx, userId)) >= MAX_REASONS)
        throw new BadInputError(
          `At most ${String(MAX_REASONS)} unsent reasons are kept: send or empty one first.`,
          ["input"],
        );
      const keptAt = clock.now();
      record({ type: "user.reason-kept", ...event });
      return putReason(tx, place, { siteId, patientId, text, keptAt });
    });
  }
}
