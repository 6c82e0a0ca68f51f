import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { recordedBy } from "../../testkit/audit-trail.ts";
import { startTestServer } from "../../testkit/server.ts";
import type { TestServer } from "../../testkit/server.ts";
import {
  aSite,
  asAdmin,
  asNobody,
  asRadiologist,
  asStaff,
} from "../../testkit/viewers.ts";
import type { SignedIn } from "../../testkit/viewers.ts";

const CREATE = `mutation ($input: CreateUserInput!) { createUser(input: $input) { id email sites { id } } }`;
const UPDATE = `mutation ($input: UpdateUserInput!) { updateUser(input: $input) { id role isActive sites { id } } }`;
const SIGN_IN = `mutation ($email: String!, $password: String!) { signIn(email: $email, password: $password) { token } }`;
const USERS = `query ($search: String, $first: Int!, $after: String) {
  users(search: $search, first: $first, after: $after) {
    edges { node { id name viewerCanEdit } } pageInfo { hasNextPage endCursor } } }`;

const created = z.object({
  createUser: z.object({ id: z.string(), email: z.string() }),
});
const listed = z.object({
  users: z.object({
    edges: z.array(z.object({ node: z.object({ name: z.string() }) })),
    pageInfo: z.object({
      hasNextPage: z.boolean(),
      endCursor: z.string().nullable(),
    }),
  }),
});

describe("users", () => {
  let server: TestServer;
  let siteId: string;
  let otherSiteId: string;
  let admin: SignedIn;
  let count = 0;

  beforeAll(async () => {
    server = await startTestServer();
    siteId = (await aSite(server)).id;
    otherSiteId = (await aSite(server)).id;
    admin = await asAdmin(server, siteId);
  });

  afterAll(() => server.stop());

  const person = (more: Record<string, unknown> = {}) => {
    count += 1;
    return {
      email: `person${String(count)}@test.example`,
      name: `Person ${String(count)}`,
      role: "STAFF",
      password: "slow trains at night",
      siteIds: [siteId],
      ...more,
    };
  };

  it("can sign in once they are created, with the address in any case", async () => {
    const input = person({ email: "Mixed.Case@Test.Example" });
    const answer = await admin.execute(CREATE, { input });
    expect(answer.data(created).createUser.email).toBe(
      "mixed.case@test.example",
    );
    (
      await asNobody(server).execute(SIGN_IN, {
        email: "mixed.case@test.example",
        password: input.password,
      })
    ).anyData();
  });

  it.each([
    ["a short password", { password: "short one" }],
    ["a common password", { password: "Password1234" }],
    ["one letter over and over", { password: "aaaaaaaaaaaaaaa" }],
    [
      "the name in the password",
      { name: "Margarete", password: "margarete-1955-x" },
    ],
    ["no address", { email: "nobody" }],
    ["no name", { name: "  " }],
    ["a language without texts", { locale: "xx" }],
    ["no site", { siteIds: [] }],
  ])("are refused with %s", async (_what, more) => {
    (await admin.execute(CREATE, { input: person(more) })).refusedWith(
      "BAD_USER_INPUT",
    );
  });

  it("have an address of their own, also when two admins type it at once", async () => {
    const input = person();
    const answers = await Promise.all([
      admin.execute(CREATE, { input }),
      admin.execute(CREATE, {
        input: { ...input, email: input.email.toUpperCase() },
      }),
    ]);
    expect(answers.map(({ code }) => code).toSorted()).toEqual(
      ["EMAIL_TAKEN", null].toSorted(),
    );
  });

  it("always include an active admin, also when two are demoted at once", async () => {
    const alone = await startTestServer();
    try {
      const site = (await aSite(alone)).id;
      const first = await asAdmin(alone, site);
      const second = await asAdmin(alone, site);
      const answers = await Promise.all([
        first.execute(UPDATE, {
          input: { userId: second.userId, role: "STAFF" },
        }),
        second.execute(UPDATE, {
          input: { userId: first.userId, isActive: false },
        }),
      ]);
      const left = await alone.database.client.user.count({
        where: { role: "ADMIN", isActive: true },
      });
      expect(left).toBe(1);
      expect(answers.filter(({ code }) => code === null)).toHaveLength(1);
      const rest = await alone.database.client.user.findFirstOrThrow({
        where: { role: "ADMIN", isActive: true },
      });
      const last = rest.id === first.userId ? first : second;
      for (const change of [{ role: "AUDITOR" }, { isActive: false }])
        (
          await last.execute(UPDATE, {
            input: { userId: last.userId, ...change },
          })
        ).refusedWith("LAST_ADMIN");
    } finally {
      await alone.stop();
    }
  });

  it("keep the last admin of each site, whoever manages others", async () => {
    const here = (await aSite(server)).id;
    const there = (await aSite(server)).id;
    const both = await asAdmin(server, here, there);
    await asAdmin(server, here);
    const changes = [
      { role: "STAFF" },
      { isActive: false },
      { siteIds: [here] },
    ];
    for (const change of changes) {
      const refused = await both.execute(UPDATE, {
        input: { userId: both.userId, ...change },
      });
      refused.refusedWith("LAST_ADMIN");
    }
    await asAdmin(server, there);
    const input = { userId: both.userId, siteIds: [here] };
    (await both.execute(UPDATE, { input })).anyData();
  });

  it("of another hospital are not named to an admin, and that one hears of it", async () => {
    const stranger = await asStaff(server, otherSiteId);
    const input = person({ email: stranger.email });
    const { result, events } = await recordedBy(server, () =>
      admin.execute(CREATE, { input }),
    );
    result.refusedWith("EMAIL_NOT_AVAILABLE");
    expect(events).toHaveLength(1);
    expect(events[0]).toMatchObject({
      type: "user.create-refused",
      siteId: otherSiteId,
      subjectId: stranger.userId,
      actorId: admin.userId,
    });
    const colleague = await asStaff(server, siteId);
    (
      await admin.execute(CREATE, { input: person({ email: colleague.email }) })
    ).refusedWith("EMAIL_TAKEN");
  });

  it("lose their sessions with their rights, and keep them with a new name", async () => {
    const staff = await asStaff(server, siteId);
    const look = () => staff.execute(`{ viewer { permissions } }`);
    (
      await admin.execute(UPDATE, {
        input: { userId: staff.userId, name: "New name" },
      })
    ).anyData();
    (await look()).anyData();
    (
      await admin.execute(UPDATE, {
        input: { userId: staff.userId, role: "AUDITOR" },
      })
    ).anyData();
    (await look()).refusedWith("UNAUTHENTICATED");
  });

  it("keep their places at sites that the admin does not see", async () => {
    const shared = await asStaff(server, siteId, otherSiteId);
    const answer = await admin.execute(UPDATE, {
      input: { userId: shared.userId, siteIds: [siteId] },
    });
    expect(answer.anyData()["updateUser"]).toMatchObject({
      sites: [{ id: siteId }],
    });
    const members = await server.database.client.siteMember.count({
      where: { userId: shared.userId },
    });
    expect(members).toBe(2);
  });

  it("keep role, password and place while they belong to another admin's site as well", async () => {
    const shared = await asStaff(server, siteId, otherSiteId);
    for (const change of [
      { role: "ADMIN" },
      { grade: "JUNIOR" },
      { password: "three horses on a hill" },
      { isActive: false },
    ])
      (
        await admin.execute(UPDATE, {
          input: { userId: shared.userId, ...change },
        })
      ).refusedWith("FORBIDDEN");
    const both = await asAdmin(server, siteId, otherSiteId);
    const input = { userId: shared.userId, role: "AUDITOR" };
    (await both.execute(UPDATE, { input })).anyData();
  });

  it("are seniors until an admin says otherwise, which ends their sessions", async () => {
    const reader = await asRadiologist(server, siteId);
    const { client } = server.database;
    const gradeOf = async () =>
      (await client.user.findUniqueOrThrow({ where: { id: reader.userId } }))
        .grade;
    expect(await gradeOf()).toBe("SENIOR");
    const input = { userId: reader.userId, grade: "JUNIOR" };
    const staff = await asStaff(server, siteId);
    for (const who of [staff, reader])
      (await who.execute(UPDATE, { input })).refusedWith("FORBIDDEN");
    const { events } = await recordedBy(server, async () =>
      (await admin.execute(UPDATE, { input })).anyData(),
    );
    expect(events).toMatchObject([
      {
        type: "user.updated",
        subjectId: reader.userId,
        before: { grade: "SENIOR" },
        after: { grade: "JUNIOR" },
      },
    ]);
    expect(await gradeOf()).toBe("JUNIOR");
    (await reader.execute("{ viewer { permissions } }")).refusedWith(
      "UNAUTHENTICATED",
    );
  });

  it("are listed by name over pages, and found by name and address", async () => {
    for (const name of ["Zoe Adams", "adam Zorn", "Ádám Kis"])
      (await admin.execute(CREATE, { input: person({ name }) })).anyData();
    const names: string[] = [];
    let after: string | null = null;
    do {
      const variables: Record<string, unknown> = { first: 3, after };
      const { users } = (await admin.execute(USERS, variables)).data(listed);
      names.push(...users.edges.map(({ node }) => node.name));
      after = users.pageInfo.hasNextPage ? users.pageInfo.endCursor : null;
    } while (after !== null);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toEqual(expect.arrayContaining(["Zoe Adams", "adam Zorn"]));
    const found = await admin.execute(USERS, { search: "ADAM", first: 10 });
    expect(
      found
        .data(listed)
        .users.edges.map(({ node }) => node.name)
        .toSorted(),
    ).toEqual(["Zoe Adams", "adam Zorn"]);
  });

  it("speak the language that they chose", async () => {
    const staff = await asStaff(server, siteId);
    const set = (locale: string) =>
      staff.execute(
        `mutation ($locale: String!) { setLocale(locale: $locale) { locale } }`,
        { locale },
      );
    expect((await set("vi")).anyData()["setLocale"]).toEqual({ locale: "vi" });
    (await set("de")).refusedWith("BAD_USER_INPUT");
  });
});
