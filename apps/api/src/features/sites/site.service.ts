import type { DatabaseClient, Site } from "@lung-iris/prisma";
import { assertCan, assertUser } from "../../access/authorize.ts";
import { visibleSites } from "../../access/scope.ts";
import type { Viewer } from "../../access/viewer.ts";
import type { AuditLog } from "../../audit/audit-log.ts";
import { changesOf } from "../../audit/changes.ts";
import type { Clock } from "../../platform/clock.ts";
import { newId } from "../../platform/ids.ts";
import { findSites } from "./site.store.ts";

export class SiteService {
  readonly #client: DatabaseClient;
  readonly #audit: AuditLog;
  readonly #clock: Clock;

  constructor(client: DatabaseClient, audit: AuditLog, clock: Clock) {
    this.#client = client;
    this.#audit = audit;
    this.#clock = clock;
  }

  /** The sites that the viewer belongs to. */
  ofViewer(viewer: Viewer): Promise<Site[]> {
    assertUser(viewer);
    return findSites(this.#client, visibleSites(viewer));
  }

  /** Sets the zone of sites that have none; how many. */
  nameZones(viewer: Viewer, timeZone: string): Promise<number> {
    assertCan(viewer, "site:manage");
    return this.#audit.changeAndRecord(viewer, async (tx, record) => {
      const zoneless = await tx.site.findMany({ where: { timeZone: null } });
      for (const before of zoneless) {
        const { count } = await tx.site.updateMany({
          where: { id: before.id, timeZone: null },
          data: { timeZone },
        });
        if (count === 0) continue; // another start was first
        record({
          type: "site.updated",
          siteId: before.id,
          patientId: null,
          subject: { type: "site", id: before.id },
          ...changesOf(before, { ...before, timeZone }, ["timeZone"]),
          details: {},
        });
      }
      return zoneless.length;
    });
  }

  /** The site of the code, made where there is none. */
  ensure(viewer: Viewer, code: string, name: string): Promise<Site> {
    assertCan(viewer, "site:manage");
    return this.#audit.changeAndRecord(viewer, async (tx, record) => {
      const known = await tx.site.findUnique({ where: { code } });
      if (known !== null) return known;
      const now = this.#clock.now();
      const site = await tx.site.create({
        data: { id: newId(now), code, name, createdAt: now },
      });
      record({
        type: "site.created",
        siteId: site.id,
        patientId: null,
        subject: { type: "site", id: site.id },
        ...changesOf(null, site, ["code", "name"]),
        details: {},
      });
      return site;
    });
  }
}
