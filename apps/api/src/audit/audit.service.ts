import type { AuditEvent, DatabaseClient } from "@lung-iris/prisma";
import { z } from "zod";
import { assertCan } from "../access/authorize.ts";
import type { Viewer } from "../access/viewer.ts";
import {
  decodeCursor,
  encodeCursor,
  pageSize,
  toPage,
} from "../platform/pagination.ts";
import type { Page, PageRequest } from "../platform/pagination.ts";
import type { AuditLog } from "./audit-log.ts";
import type { CheckpointFolder } from "./checkpoints/checkpoint-folder.ts";
import { verifyAndNote } from "./checkpoints/verify-and-note.ts";
import { filterOf, findsNothing, toAuditQuery } from "./audit-query.ts";
import type { AuditRequest } from "./audit-query.ts";
import { findEvents, newestOfType, readHead } from "./audit.store.ts";
import type { RecentLooks } from "./recent-looks.ts";
import { seqCursor } from "./seq-cursor.ts";

export interface Seal {
  verifiedAt: Date | null;
  verifiedThrough: string | null;
  ok: boolean;
  brokenAt: string | null;
  problem: string | null;
  headSeq: string;
  headHash: string;
  /** Checkpoints outside the database that the chain was compared with. */
  checkpoints: number;
}

const verifiedContent = z.object({
  at: z.iso.datetime(),
  details: z.object({
    ok: z.boolean(),
    through: z.string(),
    brokenAt: z.string().nullable(),
    problem: z.string().nullable(),
    checkpoints: z.number().int().default(0),
  }),
});

export interface AuditServiceDeps {
  client: DatabaseClient;
  audit: AuditLog;
  recent: RecentLooks;
  checkpoints: CheckpointFolder;
}

/** Reading and verifying the trail; both are in the trail as well. */
export class AuditService {
  readonly #deps: AuditServiceDeps;

  constructor(deps: AuditServiceDeps) {
    this.#deps = deps;
  }

  /** Events of the viewer's sites and of no site, newest first. */
  async search(
    viewer: Viewer,
    request: AuditRequest,
    page: PageRequest,
  ): Promise<Page<AuditEvent>> {
    assertCan(viewer, "audit:read");
    const { client } = this.#deps;
    const first = pageSize(page.first);
    const after =
      page.after === null || page.after === undefined
        ? null
        : BigInt(decodeCursor(page.after, seqCursor)[0]);
    const query = await toAuditQuery(client, viewer, request);
    const rows = findsNothing(query)
      ? []
      : await findEvents(client, query, after, first + 1);
    const result = toPage(rows, first, page.after, ({ seq }) =>
      encodeCursor([String(seq)]),
    );
    const rowsShown = result.edges.map(({ node }) => node);
    await this.#recordSearch(viewer, query.siteIds, request, page, rowsShown);
    return result;
  }

  /** The last verification of the chain. */
  async seal(viewer: Viewer): Promise<Seal> {
    assertCan(viewer, "audit:read");
    const { client } = this.#deps;
    const [head, last] = await Promise.all([
      readHead(client),
      newestOfType(client, "audit.verified"),
    ]);
    const ends = { headSeq: String(head.seq), headHash: head.hash };
    if (last === null) return { ...NEVER, ...ends };
    const { at, details } = verifiedContent.parse(JSON.parse(last.content));
    return {
      verifiedAt: new Date(at),
      verifiedThrough: details.through,
      ok: details.ok,
      brokenAt: details.brokenAt,
      problem: details.problem,
      checkpoints: details.checkpoints,
      ...ends,
    };
  }

  /**
   * Walks the whole chain, compares it with the checkpoints of this data
   * folder, and notes the outcome in it.
   */
  async verify(viewer: Viewer): Promise<Seal> {
    assertCan(viewer, "audit:verify");
    await verifyAndNote(this.#deps, viewer);
    return this.seal(viewer);
  }

  async #recordSearch(
    viewer: Viewer,
    siteIds: readonly string[],
    request: AuditRequest,
    page: PageRequest,
    rows: readonly AuditEvent[],
  ): Promise<void> {
    const filter = filterOf(request);
    const { recent, audit } = this.#deps;
    // By patients, not by rows: its own event would make each page a new one.
    const patients = [
      ...new Set(rows.flatMap(({ patientId }) => patientId ?? [])),
    ].sort();
    const shown = patients.map((id) => ({ id, version: 0 }));
    await recent.once(viewer, { audit: filter, page }, shown, () =>
      audit.recordLook(
        viewer,
        ...siteIds.map((siteId) => ({
          type: "audit.searched" as const,
          siteId,
          patientId: null,
          subject: { type: "audit" as const, id: siteId },
          details: {
            filter,
            first: page.first,
            isFirstPage: page.after === null || page.after === undefined,
            patientIds: [
              ...new Set(
                rows
                  .filter((row) => row.siteId === siteId)
                  .flatMap(({ patientId }) => patientId ?? []),
              ),
            ],
          },
        })),
      ),
    );
  }
}

const NEVER = {
  verifiedAt: null,
  verifiedThrough: null,
  ok: false,
  brokenAt: null,
  problem: null,
  checkpoints: 0,
};
