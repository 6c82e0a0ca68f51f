import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recordedBy } from "../testkit/audit-trail.ts";
import type { RecordedEvent } from "../testkit/audit-trail.ts";
import { aCase } from "../testkit/scenario.ts";
import type { Scenario } from "../testkit/scenario.ts";
import { startTestServer } from "../testkit/server.ts";
import type { TestServer } from "../testkit/server.ts";
import { openSocket, subscriptionCode } from "../testkit/socket.ts";
import {
  aSite,
  asAdmin,
  asAuditor,
  asNobody,
  asRadiologist,
  asStaff,
} from "../testkit/viewers.ts";
import type { SignedIn } from "../testkit/viewers.ts";

describe("refused access", () => {
  let server: TestServer;
  let here: string;
  let there: string;
  let foreign: Scenario;
  let datasetId: string;

  beforeAll(async () => {
    server = await startTestServer();
    here = (await aSite(server)).id;
    there = (await aSite(server)).id;
    foreign = await aCase(server, there).assessed(0.9).create();
    const dataset = await server.database.client.dataset.create({
      data: {
        siteId: there,
        name: "Theirs",
        filter: {},
        createdById: (await asAdmin(server, there)).userId,
      },
    });
    datasetId = dataset.id;
  });

  afterAll(() => server.stop());

  /** The refusals that stand in the trail after `act`, and nothing else does. */
  async function refusals(
    act: () => Promise<unknown>,
  ): Promise<RecordedEvent[]> {
    const { events } = await recordedBy(server, act);
    return events.filter(({ type }) => type === "access.refused");
  }

  function expectForeign(
    events: readonly RecordedEvent[],
    viewer: SignedIn,
    details: Record<string, unknown>,
    asked: Record<string, string>,
  ): void {
    const [theirs, ours] = events;
    expect(events).toHaveLength(2);
    expect(theirs).toMatchObject({
      actorId: viewer.userId,
      siteId: there,
      patientId: foreign.patient.id,
      subjectId: Object.values(asked)[0],
      details: { ...details, reason: "another-site", asked },
    });
    // Our own auditors learn no more than the viewer was told.
    expect(ours).toMatchObject({
      actorId: viewer.userId,
      siteId: here,
      subjectId: details["operation"],
      patientId: null,
      details: { ...details, reason: "not-there" },
    });
    expect(ours?.details["asked"]).toEqual({});
  }

  it("is recorded for an operation without the permission", async () => {
    const staff = await asStaff(server, here);
    const events = await refusals(async () => {
      const answer = await staff.execute(
        `{ auditEvents { edges { node { id } } } }`,
      );
      answer.refusedWith("FORBIDDEN");
    });
    expect(events).toMatchObject([
      {
        actorId: staff.userId,
        siteId: here,
        patientId: null,
        details: {
          operation: "query auditEvents",
          reason: "no-permission",
          permission: "audit:read",
        },
      },
    ]);
  });

  it.each([
    ["case", () => foreign.case.id],
    ["patient", () => foreign.patient.id],
  ])(
    "is recorded for another site's %s, answered as null",
    async (field, id) => {
      const reader = await asRadiologist(server, here);
      const document = `query ($it: ID!) { shown: ${field}(id: $it) { id } }`;
      const events = await refusals(async () => {
        const answer = await reader.execute(document, { it: id() });
        expect(answer.anyData()).toEqual({ shown: null });
      });
      const operation = `query ${field}`;
      expectForeign(events, reader, { operation }, { id: id() });
    },
  );

  it("is recorded for a change to another site's case", async () => {
    const reader = await asRadiologist(server, here);
    const events = await refusals(async () => {
      const answer = await reader.execute(
        `mutation ($id: ID!) { ...hidden } fragment hidden on Mutation { claimCase(caseId: $id) { id } }`,
        { id: foreign.case.id },
      );
      answer.refusedWith("NOT_FOUND");
    });
    expectForeign(
      events,
      reader,
      { operation: "mutation claimCase", what: "case" },
      { caseId: foreign.case.id },
    );
  });

  it("is recorded for an id that nobody has", async () => {
    const reader = await asRadiologist(server, here);
    const id = "00000000-0000-7000-8000-000000000000";
    const events = await refusals(() =>
      reader.execute(`{ case(id: "${id}") { id } }`),
    );
    expect(events).toMatchObject([
      { siteId: here, details: { reason: "not-there", asked: {} } },
    ]);
  });

  it("is recorded for an upload without the right, and to another site", async () => {
    const auditor = await asAuditor(server, here);
    const upload = (viewer: SignedIn, siteId: string) => async () => {
      const body = new FormData();
      body.append("siteId", siteId);
      body.append("film", new Blob(["not read"]), "film.png");
      const { ok } = await viewer.fetch("/upload", { method: "POST", body });
      expect(ok).toBe(false);
    };
    expect(await refusals(upload(auditor, here))).toMatchObject([
      {
        actorId: auditor.userId,
        siteId: here,
        details: { operation: "POST /upload", permission: "study:upload" },
      },
    ]);
    const staff = await asStaff(server, here);
    expect(await refusals(upload(staff, there))).toMatchObject([
      { actorId: staff.userId, siteId: there, details: { what: "site" } },
      { actorId: staff.userId, siteId: here },
    ]);
  });

  it.each(["thumbnail", "pixels", "original"])(
    "is recorded for a film's %s without the right, and of another site",
    async (picture) => {
      const path = `/images/${foreign.image.id}/${picture}`;
      const auditor = await asAuditor(server, there);
      expect(
        await refusals(async () => {
          expect((await auditor.fetch(path)).status).toBe(403);
        }),
      ).toMatchObject([
        {
          siteId: there,
          patientId: foreign.patient.id,
          details: {
            operation: `GET /images/:id/${picture}`,
            reason: "no-permission",
            permission: "image:read",
            asked: { id: foreign.image.id },
          },
        },
      ]);
      const reader = await asRadiologist(server, here);
      const events = await refusals(async () => {
        expect((await reader.fetch(path)).status).toBe(404);
      });
      expectForeign(
        events,
        reader,
        { operation: `GET /images/:id/${picture}`, what: "film" },
        { id: foreign.image.id },
      );
    },
  );

  it("is recorded for an export without the right, and of another site", async () => {
    const path = `/datasets/${datasetId}/download`;
    const staff = await asStaff(server, there);
    expect(await refusals(() => staff.fetch(path))).toMatchObject([
      { siteId: there, details: { permission: "dataset:read" } },
    ]);
    const admin = await asAdmin(server, here);
    expect(await refusals(() => admin.fetch(path))).toMatchObject([
      { siteId: there, details: { reason: "another-site" } },
      { siteId: here, details: { reason: "not-there" } },
    ]);
  });

  it("is recorded for copies of the trail, without what was searched for", async () => {
    const staff = await asStaff(server, here);
    const events = await refusals(async () => {
      await staff.fetch("/audit/events/eyJwYXRpZW50U2VhcmNoIjoieCJ9.csv");
    });
    expect(events).toMatchObject([
      { details: { operation: "GET /audit/events/:id", asked: {} } },
    ]);
  });

  it("is recorded for a subscription, and for a ticket that opens nothing", async () => {
    const auditor = await asAuditor(server, here);
    const document = `subscription { worklistChanged { kind } }`;
    const events = await refusals(async () => {
      const code = await subscriptionCode(server, auditor, document, 2_000);
      expect(code).toBe("FORBIDDEN");
    });
    expect(events).toMatchObject([
      {
        actorId: auditor.userId,
        details: {
          operation: "subscription worklistChanged",
          reason: "no-permission",
        },
      },
    ]);
    const withoutTicket = await refusals(
      () =>
        new Promise<void>((resolve) => {
          const client = openSocket(server, "no-such-ticket-no-such-ticket");
          const done = () => {
            resolve();
            void client.dispose();
          };
          client.subscribe(
            { query: document },
            { next: done, error: done, complete: done },
          );
        }),
    );
    expect(withoutTicket).toMatchObject([
      {
        actorId: "ANONYMOUS",
        details: { operation: "subscription ticket", reason: "not-signed-in" },
      },
    ]);
  });

  it("is recorded for somebody who would change roles", async () => {
    const staff = await asStaff(server, here);
    const document = `mutation ($id: ID!, $role: Role!) {
      updateUser(input: { userId: $id, role: $role }) { id } }`;
    const tried = { id: staff.userId, role: "ADMIN" };
    expect(await refusals(() => staff.execute(document, tried))).toMatchObject([
      {
        actorId: staff.userId,
        details: {
          operation: "mutation updateUser",
          permission: "user:manage",
          asked: { "input.userId": staff.userId },
        },
      },
    ]);
    const admin = await asAdmin(server, there);
    expect(await refusals(() => admin.execute(document, tried))).toMatchObject([
      {
        actorId: admin.userId,
        siteId: here,
        details: { reason: "another-site", what: "user" },
      },
      { siteId: there, details: { reason: "not-there" } },
    ]);
  });

  it("is recorded for whoever is not signed in", async () => {
    const events = await refusals(() =>
      asNobody(server).execute(`{ worklist { edges { node { id } } } }`),
    );
    expect(events).toMatchObject([
      { actorId: "ANONYMOUS", details: { reason: "not-signed-in" } },
    ]);
  });

  it("is not what a state refuses, nor what is given", async () => {
    const own = await aCase(server, here).create();
    const reader = await asRadiologist(server, here);
    expect(
      await refusals(async () => {
        const id = { id: own.case.id };
        await reader.execute(`query ($id: ID!) { case(id: $id) { id } }`, id);
        (
          await reader.execute(
            `mutation ($id: ID!) { releaseCase(caseId: $id) { id } }`,
            id,
          )
        ).refusedWith("CASE_NOT_CLAIMED");
      }),
    ).toEqual([]);
  });

  it("stays out of the case's history", async () => {
    const reader = await asRadiologist(server, there);
    const answer = await reader.execute(
      `query ($id: ID!) { case(id: $id) { history { edges { node { type } } } } }`,
      { id: foreign.case.id },
    );
    expect(JSON.stringify(answer.anyData())).not.toContain("access.");
  });

  it("of a thousand tries in a burst is a few events and a count", async () => {
    const staff = await asStaff(server, here);
    await server.api.composition.refusedAccess.flush();
    const { events } = await recordedBy(server, async () => {
      for (let wave = 0; wave < 20; wave++) {
        const tries = Array.from({ length: 50 }, () =>
          staff.execute(`{ auditEvents { edges { node { id } } } }`),
        );
        for (const answer of await Promise.all(tries))
          answer.refusedWith("FORBIDDEN");
      }
      await server.api.composition.refusedAccess.flush();
    });
    const counted = events.filter(
      ({ type }) => type === "access.refusals-counted",
    );
    expect(events.length).toBeLessThanOrEqual(11);
    expect(counted).toMatchObject([
      {
        actorId: staff.userId,
        siteId: here,
        subjectId: staff.sessionId,
        details: {
          count: 1_000 - (events.length - 1),
          reasons: { "no-permission": 1_000 - (events.length - 1) },
          operations: ["query auditEvents"],
        },
      },
    ]);
  });
});
