import type { BarsVersion, DatabaseClient, Tx } from "@lung-iris/prisma";
import { assertCan, assertUserCan } from "../../access/authorize.ts";
import { visibleBars } from "../../access/scope.ts";
import type { Viewer } from "../../access/viewer.ts";
import type { AuditLog } from "../../audit/audit-log.ts";
import { canonicalJson } from "../../audit/canonical-json.ts";
import { BadInputError, ConflictError, NotFoundError } from "../../errors.ts";
import type { Clock } from "../../platform/clock.ts";
import { isUuid, newId } from "../../platform/ids.ts";
import {
  byNumber,
  pageBy,
  type Page,
  type PageRequest,
} from "../../platform/pagination.ts";
import { requiredReason } from "../../platform/required-reason.ts";
import { dropKeptReason } from "../kept-reasons/drop-kept-reason.ts";
import { barsDocument, type BarsDocument } from "./bars-document.ts";
import { insertBars, listBars, lockBars, newestBars } from "./bars.store.ts";

export interface SaveBarsRequest {
  siteId: string;
  /** As it came in; `barsDocument` says what it must be. */
  document: unknown;
  baseVersion: number;
  reason: string;
}

/** What a candidate has to reach at a site, declared before the run that makes it. */
export class BarsService {
  readonly #deps: { client: DatabaseClient; audit: AuditLog; clock: Clock };

  constructor(deps: { client: DatabaseClient; audit: AuditLog; clock: Clock }) {
    this.#deps = deps;
  }

  /** The version in force. Throws NOT_FOUND for a site out of sight. */
  async current(viewer: Viewer, siteId: string): Promise<BarsVersion> {
    assertCan(viewer, "model:read", { what: "site", siteId });
    return this.inForce(this.#deps.client, siteId);
  }

  /** The version in force, as the transaction sees it. */
  async inForce(
    client: DatabaseClient | Tx,
    siteId: string,
  ): Promise<BarsVersion> {
    const row = isUuid(siteId) ? await newestBars(client, siteId) : null;
    if (row === null) throw new NotFoundError("site");
    return row;
  }

  /** Every version of a site, the newest first. */
  async history(
    viewer: Viewer,
    siteId: string,
    { first, after }: PageRequest,
  ): Promise<Page<BarsVersion>> {
    assertCan(viewer, "model:read", { what: "site", siteId });
    return pageBy(
      { first, after },
      byNumber<BarsVersion>(({ version }) => version),
      (beyond, take) =>
        listBars(
          this.#deps.client,
          { AND: [visibleBars(viewer), { siteId }] },
          beyond,
          take,
        ),
    );
  }

  /**
   * Declares other bars: for runs to come, and for the candidates of earlier
   * ones where no limit got looser.
   *
   * @throws BAD_USER_INPUT naming the field, or BARS_CHANGED where another
   *   version was saved since the one that this was made from.
   */
  save(viewer: Viewer, request: SaveBarsRequest): Promise<BarsVersion> {
    const { siteId, baseVersion } = request;
    assertUserCan(viewer, "bars:edit", { what: "site", siteId });
    const reason = requiredReason(request.reason, "input.reason");
    const document = checked(request.document);
    const { audit, clock } = this.#deps;
    return audit.changeAndRecord(viewer, async (tx, record) => {
      await lockBars(tx, siteId);
      const before = await this.inForce(tx, siteId);
      if (before.version !== baseVersion)
        throw new ConflictError(
          "BARS_CHANGED",
          `Version ${String(before.version)} of the bars was saved meanwhile. Look at it, then make your change anew.`,
          { details: { version: before.version } },
        );
      const old = barsDocument.parse(before.document);
      if (canonicalJson(old) === canonicalJson(document))
        throw new BadInputError(
          "These are the bars that are in force already.",
          ["input.document"],
        );
      const now = clock.now();
      const row = await insertBars(tx, {
        id: newId(now),
        siteId,
        version: before.version + 1,
        document,
        reason,
        byId: viewer.userId,
        byName: viewer.name,
        createdAt: now,
      });
      await dropKeptReason(tx, viewer, "BARS", siteId);
      record({
        type: "bars.declared",
        siteId,
        patientId: null,
        subject: { type: "bars", id: row.id },
        before: { version: before.version, document: old },
        after: { version: row.version, document },
        details: { reason },
      });
      return row;
    });
  }
}

function checked(proposed: unknown): BarsDocument {
  const parsed = barsDocument.safeParse(proposed);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new BadInputError(issue?.message ?? "These are no bars.", [
    ["input.document", ...(issue?.path ?? [])].join("."),
  ]);
}
