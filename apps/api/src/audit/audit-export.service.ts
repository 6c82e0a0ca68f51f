import type { AuditEvent, DatabaseClient } from "@lung-iris/prisma";
import { assertCan, can } from "../access/authorize.ts";
import { visibleSiteIds } from "../access/scope.ts";
import type { Viewer } from "../access/viewer.ts";
import { ForbiddenError } from "../errors.ts";
import { CSV_HEADER, csvLine } from "./audit-csv.ts";
import { exportPathOf } from "./audit-export-path.ts";
import type { AuditLog } from "./audit-log.ts";
import { filterOf, findsNothing, toAuditQuery } from "./audit-query.ts";
import type { AuditRequest } from "./audit-query.ts";
import { findEvents, readHead, scanEvents } from "./audit.store.ts";
import type { AuditQuery } from "./audit.store.ts";
import type { ChainEnd } from "./chain.ts";
import { chainLines, readChainHead } from "./verify-chain.ts";

/** A copy of the trail on its way out. */
export interface AuditExportFile {
  fileName: string;
  contentType: string;
  /** Text in pieces, made as fast as it is taken. */
  pieces: AsyncIterable<string>;
}

/** Where copies of the trail can be had. */
export interface AuditExportPaths {
  eventsPath: string;
  /** Null where the viewer may not see every site. */
  chainPath: string | null;
}

/** Events fetched at a time. */
const PAGE = 1_000;
/** Up to so many types an index finds each; beyond, the trail is read along. */
const FEW_TYPES = 8;

/** Copies of the trail for somebody to keep; each is in the trail as well. */
export class AuditExportService {
  readonly #client: DatabaseClient;
  readonly #audit: AuditLog;

  constructor(client: DatabaseClient, audit: AuditLog) {
    this.#client = client;
    this.#audit = audit;
  }

  /** @throws BadInputError where the filter could not be searched for. */
  async paths(
    viewer: Viewer,
    request: AuditRequest,
  ): Promise<AuditExportPaths> {
    assertCan(viewer, "audit:export");
    await toAuditQuery(this.#client, viewer, request);
    return {
      eventsPath: exportPathOf(request),
      chainPath: (await this.#seesEverySite(viewer)) ? "/audit/chain" : null,
    };
  }

  /** The events that a search finds, newest first, as a table. */
  async events(
    viewer: Viewer,
    request: AuditRequest,
  ): Promise<AuditExportFile> {
    assertCan(viewer, "audit:export");
    const query = await toAuditQuery(this.#client, viewer, request);
    const { seq } = await readHead(this.#client);
    await this.#audit.recordLook(
      viewer,
      ...query.siteIds.map((siteId) => ({
        type: "audit.exported" as const,
        siteId,
        patientId: null,
        subject: { type: "audit" as const, id: siteId },
        details: {
          what: "events" as const,
          filter: filterOf(request),
          through: String(seq),
        },
      })),
    );
    return {
      fileName: `audit-events-to-${String(seq)}.csv`,
      contentType: "text/csv; charset=utf-8; header=present",
      pieces: this.#csv(query, seq + 1n),
    };
  }

  /**
   * The whole chain as JSON lines, as `npm run audit:verify -- FILE` reads
   * it. It cannot be cut to some sites, since every hash covers the one
   * before.
   */
  async chain(viewer: Viewer): Promise<AuditExportFile & { end: ChainEnd }> {
    assertCan(viewer, "audit:export");
    if (!(await this.#seesEverySite(viewer))) {
      throw new ForbiddenError(
        "The chain holds the events of every site, and you belong to some of them only. Export the events of your sites instead.",
      );
    }
    const end = await readChainHead(this.#client);
    await this.#audit.recordLook(viewer, {
      type: "audit.exported",
      siteId: null,
      patientId: null,
      subject: { type: "audit", id: "chain" },
      details: { what: "chain", through: end.seq, throughHash: end.hash },
    });
    return {
      fileName: `audit-chain-to-${end.seq}.jsonl`,
      contentType: "application/x-ndjson; charset=utf-8",
      pieces: chainLines(this.#client, end),
      end,
    };
  }

  async #seesEverySite(viewer: Viewer): Promise<boolean> {
    if (!can(viewer, "audit:export")) return false;
    const visible = visibleSiteIds(viewer);
    if (visible === null) return true;
    const others = await this.#client.site.count({
      where: { id: { notIn: [...visible] } },
    });
    return others === 0;
  }

  async *#csv(query: AuditQuery, end: bigint): AsyncGenerator<string> {
    yield CSV_HEADER;
    if (findsNothing(query)) return;
    const read = isBroad(query) ? scanEvents : findEvents;
    let before = end;
    for (;;) {
      const page: AuditEvent[] = await read(this.#client, query, before, PAGE);
      yield page.map(csvLine).join("");
      const last = page.at(-1);
      if (last === undefined || page.length < PAGE) return;
      before = last.seq;
    }
  }
}

function isBroad(query: AuditQuery): boolean {
  return (
    query.types.length > FEW_TYPES &&
    query.actorIds === null &&
    query.patientIds === null &&
    query.subjectId === null
  );
}
