import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { aCase } from "../testkit/scenario.ts";
import type { Scenario } from "../testkit/scenario.ts";
import { openSocket, ticketFor } from "../testkit/socket.ts";
import { startTestServer } from "../testkit/server.ts";
import type { TestServer } from "../testkit/server.ts";
import {
  aSite,
  asAdmin,
  asAuditor,
  asRadiologist,
  asStaff,
} from "../testkit/viewers.ts";
import type { SignedIn } from "../testkit/viewers.ts";
import { A_POLICY } from "./operations/callers.ts";

const CLAIM = `mutation ($id: ID!) { claimCase(caseId: $id) { id } }`;
const NOWHERE = "00000000-0000-7000-8000-000000000000";

describe("two hospitals on one desk", () => {
  let server: TestServer;
  let here: string;
  let there: string;
  let ours: Scenario;
  let theirs: Scenario;
  let theirVersionId: string;
  let radiologist: SignedIn;
  let staff: SignedIn;
  let admin: SignedIn;
  let auditor: SignedIn;
  let theirReader: SignedIn;

  beforeAll(async () => {
    server = await startTestServer();
    here = (await aSite(server, "Here")).id;
    there = (await aSite(server, "There")).id;
    radiologist = await asRadiologist(server, here);
    staff = await asStaff(server, here);
    admin = await asAdmin(server, here);
    auditor = await asAuditor(server, here);
    theirReader = await asRadiologist(server, there);
    ours = await aCase(server, here).named("OURS, Olga").assessed(0.7).create();
    theirs = await aCase(server, there)
      .named("THEIRS, Tom")
      .assessed(0.9)
      .create();
    await theirReader.execute(CLAIM, { id: theirs.case.id });
    await theirReader.execute(
      `mutation ($id: ID!) { revealPrediction(caseId: $id) { id } }`,
      { id: theirs.case.id },
    );
    const input = {
      caseId: theirs.case.id,
      caseVersion: 2,
      label: "PNEUMONIA",
      decision: "CONFIRM",
    };
    await theirReader.execute(
      `mutation ($input: SignReadingInput!) { signReading(input: $input) { id } }`,
      { input },
    );
    const version =
      await server.database.client.readingVersion.findFirstOrThrow({
        where: { caseId: theirs.case.id },
      });
    theirVersionId = version.id;
  });

  afterAll(() => server.stop());

  it("shows, counts and finds nothing of the other site", async () => {
    const everything = `{
      worklist(first: 200) { edges { node { id patient { name } } } totalCount }
      worklistSummary { waiting reading }
    }`;
    for (const viewer of [radiologist, staff, admin]) {
      const data = (await viewer.execute(everything)).anyData();
      expect(data).toMatchObject({
        worklist: { totalCount: 1, edges: [{ node: { id: ours.case.id } }] },
        worklistSummary: { waiting: 1, reading: 0 },
      });
    }
    const probes = [
      { siteId: there },
      { search: "theirs" },
      { search: theirs.patient.mrn },
      { claimedById: theirReader.userId },
      { labels: ["PNEUMONIA"] },
    ];
    for (const filter of probes) {
      const answer = await radiologist.execute(
        `query ($filter: WorklistFilter) { worklist(filter: $filter) { totalCount edges { cursor } } }`,
        { filter },
      );
      expect(answer.anyData()["worklist"]).toEqual({
        totalCount: 0,
        edges: [],
      });
    }
  });

  it("reads a row of the other site as one that does not exist", async () => {
    const reads = [
      ["query ($id: ID!) { case(id: $id) { id } }", theirs.case.id],
      ["query ($id: ID!) { patient(id: $id) { id } }", theirs.patient.id],
    ] as const;
    for (const [document, id] of reads) {
      const theirsAnswer = await radiologist.execute(document, { id });
      const nothing = await radiologist.execute(document, { id: NOWHERE });
      expect(theirsAnswer.anyData()).toEqual(nothing.anyData());
    }
  });

  it("refuses to change a row of the other site in the words for one that does not exist", async () => {
    const caseId = theirs.case.id;
    const of = (operation: string): string =>
      `mutation ($id: ID!) { ${operation} { id } }`;
    const writes = [
      [radiologist, of("claimCase(caseId: $id)"), caseId],
      [radiologist, of("releaseCase(caseId: $id)"), caseId],
      [radiologist, of("revealPrediction(caseId: $id)"), caseId],
      [staff, of("assignCase(caseId: $id)"), caseId],
      [staff, of("reassessCase(caseId: $id)"), caseId],
      [
        radiologist,
        of(
          "signReading(input: { caseId: $id, caseVersion: 1, label: NORMAL, decision: CONFIRM })",
        ),
        caseId,
      ],
      [
        radiologist,
        of(
          `amendReading(input: { versionId: $id, label: NORMAL, decision: CONFIRM, amendReason: "x" })`,
        ),
        theirVersionId,
      ],
      [
        staff,
        of(`updateStudyDetails(input: { studyId: $id, description: "x" })`),
        theirs.study.id,
      ],
      [
        admin,
        of(`updateUser(input: { userId: $id, name: "x" })`),
        theirReader.userId,
      ],
      [
        staff,
        "query ($id: ID!) { assignableUsers(siteId: $id) { id } }",
        there,
      ],
      [
        admin,
        "query ($id: ID!) { readerAgreement(siteId: $id) { cases } }",
        there,
      ],
      [
        admin,
        "query ($id: ID!) { groupAgreement(siteId: $id, by: POOL) { cases } }",
        there,
      ],
      [
        admin,
        `query ($id: ID!) { thresholdDesk(siteId: $id, ageGroup: "adult") { cases } }`,
        there,
      ],
      [
        admin,
        `query ($id: ID!) { previewThreshold(siteId: $id, ageGroup: "adult", threshold: 0.4) { moves } }`,
        there,
      ],
      [
        admin,
        "query ($id: ID!) { thresholdProposals(siteId: $id) { edges { cursor } } }",
        there,
      ],
      ...["saveThreshold", "proposeThreshold"].map(
        (name) =>
          [
            admin,
            of(
              `${name}(input: { siteId: $id, ageGroup: "adult", threshold: 0.4, model: "x", baseVersion: 1, reason: "x" })`,
            ),
            there,
          ] as const,
      ),
      [
        admin,
        of(`proposeSingleApproval(siteId: $id, baseVersion: 1, reason: "x")`),
        there,
      ],
      [staff, "query ($id: ID!) { policyReaders(siteId: $id) { id } }", there],
      [
        staff,
        of(`requestSecondReading(caseId: $id, reason: "x")`),
        theirs.case.id,
      ],
      [radiologist, of(`showFirstReading(caseId: $id)`), theirs.case.id],
      [staff, "query ($id: ID!) { sitePolicy(siteId: $id) { id } }", there],
      [
        radiologist,
        "query ($id: ID!) { policyVersions(siteId: $id) { edges { cursor } } }",
        there,
      ],
      [
        admin,
        `query ($id: ID!) { previewPolicy(siteId: $id, document: ${A_POLICY}) { moves } }`,
        there,
      ],
      [
        admin,
        of(
          `savePolicy(input: { siteId: $id, document: ${A_POLICY}, baseVersion: 1, reason: "x" })`,
        ),
        there,
      ],
    ] as const;
    for (const [viewer, document, id] of writes) {
      const refused = (await viewer.execute(document, { id })).refusedWith(
        "NOT_FOUND",
      );
      const nothing = (
        await viewer.execute(document, { id: NOWHERE })
      ).refusedWith("NOT_FOUND");
      expect(refused.message).toBe(nothing.message);
    }
  });

  it("keeps films of the other site closed over HTTP", async () => {
    for (const kind of ["thumbnail", "pixels", "original"]) {
      const of = (id: string) => radiologist.fetch(`/images/${id}/${kind}`);
      const refused = await of(theirs.image.id);
      const nothing = await of(NOWHERE);
      expect(refused.status).toBe(404);
      expect(await refused.json()).toEqual(await nothing.json());
    }
  });

  it("lists no user of the other site alone, and gives nobody a place there", async () => {
    const answer = await admin.execute(
      `query ($search: String) { users(search: $search, first: 200) { edges { node { id } } } }`,
      { search: theirReader.email },
    );
    expect(answer.anyData()["users"]).toEqual({ edges: [] });
    const input = {
      email: "new@test.example",
      name: "New",
      role: "ADMIN",
      password: "a long enough password",
      siteIds: [there],
    };
    (
      await admin.execute(
        `mutation ($input: CreateUserInput!) { createUser(input: $input) { id } }`,
        { input },
      )
    ).refusedWith("NOT_FOUND");
  });

  it("shows auditors nothing of the other site's trail, by whatever filter", async () => {
    const search = `query ($filter: AuditFilter) {
      auditEvents(filter: $filter, first: 200) {
        edges { node { subjectId patientId actorId patientName } } } }`;
    const filters = [
      {},
      { subjectId: theirs.case.id },
      { patientId: theirs.patient.id },
      { patientSearch: "theirs" },
      { actorId: theirReader.userId },
      { types: ["reading.signed", "case.claimed"] },
    ];
    for (const filter of filters) {
      const answer = await auditor.execute(search, { filter });
      const text = JSON.stringify(answer.anyData());
      expect(text).not.toContain(theirs.case.id);
      expect(text).not.toContain(theirs.patient.id);
      expect(text).not.toContain("THEIRS");
    }
  });

  it("tells subscribers of their own site's cases only", async () => {
    const client = openSocket(server, await ticketFor(radiologist));
    const seen: string[] = [];
    const heard = new Promise<void>((resolve) => {
      client.subscribe<{ worklistChanged: { caseId: string } }>(
        { query: "subscription { worklistChanged { caseId case { id } } }" },
        {
          next: ({ data }) => {
            seen.push(data?.worklistChanged.caseId ?? "");
            if (data?.worklistChanged.caseId === ours.case.id) resolve();
          },
          error: () => undefined,
          complete: () => undefined,
        },
      );
    });
    // graphql-ws tells of no moment when the subscription stands.
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const again = await aCase(server, there).create();
    (await theirReader.execute(CLAIM, { id: again.case.id })).anyData();
    (await radiologist.execute(CLAIM, { id: ours.case.id })).anyData();
    await heard;
    await client.dispose();
    expect(seen).toEqual([ours.case.id]);
  });

  it("lets a user without any site see nothing at all", async () => {
    const stray = await asRadiologist(server);
    const answer = await stray.execute(
      `{ worklist { totalCount edges { cursor } } viewer { sites { id } } }`,
    );
    expect(answer.anyData()).toEqual({
      worklist: { totalCount: 0, edges: [] },
      viewer: { sites: [] },
    });
  });
});
