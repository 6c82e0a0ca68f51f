import type { DatabaseClient, RetentionVersion } from "@lung-iris/prisma";
import { assertCan, assertUserCan } from "../../access/authorize.ts";
import { visibleRetention } from "../../access/scope.ts";
import type { Viewer } from "../../access/viewer.ts";
import type { AuditLog } from "../../audit/audit-log.ts";
import { BadInputError, ConflictError } from "../../errors.ts";
import type { Clock } from "../../platform/clock.ts";
import { newId } from "../../platform/ids.ts";
import {
  byNumber,
  pageBy,
  type Page,
  type PageRequest,
} from "../../platform/pagination.ts";
import { requiredReason } from "../../platform/required-reason.ts";
import { dropKeptReason } from "../kept-reasons/drop-kept-reason.ts";
import {
  countDue,
  insertRetention,
  listRetention,
  lockRetention,
  newestRetention,
  type RetentionDue,
} from "./retention.store.ts";

export type { RetentionDue } from "./retention.store.ts";

/** A month, so that a slip of the finger is no order; a hundred years. */
const LEAST_DAYS = 30;
const MOST_DAYS = 36_500;

export interface SaveRetentionRequest {
  siteId: string;
  /** The version that the change was made from; 0 where there is none. */
  baseVersion: number;
  /** Days after the last study; null to keep records for ever. */
  keepDays: number | null;
  reason: string;
}

/** How long a site keeps records. */
export class RetentionService {
  readonly #deps: { client: DatabaseClient; audit: AuditLog; clock: Clock };

  constructor(deps: { client: DatabaseClient; audit: AuditLog; clock: Clock }) {
    this.#deps = deps;
  }

  /** Every version of a site, the newest first; none: kept for ever. */
  async history(
    viewer: Viewer,
    siteId: string,
    { first, after }: PageRequest,
  ): Promise<Page<RetentionVersion>> {
    assertCan(viewer, "erasure:read", { what: "site", siteId });
    return pageBy(
      { first, after },
      byNumber<RetentionVersion>(({ version }) => version),
      (beyond, take) =>
        listRetention(
          this.#deps.client,
          { AND: [visibleRetention(viewer), { siteId }] },
          beyond,
          take,
        ),
    );
  }

  /** What would be over today if records were kept so long. Changes nothing. */
  async preview(
    viewer: Viewer,
    siteId: string,
    keepDays: number,
  ): Promise<RetentionDue> {
    assertCan(viewer, "erasure:read", { what: "site", siteId });
    assertDays(keepDays);
    const { client, clock } = this.#deps;
    return countDue(client, siteId, overBefore(clock.now(), keepDays));
  }

  /**
   * Says how long records are kept from now on. What is over is proposed each
   * night, and erased where another person approves.
   *
   * @throws NOT_FOUND, BAD_USER_INPUT, or POLICY_CHANGED where another version
   *   was saved since the one that this was made from.
   */
  save(
    viewer: Viewer,
    request: SaveRetentionRequest,
  ): Promise<RetentionVersion> {
    const { siteId, baseVersion, keepDays } = request;
    assertUserCan(viewer, "patient:erase", { what: "site", siteId });
    const reason = requiredReason(request.reason, "input.reason");
    if (keepDays !== null) assertDays(keepDays);
    const { audit, clock } = this.#deps;
    return audit.changeAndRecord(viewer, async (tx, record) => {
      await lockRetention(tx, siteId);
      const before = await newestRetention(tx, siteId);
      const version = before?.version ?? 0;
      if (version !== baseVersion)
        throw new ConflictError(
          "POLICY_CHANGED",
          `Version ${String(version)} was saved meanwhile. Look at it, then make your change anew.`,
          { details: { version } },
        );
      if ((before?.keepDays ?? null) === keepDays)
        throw new BadInputError("This is in force already.", [
          "input.keepDays",
        ]);
      const now = clock.now();
      const row = await insertRetention(tx, {
        id: newId(now),
        siteId,
        version: version + 1,
        keepDays,
        reason,
        byId: viewer.userId,
        byName: viewer.name,
        createdAt: now,
      });
      await dropKeptReason(tx, viewer, "RETENTION", siteId);
      record({
        type: "retention.changed",
        siteId,
        patientId: null,
        subject: { type: "retention", id: row.id },
        before: { keepDays: before?.keepDays ?? null },
        after: { keepDays },
        details: { version: row.version, reason },
      });
      return row;
    });
  }
}

/** The first day, YYYY-MM-DD in UTC, of a last study that is not over. */
export function overBefore(now: Date, keepDays: number): string {
  const day = new Date(now.getTime() - keepDays * 24 * 60 * 60_000);
  return day.toISOString().slice(0, 10);
}

function assertDays(keepDays: number): void {
  if (keepDays >= LEAST_DAYS && keepDays <= MOST_DAYS) return;
  throw new BadInputError(
    `Records are kept for ${String(LEAST_DAYS)} to ${String(MOST_DAYS)} days, or for ever.`,
    ["input.keepDays"],
  );
}
