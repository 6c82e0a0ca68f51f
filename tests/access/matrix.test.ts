import type { Role } from "@lung-iris/prisma";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { requirementsOf } from "../../apps/api/src/access/requires.ts";
import { subscriptionCode } from "../testkit/socket.ts";
import { startTestServer } from "../testkit/server.ts";
import type { TestServer } from "../testkit/server.ts";
import { aSite, asNobody, signedInAs } from "../testkit/viewers.ts";
import { OPERATIONS, ROUTES } from "./operations.ts";
import type { Allowed } from "./operations/callers.ts";

const ROLES: readonly Role[] = ["STAFF", "RADIOLOGIST", "ADMIN", "AUDITOR"];
const NOTHING = "00000000-0000-7000-8000-000000000000";

describe("who may do what", () => {
  let server: TestServer;
  let siteId: string;

  beforeAll(async () => {
    server = await startTestServer();
    siteId = (await aSite(server)).id;
  });

  afterAll(() => server.stop());

  it("is written down for every operation of the schema, and for no other", () => {
    expect(Object.keys(OPERATIONS).sort()).toEqual(
      [...requirementsOf(server.api.schema).keys()].sort(),
    );
  });

  const overHttp = Object.entries(OPERATIONS).filter(
    ([name]) => !name.startsWith("Subscription."),
  );

  it.each(ROLES)("holds for %s", async (role) => {
    const viewer = await signedInAs(server, role, [siteId]);
    for (const [name, { document, allowed }] of overHttp) {
      const { code } = await viewer.execute(document);
      if (includes(allowed, role)) {
        expect(code, name).not.toBe("FORBIDDEN");
        expect(code, name).not.toBe("UNAUTHENTICATED");
        expect(code, name).not.toBe("INTERNAL");
        expect(code, name).not.toBe("GRAPHQL_VALIDATION_FAILED");
      } else {
        expect(code, name).toBe("FORBIDDEN");
      }
    }
  });

  it("holds for somebody who is not signed in", async () => {
    for (const [name, { document, allowed }] of overHttp) {
      const { code } = await asNobody(server).execute(document);
      if (allowed === "everybody")
        expect(code, name).not.toBe("UNAUTHENTICATED");
      else expect(code, name).toBe("UNAUTHENTICATED");
    }
  });

  it.each(ROLES)("holds for subscriptions of %s", async (role) => {
    const viewer = await signedInAs(server, role, [siteId]);
    for (const [name, { document, allowed }] of Object.entries(OPERATIONS)) {
      if (!name.startsWith("Subscription.")) continue;
      const code = await subscriptionCode(server, viewer, document, 500);
      if (includes(allowed, role)) expect(code, name).not.toBe("FORBIDDEN");
      else expect(code, name).toBe("FORBIDDEN");
    }
  });

  it.each(ROLES)("holds for the HTTP routes and %s", async (role) => {
    const viewer = await signedInAs(server, role, [siteId]);
    for (const { method, path, allowed } of ROUTES) {
      const { status } = await viewer.fetch(path.replace("ID", NOTHING), {
        method,
        ...(method === "POST" ? { body: new FormData() } : {}),
      });
      if (allowed.includes(role)) expect(status, path).not.toBe(403);
      else expect(status, path).toBe(403);
      expect(status, path).not.toBe(401);
      expect(status, path).toBeLessThan(500);
    }
  });

  it("keeps the HTTP routes closed to whoever is not signed in", async () => {
    for (const { method, path } of ROUTES) {
      const url = `${server.address}${path.replace("ID", NOTHING)}`;
      const response = await fetch(url, {
        method,
        ...(method === "POST" ? { body: new FormData() } : {}),
      });
      expect(response.status, path).toBe(401);
    }
  });
});

function includes(allowed: Allowed, role: Role): boolean {
  return allowed === "everybody" || allowed === "signed-in"
    ? true
    : allowed.includes(role);
}
