import { afterAll, beforeAll, expect, it } from "vitest";
import {
  KEEP_ENDED_SECONDS,
  purgeSessions,
} from "../../../apps/api/src/features/auth/session-purge.ts";
import { startTestServer } from "../../testkit/server.ts";
import type { TestServer } from "../../testkit/server.ts";
import { aSite, asStaff } from "../../testkit/viewers.ts";

let server: TestServer;

beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

it("deletes sessions a month after their end, with their tickets, and no other", async () => {
  const { client } = server.database;
  const siteId = (await aSite(server)).id;
  const left = await asStaff(server, siteId);
  const idle = await asStaff(server, siteId);
  (await left.execute("mutation { signOut }")).anyData();
  (
    await idle.execute("mutation { createSubscriptionTicket { expiresAt } }")
  ).anyData();
  expect(await purgeSessions(client, server.clock)).toBe(0);

  server.clock.forward(KEEP_ENDED_SECONDS + 60);
  const busy = await asStaff(server, siteId);
  expect(await purgeSessions(client, server.clock)).toBe(1);
  // The idle one ended an hour later, when it had not been seen for so long.
  server.clock.forward(60 * 60);
  (await busy.execute("{ viewer { permissions } }")).refusedWith(
    "UNAUTHENTICATED",
  );
  expect(await purgeSessions(client, server.clock)).toBe(1);
  const rest = await client.session.findMany({ select: { id: true } });
  expect(rest).toEqual([{ id: busy.sessionId }]);
  expect(await client.subscriptionTicket.count()).toBe(0);
});
