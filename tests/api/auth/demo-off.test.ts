import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { AuditLog } from "../../../apps/api/src/audit/audit-log.ts";
import {
  closeDemoAccounts,
  openDemoAccounts,
} from "../../../apps/api/src/demo/demo-accounts.ts";
import { DEMO_PASSWORD } from "../../../apps/api/src/demo/demo-login.ts";
import {
  DEMO_USERS,
  seedDemoPeople,
} from "../../../apps/api/src/demo/demo-users.ts";
import { hashPassword } from "../../../apps/api/src/features/passwords/password.ts";
import { recordedBy } from "../../testkit/audit-trail.ts";
import { createClient } from "../../testkit/client.ts";
import type { TestClient } from "../../testkit/client.ts";
import { startTestServer } from "../../testkit/server.ts";
import type { TestServer } from "../../testkit/server.ts";
import { openSocket } from "../../testkit/socket.ts";
import { aSite, asAdmin, asNobody } from "../../testkit/viewers.ts";

const SIGN_IN = `mutation ($email: String!, $password: String!) { signIn(email: $email, password: $password) { token } }`;
const VIEWER = "{ viewer { permissions } }";
const signedIn = z.object({ signIn: z.object({ token: z.string() }) });
const ticketed = z.object({
  createSubscriptionTicket: z.object({ ticket: z.string() }),
});

describe("a data folder that was a demo, served without demo mode", () => {
  let demo: TestServer;
  let real: TestServer;
  let audit: AuditLog;
  const tokens: string[] = [];

  beforeAll(async () => {
    demo = await startTestServer({ config: { isDemo: true } });
    real = await startTestServer({ database: demo });
    audit = new AuditLog(demo.database.client, demo.clock);
    await seedDemoPeople(audit, demo.clock.now());
    for (const { email } of DEMO_USERS) {
      const answer = await signIn(demo, email);
      tokens.push(answer.data(signedIn).signIn.token);
    }
  });

  afterAll(async () => {
    await real.stop();
    await demo.stop();
  });

  const signIn = (server: TestServer, email: string, password?: string) =>
    asNobody(server).execute(SIGN_IN, {
      email,
      password: password ?? DEMO_PASSWORD,
    });
  const onReal = (token: string): TestClient =>
    createClient(real.address, token);

  it("lets none of them in, and says why in the trail", async () => {
    for (const { email } of DEMO_USERS) {
      const { result, events } = await recordedBy(demo, () =>
        signIn(real, email),
      );
      result.refusedWith("INVALID_CREDENTIALS");
      expect(events[0]?.details).toMatchObject({ reason: "demo-off" });
    }
  });

  it("knows none of their sessions, also not those of a ticket", async () => {
    for (const token of tokens) {
      (await createClient(demo.address, token).execute(VIEWER)).anyData();
      (await onReal(token).execute(VIEWER)).refusedWith("UNAUTHENTICATED");
    }
    const [token = ""] = tokens;
    const made = await createClient(demo.address, token).execute(
      "mutation { createSubscriptionTicket { ticket } }",
    );
    const { ticket } = made.data(ticketed).createSubscriptionTicket;
    const socket = openSocket(real, ticket);
    const outcome = await new Promise((resolve) => {
      socket.on("connected", () => resolve("connected"));
      socket.subscribe(
        { query: "subscription { worklistChanged { kind } }" },
        {
          next: () => resolve("told"),
          error: () => resolve("refused"),
          complete: () => resolve("refused"),
        },
      );
    });
    await socket.dispose();
    expect(outcome).toBe("refused");
  });

  it("deactivates them at its start and ends their sessions, once", async () => {
    const { result, events } = await recordedBy(demo, () =>
      closeDemoAccounts(audit, demo.clock),
    );
    expect(result).toHaveLength(DEMO_USERS.length);
    expect(events).toHaveLength(DEMO_USERS.length);
    expect(events[0]).toMatchObject({
      type: "user.updated",
      actorRole: "SYSTEM",
      before: { isActive: true },
      after: { isActive: false },
      details: { reason: "demo-off" },
    });
    expect(await closeDemoAccounts(audit, demo.clock)).toEqual([]);
    // Dead in a demo as well: the sessions ended, not only the look at them.
    for (const token of tokens)
      (await createClient(demo.address, token).execute(VIEWER)).refusedWith(
        "UNAUTHENTICATED",
      );
  });

  it("has them again when it is started as a demo", async () => {
    await closeDemoAccounts(audit, demo.clock);
    expect(await openDemoAccounts(audit)).toHaveLength(DEMO_USERS.length);
    (await signIn(demo, "admin@demo.lung-iris")).data(signedIn);
    expect(await openDemoAccounts(audit)).toEqual([]);
  });

  it("takes the published password from nobody", async () => {
    const siteId = (await aSite(real)).id;
    const admin = await asAdmin(real, siteId);
    const input = {
      email: "new@test.example",
      name: "New",
      role: "STAFF",
      password: DEMO_PASSWORD,
      siteIds: [siteId],
    };
    const refused = await admin.execute(
      `mutation ($input: CreateUserInput!) { createUser(input: $input) { id } }`,
      { input },
    );
    expect(refused.refusedWith("BAD_USER_INPUT").extensions).toMatchObject({
      problem: "published",
    });
    await demo.database.client.user.create({
      data: {
        email: "old@test.example",
        name: "Old",
        role: "STAFF",
        passwordHash: await hashPassword(DEMO_PASSWORD),
        sites: { create: { siteId } },
      },
    });
    (await signIn(real, "old@test.example")).refusedWith("INVALID_CREDENTIALS");
  });
});
