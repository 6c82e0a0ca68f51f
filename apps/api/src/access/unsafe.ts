import type { DatabaseClient, Tx } from "@lung-iris/prisma";

/**
 * The few look-ups outside every scope. Each caller has no viewer yet, or
 * needs a rule over all sites, and says so here.
 */

type Client = DatabaseClient | Tx;

/**
 * Sign-in: there is no viewer before it. Selects the password's hash. Two
 * statements also where nobody has the address: an `include` would send the
 * second only for people who exist, and the time would tell.
 */
export async function unsafeFindUserForSignIn(client: Client, typed: string) {
  const email = typed.trim().toLowerCase();
  const user = await client.user.findUnique({
    where: { email },
    omit: { passwordHash: false },
  });
  const sites = await client.siteMember.findMany({
    where: { user: { email } },
    select: { siteId: true },
  });
  return user === null ? null : { ...user, sites };
}

/** Failed sign-ins are counted before there is a viewer. */
export function unsafeFindUsersByEmail(
  client: Client,
  emails: readonly string[],
) {
  return client.user.findMany({
    where: { email: { in: [...emails] } },
    include: { sites: { select: { siteId: true } } },
  });
}

/** Bearer token → session: this is what makes the viewer. */
export function unsafeFindSessionByTokenHash(
  client: Client,
  tokenHash: string,
) {
  return client.session.findUnique({
    where: { tokenHash },
    include: { user: { include: { sites: { select: { siteId: true } } } } },
  });
}

/** Ticket → session of a WebSocket, for the same reason. */
export function unsafeFindSessionById(client: Client, sessionId: string) {
  return client.session.findUnique({
    where: { id: sessionId },
    include: { user: { include: { sites: { select: { siteId: true } } } } },
  });
}

/** Emails are unique over all sites, so the check must look at all. */
export function unsafeFindUserByEmail(client: Client, email: string) {
  return client.user.findUnique({
    where: { email },
    include: { sites: { select: { siteId: true } } },
  });
}

/**
 * "The last admin stays" counts people whom the viewer may not see: of those
 * sites, the ones that have no active admin.
 */
export function unsafeSitesWithoutAdmin(
  client: Client,
  siteIds: readonly string[],
) {
  return client.site.findMany({
    where: {
      id: { in: [...siteIds] },
      members: { none: { user: { role: "ADMIN", isActive: true } } },
    },
    select: { code: true },
    orderBy: { code: "asc" },
  });
}

/** Whose a thing is that was asked for and refused. */
export interface ThingsOwner {
  siteId: string;
  patientId: string | null;
}

/**
 * A refusal is written down for the site and patient of the thing, which the
 * viewer may not see. Nothing of it reaches the answer. The first id that is
 * there counts: the thing comes before what it is to be done with.
 */
export async function unsafeFindOwner(
  client: Client,
  ids: readonly string[],
): Promise<ThingsOwner | null> {
  const rows = await client.$queryRaw<(ThingsOwner & { id: string })[]>`
    /* owner of a refused thing */
    WITH asked AS (SELECT unnest(${[...ids]}::uuid[]) AS "id"),
    owners AS (
      SELECT a."id", p."siteId", p."id" AS "patientId"
        FROM asked a JOIN "Patient" p ON p."id" = a."id"
      UNION ALL SELECT a."id", c."siteId", c."patientId"
        FROM asked a JOIN "Case" c ON c."id" = a."id"
      UNION ALL SELECT a."id", s."siteId", s."patientId"
        FROM asked a JOIN "Study" s ON s."id" = a."id"
      UNION ALL SELECT a."id", i."siteId", s."patientId"
        FROM asked a JOIN "Image" i ON i."id" = a."id"
        JOIN "Study" s ON s."id" = i."studyId"
      UNION ALL SELECT a."id", r."siteId", c."patientId"
        FROM asked a JOIN "Reading" r ON r."id" = a."id"
        JOIN "Case" c ON c."id" = r."caseId"
      UNION ALL SELECT a."id", v."siteId", c."patientId"
        FROM asked a JOIN "ReadingVersion" v ON v."id" = a."id"
        JOIN "Case" c ON c."id" = v."caseId"
      UNION ALL SELECT a."id", d."siteId", NULL
        FROM asked a JOIN "Dataset" d ON d."id" = a."id"
      UNION ALL SELECT a."id", m."siteId", NULL
        FROM asked a JOIN "SiteMember" m ON m."userId" = a."id"
      UNION ALL SELECT a."id", t."id", NULL
        FROM asked a JOIN "Site" t ON t."id" = a."id")
    SELECT "id"::text, "siteId"::text, "patientId"::text FROM owners`;
  const byId = new Map(rows.map(({ id, ...owner }) => [id, owner]));
  const first = ids.find((id) => byId.has(id.toLowerCase()));
  return first === undefined ? null : (byId.get(first.toLowerCase()) ?? null);
}
