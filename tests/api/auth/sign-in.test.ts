import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { hashPassword } from "../../../apps/api/src/features/passwords/password.ts";
import { recordedBy } from "../../testkit/audit-trail.ts";
import { createClient } from "../../testkit/client.ts";
import { startTestServer } from "../../testkit/server.ts";
import type { TestServer } from "../../testkit/server.ts";
import { aSite, asAdmin, asNobody, asStaff } from "../../testkit/viewers.ts";

const SIGN_IN = `mutation ($email: String!, $password: String!) {
  signIn(email: $email, password: $password) { token expiresAt user { id } }
}`;
const VIEWER = `{ viewer { user { id } permissions demoMode sites { id } } }`;
const PASSWORD = "correct horse battery";

const signedIn = z.object({
  signIn: z.object({
    token: z.string(),
    expiresAt: z.string(),
    user: z.object({ id: z.string() }),
  }),
});

describe("signing in", () => {
  let server: TestServer;
  let siteId: string;
  let email: string;
  let userId: string;
  let count = 0;

  beforeAll(async () => {
    server = await startTestServer();
    siteId = (await aSite(server)).id;
  });

  beforeEach(async () => {
    count += 1;
    email = `doctor${String(count)}@test.example`;
    const user = await server.database.client.user.create({
      data: {
        email,
        name: "Doctor",
        role: "RADIOLOGIST",
        passwordHash: await hashPassword(PASSWORD),
        sites: { create: { siteId } },
      },
    });
    userId = user.id;
  });

  afterAll(() => server.stop());

  const signIn = (password: string, as = email) =>
    asNobody(server).execute(SIGN_IN, { email: as, password });

  it("gives a token that opens what the role allows, whatever the case of the address", async () => {
    const { result, events } = await recordedBy(server, () =>
      signIn(PASSWORD, ` ${email.toUpperCase()} `),
    );
    const { token, expiresAt, user } = result.data(signedIn).signIn;
    expect(user.id).toBe(userId);
    expect(expiresAt).toBe("2026-03-02T21:00:00.000Z");
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({
      type: "auth.signed-in",
      actorId: userId,
      siteId,
      details: { method: "password" },
    });
    const answer = await createClient(server.address, token).execute(VIEWER);
    expect(answer.anyData()["viewer"]).toMatchObject({
      user: { id: userId },
      demoMode: false,
      sites: [{ id: siteId }],
    });
  });

  it("stores neither the token nor the password", async () => {
    const { token } = (await signIn(PASSWORD)).data(signedIn).signIn;
    const { client } = server.database;
    const stored = await client.$queryRaw<{ row: string }[]>`
      SELECT row_to_json(t)::text AS row FROM "Session" t
      UNION ALL SELECT row_to_json(t)::text FROM "User" t
      UNION ALL SELECT row_to_json(t)::text FROM "AuditEvent" t`;
    const all = stored.map(({ row }) => row).join("\n");
    expect(all).not.toContain(token);
    expect(all).not.toContain(PASSWORD);
    expect(all).toContain("$argon2id$v=19$m=19456,t=2,p=1$");
    expect(server.logLines.join("\n")).not.toContain(PASSWORD);
  });

  it("answers a wrong password, an unknown address and an inactive user alike", async () => {
    const wrong = (await signIn("not the password")).refusedWith(
      "INVALID_CREDENTIALS",
    );
    const unknown = (await signIn(PASSWORD, "nobody@test.example")).refusedWith(
      "INVALID_CREDENTIALS",
    );
    await server.database.client.user.update({
      where: { id: userId },
      data: { isActive: false },
    });
    const inactive = (await signIn(PASSWORD)).refusedWith(
      "INVALID_CREDENTIALS",
    );
    expect(unknown).toEqual(wrong);
    expect(inactive).toEqual(wrong);
  });

  it("gives a crowd of guesses at once no more tries than one after the other", async () => {
    const guesses = Array.from({ length: 12 }, (_, n) =>
      signIn(`guess number ${String(n)}`),
    );
    const codes = (await Promise.all(guesses)).map(({ code }) => code);
    expect(codes.filter((code) => code === "INVALID_CREDENTIALS")).toHaveLength(
      5,
    );
    expect(codes.filter((code) => code === "SIGN_IN_LOCKED")).toHaveLength(7);
    (await signIn(PASSWORD)).refusedWith("SIGN_IN_LOCKED");
  });

  it("records refusals without the address that was typed", async () => {
    const { events } = await recordedBy(server, () => signIn("wrong one here"));
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({
      type: "auth.sign-in-refused",
      actorId: "ANONYMOUS",
      subjectId: userId,
      details: { reason: "wrong-credentials" },
    });
    expect(JSON.stringify(events)).not.toContain(email);
  });

  it.each(["a user", "nobody"])(
    "makes %s wait after five failures, longer each time, and lets go after the wait",
    async (who) => {
      const as =
        who === "a user" ? email : `ghost${String(count)}@test.example`;
      for (let attempt = 0; attempt < 5; attempt++)
        (await signIn("wrong one here", as)).refusedWith("INVALID_CREDENTIALS");
      const locked = (await signIn(PASSWORD, as)).refusedWith("SIGN_IN_LOCKED");
      expect(locked.extensions["retryAfterSeconds"]).toBe(30);
      server.clock.forward(31);
      (await signIn("wrong one here", as)).refusedWith("INVALID_CREDENTIALS");
      const again = (await signIn(PASSWORD, as)).refusedWith("SIGN_IN_LOCKED");
      expect(again.extensions["retryAfterSeconds"]).toBe(60);
      server.clock.forward(61);
      const last = await signIn(PASSWORD, as);
      if (who === "a user") last.data(signedIn);
      else last.refusedWith("INVALID_CREDENTIALS");
    },
  );

  it("ends a session at sign-out, after an idle hour, and after twelve hours", async () => {
    const open = async () =>
      createClient(
        server.address,
        (await signIn(PASSWORD)).data(signedIn).signIn.token,
      );
    const left = await open();
    (await left.execute(`mutation { signOut }`)).anyData();
    (await left.execute(VIEWER)).refusedWith("UNAUTHENTICATED");

    const idle = await open();
    server.clock.forward(59 * 60);
    (await idle.execute(VIEWER)).anyData();
    server.clock.forward(61 * 60);
    (await idle.execute(VIEWER)).refusedWith("UNAUTHENTICATED");

    const busy = await open();
    for (let hour = 0; hour < 24; hour++) {
      server.clock.forward(29 * 60);
      (await busy.execute(VIEWER)).anyData();
    }
    server.clock.forward(25 * 60);
    (await busy.execute(VIEWER)).refusedWith("UNAUTHENTICATED");
  });

  it("ends the sessions of a user who is deactivated", async () => {
    const admin = await asAdmin(server, siteId);
    const staff = await asStaff(server, siteId);
    (await staff.execute(VIEWER)).anyData();
    const answer = await admin.execute(
      `mutation ($id: ID!) { updateUser(input: { userId: $id, isActive: false }) { isActive } }`,
      { id: staff.userId },
    );
    expect(answer.anyData()["updateUser"]).toEqual({ isActive: false });
    (await staff.execute(VIEWER)).refusedWith("UNAUTHENTICATED");
  });

  it("refuses requests that a foreign page could make a browser send", async () => {
    const response = await fetch(`${server.address}/graphql`, {
      method: "POST",
      headers: { "content-type": "text/plain" },
      body: JSON.stringify({ query: "{ viewer { permissions } }" }),
    });
    expect(response.status).toBeGreaterThanOrEqual(400);
  });

  it("refuses an identity token where no issuer is set up", async () => {
    (
      await asNobody(server).execute(
        `mutation { signInWithIdToken(idToken: "x.y.z") { token } }`,
      )
    ).refusedWith("IDENTITY_TOKEN_INVALID");
  });
});
