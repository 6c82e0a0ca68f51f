import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { signedFilms } from "../api/datasets/signed-films.ts";
import { startTestServer } from "../testkit/server.ts";
import type { TestServer } from "../testkit/server.ts";
import { openSocket, ticketFor } from "../testkit/socket.ts";
import {
  aSite,
  asAdmin,
  asAuditor,
  asRadiologist,
  asStaff,
} from "../testkit/viewers.ts";
import type { SignedIn } from "../testkit/viewers.ts";
import { startTestWorker, until } from "../testkit/worker.ts";
import type { TestWorker } from "../testkit/worker.ts";

const found = z.object({
  auditEvents: z.object({
    edges: z.array(
      z.object({ node: z.object({ type: z.string(), actorId: z.string() }) }),
    ),
  }),
});

describe("who looked at this patient", () => {
  let server: TestServer;
  let worker: TestWorker;
  let siteId: string;
  let auditor: SignedIn;
  let patientId: string;
  let caseId: string;
  let imageId: string;
  let exportPath: string;
  let exporter: SignedIn;

  beforeAll(async () => {
    server = await startTestServer({ films: true });
    worker = await startTestWorker(server);
    siteId = (await aSite(server)).id;
    auditor = await asAuditor(server, siteId);
    const reader = await asRadiologist(server, siteId);
    const [film] = await signedFilms(server, siteId, reader);
    if (film === undefined) throw new Error("no film");
    ({ caseId, imageId } = film);
    const row = await server.database.client.case.findUniqueOrThrow({
      where: { id: caseId },
    });
    patientId = row.patientId;
    exporter = await asAdmin(server, siteId);
    exportPath = await exported(exporter);
  });

  afterAll(async () => {
    await worker.stop();
    await server.stop();
  });

  async function exported(admin: SignedIn): Promise<string> {
    const document = `mutation ($filter: DatasetFilter!) {
      createDataset(name: "All", filter: $filter) { id } }`;
    const made = await admin.execute(document, { filter: { siteId } });
    const { id } = made.data(
      z.object({ createDataset: z.object({ id: z.string() }) }),
    ).createDataset;
    await until(async () => {
      const dataset = await server.database.client.dataset.findUniqueOrThrow({
        where: { id },
      });
      return dataset.state === "READY";
    }, "the export does not end");
    return `/datasets/${id}/download`;
  }

  /** What a search of the trail for the patient finds of somebody. */
  async function looksOf(
    viewer: SignedIn,
    filter: Record<string, unknown> = { patientId },
  ): Promise<string[]> {
    const answer = await auditor.execute(
      `query ($filter: AuditFilter) { auditEvents(filter: $filter, first: 200) {
        edges { node { type actorId } } } }`,
      { filter },
    );
    return answer
      .data(found)
      .auditEvents.edges.map(({ node }) => node)
      .filter(({ actorId }) => actorId === viewer.userId)
      .map(({ type }) => type);
  }

  const asks =
    (document: string) =>
    async (viewer: SignedIn): Promise<void> => {
      const variables = Object.fromEntries(
        Object.entries({ caseId, patientId }).filter(([name]) =>
          document.includes(`$${name}`),
        ),
      );
      const declared = Object.keys(variables).map((name) => `$${name}: ID!`);
      const head = declared.length === 0 ? "" : `(${declared.join(", ")})`;
      (await viewer.execute(`query ${head} ${document}`, variables)).anyData();
    };
  const fetches =
    (path: () => string) =>
    async (viewer: SignedIn): Promise<void> => {
      const response = await viewer.fetch(path());
      expect(response.status).toBe(200);
      await response.arrayBuffer();
    };

  it.each([
    ["the case", asks(`{ case(id: $caseId) { id } }`)],
    ["the patient", asks(`{ patient(id: $patientId) { id } }`)],
    ["a page of the worklist", asks(`{ worklist { edges { node { id } } } }`)],
    [
      "a search for the name",
      asks(
        `{ worklist(filter: { search: "geheim" }) { edges { node { id } } } }`,
      ),
    ],
    [
      "the history",
      asks(`{ case(id: $caseId) { history { edges { node { type } } } } }`),
    ],
    ["the readings", asks(`{ case(id: $caseId) { readings { id opinion } } }`)],
    [
      "what lies below a page",
      asks(`{ worklist { edges { node { study { images { id } } } } } }`),
    ],
    ["the thumbnail", fetches(() => `/images/${imageId}/thumbnail`)],
    [
      "the film as the viewer shows it",
      fetches(() => `/images/${imageId}/pixels`),
    ],
    [
      "the film that the case opens with",
      fetches(() => `/cases/${caseId}/film`),
    ],
    ["the file as it came", fetches(() => `/images/${imageId}/original`)],
  ])("finds whoever opened %s", async (_way, look) => {
    const viewer = await asRadiologist(server, siteId);
    expect(await looksOf(viewer)).toEqual([]);
    await look(viewer);
    expect(await looksOf(viewer)).not.toEqual([]);
  });

  it("finds whoever searched the trail, and not by a page without the patient", async () => {
    const other = await asAuditor(server, siteId);
    (
      await other.execute(
        `{ auditEvents(filter: { types: ["auth.signed-in"] }) { edges { node { id } } } }`,
      )
    ).anyData();
    expect(await looksOf(other)).toEqual([]);
    await asks(
      `{ auditEvents(filter: { types: ["case.arrived"] }) { edges { node { id } } } }`,
    )(other);
    expect(await looksOf(other)).toEqual(["audit.searched"]);
  });

  it("finds whoever asked for an export with the film, and took it out", async () => {
    expect(await looksOf(exporter)).toContain("dataset.created");
    const other = await asAdmin(server, siteId);
    await fetches(() => exportPath)(other);
    expect(await looksOf(other)).toEqual(["dataset.downloaded"]);
  });

  it("finds whoever had the row pushed to an open worklist", async () => {
    const viewer = await asStaff(server, siteId);
    const client = openSocket(server, await ticketFor(viewer));
    const told = new Promise<void>((resolve) => {
      client.subscribe(
        { query: `subscription { worklistChanged { case { id } } }` },
        {
          next: () => resolve(),
          error: () => undefined,
          complete: () => undefined,
        },
      );
    });
    // graphql-ws tells of no moment when the subscription stands.
    const notice = { topic: "case", kind: "CHANGED", caseId, siteId };
    const nudge = setInterval(() => {
      void Promise.resolve(
        server.database.client.$queryRaw`
          SELECT pg_notify('lung_iris', ${JSON.stringify(notice)})::text`,
      );
    }, 200);
    await told;
    clearInterval(nudge);
    await client.dispose();
    expect(await looksOf(viewer)).toContain("worklist.viewed");
  });

  it("finds whoever changed something", async () => {
    const staff = await asStaff(server, siteId);
    const study = await server.database.client.study.findFirstOrThrow({
      where: { patientId },
    });
    (
      await staff.execute(
        `mutation ($id: ID!) { updateStudyDetails(input: { studyId: $id }) { id } }`,
        { id: study.id },
      )
    ).anyData();
    expect(await looksOf(staff)).not.toEqual([]);
  });

  it("finds pages that a former release recorded by cases", async () => {
    const viewer = await asRadiologist(server, siteId);
    const content = JSON.stringify({
      details: { caseIds: ["00000000-0000-7000-8000-000000000000", caseId] },
    });
    await server.database.client.$executeRaw`
      INSERT INTO "AuditEvent" ("seq", "at", "type", "actorId", "actorName",
        "actorRole", "siteId", "subjectType", "subjectId", "patientId",
        "content", "previousHash", "hash")
      VALUES (0, now(), 'worklist.viewed', ${viewer.userId}, ${viewer.name},
        'RADIOLOGIST', ${siteId}::uuid, 'worklist', ${siteId}, NULL,
        ${content}, '', '')`;
    expect(await looksOf(viewer)).toEqual(["worklist.viewed"]);
  });

  it("does not find a list of other patients", async () => {
    const viewer = await asRadiologist(server, siteId);
    await asks(
      `{ worklist(filter: { search: "verborgen" }) { edges { node { id } } } }`,
    )(viewer);
    expect(await looksOf(viewer)).toEqual([]);
    expect(await looksOf(viewer, { patientSearch: "verborgen" })).toEqual([
      "worklist.viewed",
    ]);
  });
});
