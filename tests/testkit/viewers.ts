import type { Role } from "@lung-iris/prisma";
import type { Clock } from "../../apps/api/src/platform/clock.ts";
import { hashSecret, newSecret } from "../../apps/api/src/platform/ids.ts";
import { createClient } from "./client.ts";
import type { TestClient } from "./client.ts";
import type { TestServer } from "./server.ts";

export interface SignedIn extends TestClient {
  userId: string;
  sessionId: string;
  token: string;
  name: string;
  email: string;
}

/** A test's own server or a whole desk. */
type AnyServer = Pick<TestServer, "database" | "address"> & { clock: Clock };

let made = 0;

/** A site with a code nobody else has. */
export async function aSite(
  server: Pick<TestServer, "database">,
  name = "Test hospital",
) {
  made += 1;
  return server.database.client.site.create({
    data: { code: `S-${String(made)}`, name },
  });
}

/** A user of the role at the sites, with an open session. */
export async function signedInAs(
  server: AnyServer,
  role: Role,
  siteIds: readonly string[],
  name?: string,
): Promise<SignedIn> {
  made += 1;
  const { client } = server.database;
  const now = server.clock.now();
  const email = `${role.toLowerCase()}-${String(made)}@test.example`;
  const user = await client.user.create({
    data: {
      email,
      name: name ?? `${role} ${String(made)}`,
      role,
      createdAt: now,
      sites: { create: siteIds.map((siteId) => ({ siteId })) },
    },
  });
  return openSession(server, user);
}

/** One more session of somebody, as if from another browser. */
export async function openSession(
  server: AnyServer,
  user: { id: string; name: string; email: string },
): Promise<SignedIn> {
  const now = server.clock.now();
  const token = newSecret();
  const session = await server.database.client.session.create({
    data: {
      userId: user.id,
      tokenHash: hashSecret(token),
      createdAt: now,
      lastSeenAt: now,
      provedAt: now,
      expiresAt: new Date(now.getTime() + 12 * 3600_000),
    },
  });
  return {
    ...createClient(server.address, token),
    userId: user.id,
    sessionId: session.id,
    token,
    name: user.name,
    email: user.email,
  };
}

export const asRadiologist = (server: AnyServer, ...siteIds: string[]) =>
  signedInAs(server, "RADIOLOGIST", siteIds);
export const asStaff = (server: AnyServer, ...siteIds: string[]) =>
  signedInAs(server, "STAFF", siteIds);
export const asAdmin = (server: TestServer, ...siteIds: string[]) =>
  signedInAs(server, "ADMIN", siteIds);
export const asAuditor = (server: TestServer, ...siteIds: string[]) =>
  signedInAs(server, "AUDITOR", siteIds);
/** Not signed in. */
export const asNobody = (server: TestServer): TestClient =>
  createClient(server.address);
