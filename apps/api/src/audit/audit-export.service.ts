import type { SentenceLocale } from "@lung-iris/audit-words/plain-sentences";
import type { AuditEvent, DatabaseClient } from "@lung-iris/prisma";
import { assertUserCan } from "../access/authorize.ts";
import {
  visibleDatasets,
  visiblePatients,
  visibleSites,
  visibleUsers,
} from "../access/scope.ts";
import type { UserViewer, Viewer } from "../access/viewer.ts";
import type { Clock } from "../platform/clock.ts";
import { CSV_HEADER, csvLines, type EventNames } from "./audit-csv.ts";
import {
  exportPathOf,
  readExportName,
  type ExportAsker,
} from "./audit-export-path.ts";
import type { AuditLog } from "./audit-log.ts";
import { filterOf, findsNothing, toAuditQuery } from "./audit-query.ts";
import type { AuditRequest } from "./audit-query.ts";
import {
  findEvents,
  findSubjectNames,
  readHead,
  scanEvents,
} from "./audit.store.ts";
import type { AuditQuery } from "./audit.store.ts";
import type {
  AuditExportFile,
  ChainExportService,
} from "./chain-export.service.ts";
import { patientsAsOf } from "./patients-as-of.ts";

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

export interface AuditExportDeps {
  client: DatabaseClient;
  audit: AuditLog;
  chain: ChainExportService;
  clock: Clock;
  /** The desk's, which the names of exports are sealed with. */
  secret: string;
}

/** Tables of the trail for somebody to keep; each is in the trail as well. */
export class AuditExportService {
  readonly #client: DatabaseClient;
  readonly #audit: AuditLog;
  readonly #deps: AuditExportDeps;

  constructor(deps: AuditExportDeps) {
    this.#client = deps.client;
    this.#audit = deps.audit;
    this.#deps = deps;
  }

  /** @throws BadInputError where the filter could not be searched for. */
  async paths(
    viewer: Viewer,
    request: AuditRequest,
  ): Promise<AuditExportPaths> {
    assertUserCan(viewer, "audit:export");
    await toAuditQuery(this.#client, viewer, request);
    return {
      eventsPath: exportPathOf(request, this.#asker(viewer)),
      chainPath: (await this.#deps.chain.isOpenTo(viewer))
        ? "/audit/chain"
        : null,
    };
  }

  /**
   * The events that a search finds, newest first, as a table.
   *
   * @param name as `paths` gave it out, the last segment of the path
   * @throws BadInputError for another name.
   */
  async events(viewer: Viewer, name: string): Promise<AuditExportFile> {
    assertUserCan(viewer, "audit:export");
    const request = readExportName(name, this.#asker(viewer));
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
      pieces: this.#csv(viewer, query, seq + 1n),
    };
  }

  #asker({ userId }: UserViewer): ExportAsker {
    const { secret, clock } = this.#deps;
    return { secret, userId, now: clock.now() };
  }

  async #localeOf({ userId }: UserViewer): Promise<SentenceLocale> {
    const { locale } = await this.#client.user.findUniqueOrThrow({
      where: { id: userId },
      select: { locale: true },
    });
    return locale === "vi" ? "vi" : "en";
  }

  /** What people, subjects and patients of a page's events are called. */
  async #namesIn(
    viewer: Viewer,
    page: readonly AuditEvent[],
  ): Promise<(event: AuditEvent) => EventNames> {
    const users = page.flatMap(({ actorId, subjectType, subjectId }) => [
      { type: "user", id: actorId },
      { type: subjectType, id: subjectId },
    ]);
    const [subjects, patients] = await Promise.all([
      findSubjectNames(
        this.#client,
        {
          users: visibleUsers(viewer),
          sites: visibleSites(viewer),
          datasets: visibleDatasets(viewer),
        },
        users,
      ),
      patientsAsOf(this.#client, visiblePatients(viewer), page),
    ]);
    const nameOf = (id: string) => subjects.get(`user:${id}`) ?? null;
    return ({ seq, subjectType, subjectId }) => ({
      patient: patients.get(seq) ?? null,
      subjectName: subjects.get(`${subjectType}:${subjectId}`) ?? null,
      nameOf,
    });
  }

  async *#csv(
    viewer: UserViewer,
    query: AuditQuery,
    end: bigint,
  ): AsyncGenerator<string> {
    yield CSV_HEADER;
    if (findsNothing(query)) return;
    const csvLine = csvLines(await this.#localeOf(viewer));
    const read = isBroad(query) ? scanEvents : findEvents;
    let before = end;
    for (;;) {
      const page: AuditEvent[] = await read(this.#client, query, before, PAGE);
      const namesOf = await this.#namesIn(viewer, page);
      yield page.map((event) => csvLine(event, namesOf(event))).join("");
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
