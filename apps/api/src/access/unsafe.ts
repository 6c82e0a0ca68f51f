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
