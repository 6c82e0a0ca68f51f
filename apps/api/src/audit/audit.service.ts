import type { AuditEvent, DatabaseClient } from "@lung-iris/prisma";
import { z } from "zod";
import { assertCan } from "../access/authorize.ts";
import { visibleSiteIds, visibleUsers } from "../access/scope.ts";
import type { Viewer } from "../access/viewer.ts";
import { BadInputError } from "../errors.ts";
import { isUuid } from "../platform/ids.ts";
import {
  decodeCursor,
  encodeCursor,
  pageSize,
  toPage,
} from "../platform/pagination.ts";
import type { Page, PageRequest } from "../platform/pagination.ts";
import { searchWords } from "../platform/search-words.ts";
import { AUDIT_EVENT_TYPES } from "./audit-event.ts";
import type { AuditLog } from "./audit-log.ts";
import {
  findEvents,
  findPatientIds,
  newestOfType,
  readHead,
} from "./audit.store.ts";
import type { AuditQuery } from "./audit.store.ts";
import type { RecentLooks } from "./recent-looks.ts";
import { verifyDatabase } from "./verify-chain.ts";

export interface AuditRequest {
  types?: readonly string[] | null;
  actorId?: string | null;
  actorSearch?: string | null;
  subjectId?: string | null;
  patientId?: string | null;
  patientSearch?: string | null;
  after?: Date | null;
  before?: Date | null;
}

export interface Seal {
  verifiedAt: Date | null;
  verifiedThrough: string | null;
  ok: boolean;
  brokenAt: string | null;
  problem: string | null;
  headSeq: string;
  headHash: string;
}

/** More matches than this say nothing; the search should say more. */
const MAX_PATIENTS = 500;
const MAX_ACTORS = 50;

const auditCursor = z.tuple([z.string().regex(/^\d{1,19}$/)]);

const verifiedContent = z.object({
  at: z.iso.datetime(),
  details: z.object({
    ok: z.boolean(),
    through: z.string(),
    brokenAt: z.string().nullable(),
    problem: z.string().nullable(),
  }),
});

export interface AuditServiceDeps {
  client: DatabaseClient;
  audit: AuditLog;
  recent: RecentLooks;
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
        : BigInt(decodeCursor(page.after, auditCursor)[0]);
    const query = await this.#toQuery(viewer, request);
    const isEmpty =
      query.actorIds?.length === 0 || query.patientIds?.length === 0;
    const rows = isEmpty
      ? []
      : await findEvents(client, query, after, first + 1);
    const result = toPage(rows, first, page.after, ({ seq }) =>
      encodeCursor([String(seq)]),
    );
    await this.#recordSearch(viewer, query.siteIds, request, page);
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
      ...ends,
    };
  }

  /** Walks the whole chain and notes the outcome in it. */
  async verify(viewer: Viewer): Promise<Seal> {
    assertCan(viewer, "audit:verify");
    const { client, audit } = this.#deps;
    const { ok, count, through, broken } = await verifyDatabase(client);
    await audit.recordLook(viewer, {
      type: "audit.verified",
      siteId: null,
      patientId: null,
      subject: { type: "audit", id: "chain" },
      details: {
        ok,
        count,
        through: through.seq,
        throughHash: through.hash,
        brokenAt: broken?.seq ?? null,
        problem: broken?.problem ?? null,
      },
    });
    return this.seal(viewer);
  }

  async #toQuery(viewer: Viewer, request: AuditRequest): Promise<AuditQuery> {
    const siteIds = await this.#siteIds(viewer);
    return {
      siteIds,
      types: typesOf(request.types),
      actorIds: await this.#actorIds(viewer, request),
      subjectId: request.subjectId ?? null,
      patientIds: await this.#patientIds(siteIds, request),
      after: request.after ?? null,
      before: request.before ?? null,
    };
  }

  async #siteIds(viewer: Viewer): Promise<string[]> {
    const visible = visibleSiteIds(viewer);
    if (visible !== null) return [...visible];
    const sites = await this.#deps.client.site.findMany({
      select: { id: true },
    });
    return sites.map(({ id }) => id);
  }

  async #actorIds(
    viewer: Viewer,
    { actorId, actorSearch }: AuditRequest,
  ): Promise<string[] | null> {
    const text = actorSearch?.trim() ?? "";
    if (text === "") return given(actorId) ? [actorId] : null;
    const contains = { contains: text, mode: "insensitive" } as const;
    const users = await this.#deps.client.user.findMany({
      where: {
        AND: [
          visibleUsers(viewer),
          { OR: [{ name: contains }, { email: contains }] },
        ],
      },
      select: { id: true },
      take: MAX_ACTORS + 1,
    });
    assertFew(users.length, MAX_ACTORS, "users", "filter.actorSearch");
    const ids = users.map(({ id }) => id);
    return given(actorId) ? ids.filter((id) => id === actorId) : ids;
  }

  async #patientIds(
    siteIds: readonly string[],
    { patientId, patientSearch }: AuditRequest,
  ): Promise<string[] | null> {
    const words = searchWords(patientSearch, "filter.patientSearch");
    if (given(patientId) && !isUuid(patientId)) return [];
    if (words.length === 0) return given(patientId) ? [patientId] : null;
    const { client } = this.#deps;
    const limit = MAX_PATIENTS + 1;
    const ids = await findPatientIds(client, siteIds, words, limit);
    assertFew(ids.length, MAX_PATIENTS, "patients", "filter.patientSearch");
    return given(patientId) ? ids.filter((id) => id === patientId) : ids;
  }

  async #recordSearch(
    viewer: Viewer,
    siteIds: readonly string[],
    request: AuditRequest,
    page: PageRequest,
  ): Promise<void> {
    const filter = Object.fromEntries(
      Object.entries(request).flatMap(([key, value]) =>
        given(value)
          ? [[key, value instanceof Date ? value.toISOString() : value]]
          : [],
      ),
    );
    const { recent, audit } = this.#deps;
    // The rows are left out: its own event would make each page a new one.
    if (recent.isRepeat(viewer, { audit: filter, page }, [])) return;
    await audit.recordLook(
      viewer,
      ...siteIds.map((siteId) => ({
        type: "audit.searched" as const,
        siteId,
        patientId: null,
        subject: { type: "audit" as const, id: siteId },
        details: { filter, first: page.first, isFirstPage: !given(page.after) },
      })),
    );
  }
}

const NEVER = {
  verifiedAt: null,
  verifiedThrough: null,
  ok: false,
  brokenAt: null,
  problem: null,
};

function given<T>(value: T | null | undefined): value is T {
  return value !== null && value !== undefined;
}

/** Types of the catalogue only: each is a range of the index. */
function typesOf(types: readonly string[] | null | undefined): string[] {
  if (!given(types)) return [...AUDIT_EVENT_TYPES];
  const known = AUDIT_EVENT_TYPES.filter((type) => types.includes(type));
  if (known.length === new Set(types).size) return known;
  throw new BadInputError("There is no such type of event.", ["filter.types"]);
}

function assertFew(
  count: number,
  limit: number,
  what: string,
  field: string,
): void {
  if (count <= limit) return;
  throw new BadInputError(
    `More than ${String(limit)} ${what} match. Type more of the name or number.`,
    [field],
  );
}
