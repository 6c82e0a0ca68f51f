import pg from "pg";
import {
  afterAll,
  beforeAll,
  beforeEach,
  describe,
  expect,
  it,
  vi,
} from "vitest";
import { z } from "zod";
import { hashPassword } from "../../../apps/api/src/features/passwords/password.ts";
import { recordedBy } from "../../testkit/audit-trail.ts";
import { createClient } from "../../testkit/client.ts";
import { startTestServer } from "../../testkit/server.ts";
import type { TestServer } from "../../testkit/server.ts";
import { aSite, asAdmin, asNobody, asStaff } from "../../testkit/viewers.ts";

const SIGN_IN = `mutation ($email: String!, $password: String!, $deviceToken: String) {
  signIn(email: $email, password: $password, deviceToken: $deviceToken) { token deviceToken }
}`;
const PASSWORD = "correct horse battery";
const signedIn = z.object({
  signIn: z.object({ token: z.string(), deviceToken: z.string().nullable() }),
});

describe("guessing passwords", () => {
  let server: TestServer;
  let second: TestServer;
  let siteId: string;
  let email: string;
  let userId: string;
  let count = 0;

  beforeAll(async () => {
    // Addresses are told by a proxy that the settings name.
    server = await startTestServer({ config: { trustProxy: "loopback" } });
    second = await startTestServer({
      database: server,
      config: { trustProxy: "loopback" },
    });
    siteId = (await aSite(server)).id;
  });
  afterAll(async () => {
    await second.stop();
    await server.stop();
  });
  beforeEach(async () => {
    // The two processes have one clock, and a day later all is forgotten.
    server.clock.forward(24 * 60 * 60);
    const ahead = server.clock.now().getTime() - second.clock.now().getTime();
    second.clock.forward(ahead / 1000);
    await server.api.composition.refusedAttempts.flush();
    count += 1;
    email = `target${String(count)}@test.example`;
    const user = await server.database.client.user.create({
      data: {
        email,
        name: "Target",
        role: "RADIOLOGIST",
        passwordHash: await hashPassword(PASSWORD),
        sites: { create: { siteId } },
      },
    });
    userId = user.id;
  });

  interface Try {
    password?: string;
    as?: string;
    from?: string;
    device?: string;
    at?: TestServer;
  }
  const attempt = (given: Try) =>
    asNobody(given.at ?? server).execute(
      SIGN_IN,
      {
        email: given.as ?? email,
        password: given.password ?? "not the password",
        deviceToken: given.device ?? null,
      },
      { "x-forwarded-for": given.from ?? "203.0.113.1" },
    );
  const lockOut = async (from: string) => {
    for (let guess = 0; guess < 5; guess++)
      (await attempt({ from })).refusedWith("INVALID_CREDENTIALS");
    (await attempt({ from })).refusedWith("SIGN_IN_LOCKED");
  };

  it("locks out whoever guesses, not the owner somewhere else", async () => {
    await lockOut("203.0.113.1");
    (await attempt({ password: PASSWORD })).refusedWith("SIGN_IN_LOCKED");
    const owner = { password: PASSWORD, from: "198.51.100.9" };
    (await attempt(owner)).data(signedIn);
  });

  it("lets the owner's browser through where the guesser sits as well", async () => {
    const first = await attempt({ password: PASSWORD, device: "" });
    const { deviceToken } = first.data(signedIn).signIn;
    await lockOut("203.0.113.1");
    const device = deviceToken ?? "";
    (await attempt({ password: PASSWORD, device })).data(signedIn);
    // The token is good for its own account only, and guesses with it count.
    const other = await asStaff(server, siteId);
    (await attempt({ as: other.email, device })).refusedWith(
      "INVALID_CREDENTIALS",
    );
    for (let guess = 0; guess < 5; guess++)
      (await attempt({ device })).refusedWith("INVALID_CREDENTIALS");
    (await attempt({ device })).refusedWith("SIGN_IN_LOCKED");
  });

  it("forgets guesses little by little", async () => {
    await lockOut("203.0.113.1");
    server.clock.forward(25 * 60);
    // Two and a half of five are forgotten: two more are free, not five.
    for (let guess = 0; guess < 2; guess++)
      (await attempt({})).refusedWith("INVALID_CREDENTIALS");
    (await attempt({})).refusedWith("SIGN_IN_LOCKED");
    server.clock.forward(24 * 60 * 60);
    await lockOut("203.0.113.1");
  });

  it("counts one place over all accounts, and over all API processes", async () => {
    const guess = (n: number) =>
      attempt({
        as: `ghost${String(n)}@test.example`,
        from: "203.0.113.77",
        at: n % 2 === 0 ? server : second,
      });
    const answers = await Promise.all(
      Array.from({ length: 60 }, (_, n) => guess(n)),
    );
    const codes = answers.map(({ code }) => code);
    expect(codes.filter((code) => code === "INVALID_CREDENTIALS")).toHaveLength(
      30,
    );
    expect(codes.filter((code) => code === "SIGN_IN_LOCKED")).toHaveLength(30);
    (await attempt({ password: PASSWORD, from: "198.51.100.9" })).data(
      signedIn,
    );
  });

  it("counts one account over all places", async () => {
    const answers = [];
    for (let n = 0; n < 50; n++)
      answers.push(await attempt({ from: `198.51.100.${String(n)}` }));
    const codes = answers.map(({ code }) => code);
    expect(codes.filter((code) => code === "INVALID_CREDENTIALS")).toHaveLength(
      40,
    );
  });

  it("counts strangers altogether", async () => {
    await server.database.client.attemptLimit.update({
      where: { kind_key: { kind: "everybody", key: "" } },
      data: { level: 199, countedAt: server.clock.now(), blockedUntil: null },
    });
    (await attempt({})).refusedWith("INVALID_CREDENTIALS");
    const refused = (await attempt({ from: "192.0.2.5" })).refusedWith(
      "SIGN_IN_LOCKED",
    );
    expect(refused.extensions["retryAfterSeconds"]).toBe(5);
    server.clock.forward(60);
    (await attempt({ password: PASSWORD })).data(signedIn);
  });

  it("stands in the trail as one event a minute, and is told to user and admin", async () => {
    await lockOut("203.0.113.1");
    const { events } = await recordedBy(server, async () => {
      for (let guess = 0; guess < 100; guess++)
        (await attempt({})).refusedWith("SIGN_IN_LOCKED");
      await server.api.composition.refusedAttempts.flush();
    });
    // One a minute; a slow machine may see a second one.
    expect([1, 2]).toContain(events.length);
    for (const event of events)
      expect(event).toMatchObject({
        type: "auth.attempts-refused",
        subjectId: userId,
        siteId,
        details: { reason: "too-many-of-account", sources: ["203.0.113.1"] },
      });
    const total = events.reduce(
      (sum, { details }) => sum + Number(details["count"]),
      0,
    );
    expect(total).toBe(101);
    const admin = await asAdmin(server, siteId);
    const seen = await admin.execute(
      `query ($email: String!) { users(search: $email) { edges { node { failedSignIns lastFailedSignInAt } } } }`,
      { email },
    );
    expect(JSON.stringify(seen.anyData())).toContain('"failedSignIns":106');
    const answer = await attempt({ password: PASSWORD, from: "198.51.100.9" });
    const { token } = answer.data(signedIn).signIn;
    const told = await createClient(server.address, token).execute(
      "{ viewer { failuresBefore { count lastAt } user { failedSignIns } } }",
    );
    expect(told.anyData()["viewer"]).toEqual({
      failuresBefore: {
        count: 106,
        lastAt: server.clock.now().toISOString(),
      },
      user: { failedSignIns: null },
    });
  });

  it("ends with a new password from an admin", async () => {
    await lockOut("203.0.113.1");
    const admin = await asAdmin(server, siteId);
    (
      await admin.execute(
        `mutation ($input: UpdateUserInput!) { updateUser(input: $input) { id } }`,
        { input: { userId, password: "slow trains at night" } },
      )
    ).anyData();
    (await attempt({ password: "slow trains at night" })).data(signedIn);
  });

  it("costs the same statements whether the address exists", async () => {
    const statements = async (as: string, from: string): Promise<number> => {
      const sent = vi.spyOn(pg.Client.prototype, "query");
      try {
        (await attempt({ as, from })).refusedWith("INVALID_CREDENTIALS");
        return sent.mock.calls.length;
      } finally {
        sent.mockRestore();
      }
    };
    const known = await statements(email, "192.0.2.1");
    expect(await statements("nobody@test.example", "192.0.2.2")).toBe(known);
  });
});
