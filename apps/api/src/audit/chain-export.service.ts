import type { DatabaseClient } from "@lung-iris/prisma";
import { assertCan, can } from "../access/authorize.ts";
import { visibleSiteIds } from "../access/scope.ts";
import type { Viewer } from "../access/viewer.ts";
import { ForbiddenError } from "../errors.ts";
import type { AuditLog } from "./audit-log.ts";
import type { ChainEnd } from "./chain.ts";
import { chainLines, readChainHead } from "./verify-chain.ts";

/** A copy of the trail on its way out. */
export interface AuditExportFile {
  fileName: string;
  contentType: string;
  /** Text in pieces, made as fast as it is taken. */
  pieces: AsyncIterable<string>;
}

/** The whole chain for somebody to keep; taking it is in the trail as well. */
export class ChainExportService {
  readonly #client: DatabaseClient;
  readonly #audit: AuditLog;

  constructor(client: DatabaseClient, audit: AuditLog) {
    this.#client = client;
    this.#audit = audit;
  }

  /**
   * The whole chain as JSON lines, as `npm run audit:verify -- FILE` reads
   * it. It cannot be cut to some sites, since every hash covers the one
   * before.
   */
  async chain(viewer: Viewer): Promise<AuditExportFile & { end: ChainEnd }> {
    assertCan(viewer, "audit:export");
    if (!(await this.isOpenTo(viewer))) {
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

  /** Whether the viewer sees every site, as the chain does. */
  async isOpenTo(viewer: Viewer): Promise<boolean> {
    if (!can(viewer, "audit:export")) return false;
    const visible = visibleSiteIds(viewer);
    if (visible === null) return true;
    const others = await this.#client.site.count({
      where: { id: { notIn: [...visible] } },
    });
    return others === 0;
  }
}
