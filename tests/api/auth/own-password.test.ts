import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { recordedBy } from "../../testkit/audit-trail.ts";
import { createClient } from "../../testkit/client.ts";
import type { TestClient } from "../../testkit/client.ts";
import { startTestServer } from "../../testkit/server.ts";
import type { TestServer } from "../../testkit/server.ts";
import { aSite, asAdmin, asNobody } from "../../testkit/viewers.ts";
import type { SignedIn } from "../../testkit/viewers.ts";

const SIGN_IN = `mutation ($email: String!, $password: String!) { signIn(email: $email, password: $password) { token } }`;
const CREATE = `mutation ($input: CreateUserInput!) { createUser(input: $input) { id passwordState } }`;
const UPDATE = `mutation ($input: UpdateUserInput!) { updateUser(input: $input) { passwordState } }`;
const CHANGE = `mutation ($currentPassword: String!, $newPassword: String!) { changePassword(currentPassword: $currentPassword, newPassword: $newPassword) }`;
const AGAIN = `mutation ($password: String!) { reauthenticate(password: $password) }`;
const VIEWER = "{ viewer { mustChangePassword permissions } }";
const FIRST = "slow trains at night";
const OWN = "seven lamps in the fog";
const signedIn = z.object({ signIn: z.object({ token: z.string() }) });
const created = z.object({ createUser: z.object({ id: z.string() }) });

describe("a first password", () => {
  let server: TestServer;
  let siteId: string;
  let admin: SignedIn;
  let email: string;
  let userId: string;
  let count = 0;

  beforeAll(async () => {
    server = await startTestServer();
    siteId = (await aSite(server)).id;
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    admin = await asAdmin(server, siteId);
    count += 1;
    email = `new${String(count)}@test.example`;
    const answer = await admin.execute(CREATE, {
      input: {
        email,
        name: `New ${String(count)}`,
        role: "RADIOLOGIST",
        password: FIRST,
        siteIds: [siteId],
      },
    });
    userId = answer.data(created).createUser.id;
  });

  const signIn = (password: string) =>
    asNobody(server).execute(SIGN_IN, { email, password });
  const open = async (password: string): Promise<TestClient> => {
    const { token } = (await signIn(password)).data(signedIn).signIn;
    return createClient(server.address, token);
  };
  const change = (
    who: TestClient,
    currentPassword: string,
    newPassword: string,
  ) => who.execute(CHANGE, { currentPassword, newPassword });

  it("opens one session, in which nothing else is allowed", async () => {
    const person = await open(FIRST);
    expect((await person.execute(VIEWER)).anyData()["viewer"]).toEqual({
      mustChangePassword: true,
      permissions: [],
    });
    for (const document of [
      "{ worklist { edges { cursor } } }",
      "mutation { createSubscriptionTicket { expiresAt } }",
    ])
      (await person.execute(document)).refusedWith("PASSWORD_CHANGE_REQUIRED");
    const film = await person.fetch(
      "/images/00000000-0000-7000-8000-000000000000/original",
    );
    expect(film.status).toBe(403);
    (await signIn(FIRST)).refusedWith("FIRST_PASSWORD_OVER");
  });

  it("is replaced by the owner, which the trail says of the owner", async () => {
    const person = await open(FIRST);
    const { result, events } = await recordedBy(server, () =>
      change(person, FIRST, OWN),
    );
    expect(result.anyData()).toEqual({ changePassword: true });
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({
      type: "user.password-changed",
      actorId: userId,
      details: { wasFirst: true },
    });
    (await person.execute("{ worklist { edges { cursor } } }")).anyData();
    (await signIn(FIRST)).refusedWith("INVALID_CREDENTIALS");
    (await (await open(OWN)).execute(VIEWER)).anyData();
  });

  it("opens one of two sessions that are asked for at once", async () => {
    const answers = await Promise.all([signIn(FIRST), signIn(FIRST)]);
    expect(answers.map(({ code }) => code).toSorted()).toEqual(
      ["FIRST_PASSWORD_OVER", null].toSorted(),
    );
  });

  it("is over after a week", async () => {
    server.clock.forward(7 * 24 * 60 * 60 + 1);
    (await signIn(FIRST)).refusedWith("FIRST_PASSWORD_OVER");
  });

  it("ends what the owner had, and cannot be the admin's own", async () => {
    const person = await open(FIRST);
    (await change(person, FIRST, OWN)).anyData();
    const input = { userId, password: "nine boats on the river" };
    const { result, events } = await recordedBy(server, () =>
      admin.execute(UPDATE, { input }),
    );
    expect(result.anyData()["updateUser"]).toEqual({ passwordState: "FIRST" });
    expect(events[0]).toMatchObject({
      type: "user.updated",
      actorId: admin.userId,
      details: { isPasswordNew: true },
    });
    (await person.execute(VIEWER)).refusedWith("UNAUTHENTICATED");
    const own = { userId: admin.userId, password: "nine boats on the river" };
    (await admin.execute(UPDATE, { input: own })).refusedWith("FORBIDDEN");
  });

  it("needs the one so far, another one, and one that is not guessed", async () => {
    const person = await open(FIRST);
    (await change(person, "not the password", OWN)).refusedWith(
      "INVALID_CREDENTIALS",
    );
    (await change(person, FIRST, FIRST)).refusedWith("BAD_USER_INPUT");
    const weak = (await change(person, FIRST, "Hospital@2026!")).refusedWith(
      "BAD_USER_INPUT",
    );
    expect(weak.extensions).toMatchObject({
      problem: "guessable",
      fields: ["newPassword"],
    });
    (await change(asNobody(server), FIRST, OWN)).refusedWith("UNAUTHENTICATED");
  });

  it("changed by the owner, ends the owner's other sessions only", async () => {
    const person = await open(FIRST);
    (await change(person, FIRST, OWN)).anyData();
    const other = await open(OWN);
    (await change(person, OWN, "nine boats on the river")).anyData();
    (await other.execute(VIEWER)).refusedWith("UNAUTHENTICATED");
    (await person.execute(VIEWER)).anyData();
  });

  it("given again, is counted like a sign-in", async () => {
    const person = await open(FIRST);
    for (let guess = 0; guess < 5; guess++)
      (await person.execute(AGAIN, { password: "no" })).refusedWith(
        "INVALID_CREDENTIALS",
      );
    (await person.execute(AGAIN, { password: FIRST })).refusedWith(
      "SIGN_IN_LOCKED",
    );
    server.clock.forward(31);
    const { result, events } = await recordedBy(server, () =>
      person.execute(AGAIN, { password: FIRST }),
    );
    expect(result.anyData()["reauthenticate"]).toBe(
      new Date(server.clock.now().getTime() + 15 * 60_000).toISOString(),
    );
    expect(events.map(({ type }) => type)).toEqual(["auth.reauthenticated"]);
  });
});
