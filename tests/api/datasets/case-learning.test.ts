import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recordedBy } from "../../testkit/audit-trail.ts";
import { aCase } from "../../testkit/scenario.ts";
import { startTestServer, type TestServer } from "../../testkit/server.ts";
import {
  aSite,
  asAdmin,
  asRadiologist,
  asStaff,
  type SignedIn,
} from "../../testkit/viewers.ts";
import { aCaseOfSplit } from "../../testkit/training.ts";
import { CLAIM, SIGN } from "../readings/reading-documents.ts";

const AMEND = `mutation ($input: AmendReadingInput!) { amendReading(input: $input) { id } }`;
const LEARNING = `query ($id: ID!) { caseLearning(caseId: $id) {
  split labels { version label grade readerName regionCount since until }
} }`;

describe("what is learnt from a case", () => {
  let server: TestServer;
  let admin: SignedIn;
  let reader: SignedIn;
  let siteId: string;
  let caseId: string;

  beforeAll(async () => {
    server = await startTestServer();
    siteId = (await aSite(server)).id;
    admin = await asAdmin(server, siteId);
    reader = await asRadiologist(server, siteId);
    const made = await aCase(server, siteId).notAssessed("lateral").create();
    caseId = made.case.id;
  });
  afterAll(() => server.stop());

  const learning = async (viewer: SignedIn, id: string) =>
    (await viewer.execute(LEARNING, { id })).anyData()["caseLearning"];

  it("is every label that its readings made, newest first", async () => {
    expect(await learning(admin, caseId)).toMatchObject({ labels: [] });
    (await reader.execute(CLAIM, { id: caseId })).anyData();
    const { client } = server.database;
    const { version } = await client.case.findUniqueOrThrow({
      where: { id: caseId },
    });
    const input = { caseId, caseVersion: version, label: "NORMAL" };
    const signed = { ...input, decision: "INDEPENDENT" };
    (await reader.execute(SIGN, { input: signed })).anyData();
    const first = {
      version: 1,
      label: "NORMAL",
      readerName: reader.name,
      regionCount: 0,
    };
    expect(await learning(admin, caseId)).toMatchObject({
      labels: [{ ...first, until: null }],
    });
    const { id } = await client.readingVersion.findFirstOrThrow({
      where: { caseId },
    });
    const amended = {
      versionId: id,
      label: "PNEUMONIA",
      decision: "INDEPENDENT",
      amendReason: "Second look",
      marks: [],
    };
    (await reader.execute(AMEND, { input: amended })).anyData();
    const after = await client.caseLabel.findFirstOrThrow({
      where: { caseId, until: null },
    });
    const since = after.since.toISOString();
    expect(await learning(admin, caseId)).toMatchObject({
      labels: [
        { version: 2, label: "PNEUMONIA", since, until: null },
        { ...first, until: since },
      ],
    });
  });

  it.each(["TRAIN", "TEST"] as const)(
    "says what it is for: %s",
    async (split) => {
      const made = await aCaseOfSplit(
        server,
        { siteId, readerId: reader.userId },
        split,
      );
      expect(await learning(admin, made.case.id)).toMatchObject({
        split,
        labels: [{ label: "PNEUMONIA", grade: "ONE_BLIND" }],
      });
    },
  );

  it("is a look, and nothing at another site or for who makes no exports", async () => {
    server.clock.forward(61);
    const { events } = await recordedBy(server, () => learning(admin, caseId));
    expect(events).toMatchObject([
      { type: "patient.viewed", actorId: admin.userId },
    ]);
    const elsewhere = await asAdmin(server, (await aSite(server)).id);
    expect(await learning(elsewhere, caseId)).toBeNull();
    for (const other of [reader, await asStaff(server, siteId)])
      (await other.execute(LEARNING, { id: caseId })).refusedWith("FORBIDDEN");
  });
});
