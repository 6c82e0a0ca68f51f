import type { DatabaseClient } from "@lung-iris/prisma";
import { visibleSiteIds, visibleUsers } from "../access/scope.ts";
import type { Viewer } from "../access/viewer.ts";
import { BadInputError } from "../errors.ts";
import { isUuid } from "../platform/ids.ts";
import { searchWords } from "../platform/search-words.ts";
import { AUDIT_EVENT_TYPES } from "./audit-event.ts";
import { findPatientIds } from "./audit.store.ts";
import type { AuditQuery } from "./audit.store.ts";

/** A search as it was asked for. */
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

/** More matches than this say nothing; the search should say more. */
const MAX_PATIENTS = 500;
const MAX_ACTORS = 50;

/**
 * The request with names resolved and the viewer's scope applied.
 *
 * @throws BadInputError for an unknown type or names that too many have.
 */
export async function toAuditQuery(
  client: DatabaseClient,
  viewer: Viewer,
  request: AuditRequest,
): Promise<AuditQuery> {
  const siteIds = await visibleSites(client, viewer);
  return {
    siteIds,
    types: typesOf(request.types),
    actorIds: await actorIdsOf(client, viewer, request),
    subjectId: request.subjectId ?? null,
    patientIds: await patientIdsOf(client, siteIds, request),
    after: request.after ?? null,
    before: request.before ?? null,
  };
}

/** Whether names were searched for that nobody has. */
export function findsNothing({ actorIds, patientIds }: AuditQuery): boolean {
  return actorIds?.length === 0 || patientIds?.length === 0;
}

/** What was asked for, as it goes into the event of a search or an export. */
export function filterOf(
  request: AuditRequest,
): Record<string, string | string[]> {
  return Object.fromEntries(
    Object.entries(request).flatMap(([key, value]) =>
      given(value)
        ? [[key, value instanceof Date ? value.toISOString() : value]]
        : [],
    ),
    // AuditRequest has texts, lists of texts and dates only.
  );
}

async function visibleSites(
  client: DatabaseClient,
  viewer: Viewer,
): Promise<string[]> {
  const visible = visibleSiteIds(viewer);
  if (visible !== null) return [...visible];
  const sites = await client.site.findMany({ select: { id: true } });
  return sites.map(({ id }) => id);
}

async function actorIdsOf(
  client: DatabaseClient,
  viewer: Viewer,
  { actorId, actorSearch }: AuditRequest,
): Promise<string[] | null> {
  const text = actorSearch?.trim() ?? "";
  if (text === "") return given(actorId) ? [actorId] : null;
  const contains = { contains: text, mode: "insensitive" } as const;
  const users = await client.user.findMany({
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

async function patientIdsOf(
  client: DatabaseClient,
  siteIds: readonly string[],
  { patientId, patientSearch }: AuditRequest,
): Promise<string[] | null> {
  const words = searchWords(patientSearch, "filter.patientSearch");
  if (given(patientId) && !isUuid(patientId)) return [];
  if (words.length === 0) return given(patientId) ? [patientId] : null;
  const ids = await findPatientIds(client, siteIds, words, MAX_PATIENTS + 1);
  assertFew(ids.length, MAX_PATIENTS, "patients", "filter.patientSearch");
  return given(patientId) ? ids.filter((id) => id === patientId) : ids;
}

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
