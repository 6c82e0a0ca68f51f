import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { aCase } from "../../testkit/scenario.ts";
import { startTestServer } from "../../testkit/server.ts";
import type { TestServer } from "../../testkit/server.ts";
import {
  aSite,
  asAdmin,
  asRadiologist,
  asStaff,
} from "../../testkit/viewers.ts";
import type { SignedIn } from "../../testkit/viewers.ts";

const ESCALATE = `mutation ($id: ID!) {
  escalateCase(caseId: $id, reason: PATIENT_WORSE) {
    urgency urgencyReasons viewerCanEscalate } }`;
const ASSIGN = `mutation ($id: ID!, $user: ID) { assignCase(caseId: $id, userId: $user) { id } }`;
const CLAIM = `mutation ($id: ID!) { claimCase(caseId: $id) { id } }`;
const TAKE_OVER = `mutation ($id: ID!) { takeOverCase(caseId: $id, reason: "shift") { id } }`;
const INBOX = `{ inbox { edges { node { kind } } } }`;

describe("a case that is to be read now", () => {
  let server: TestServer;
  let siteId: string;
  let staff: SignedIn;
  let reader: SignedIn;
  let other: SignedIn;
  let id: string;

  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server.stop());

  beforeEach(async () => {
    siteId = (await aSite(server)).id;
    staff = await asStaff(server, siteId);
    reader = await asRadiologist(server, siteId);
    other = await asRadiologist(server, siteId);
    id = (await aCase(server, siteId).with({ urgency: "ROUTINE" }).create())
      .case.id;
  });

  const told = async (who: SignedIn) => {
    const { edges } = (await who.execute(INBOX)).anyData()["inbox"] as {
      edges: { node: { kind: string } }[];
    };
    return edges.map(({ node }) => node.kind);
  };

  it("rises by a class, says why, and calls every reader where it is nobody's", async () => {
    const answer = (await staff.execute(ESCALATE, { id })).anyData();
    expect(answer["escalateCase"]).toEqual({
      urgency: "SOON",
      urgencyReasons: ["escalated:patient-worse"],
      viewerCanEscalate: false,
    });
    expect(await told(reader)).toEqual(["ESCALATED"]);
    expect(await told(other)).toEqual(["ESCALATED"]);
    expect(await told(staff)).toEqual([]);
    expect((await staff.execute(ESCALATE, { id })).code).toBe("CASE_ESCALATED");
  });

  it("calls whose it is, and nobody else", async () => {
    (await staff.execute(ASSIGN, { id, user: reader.userId })).anyData();
    server.clock.forward(1);
    (await staff.execute(ESCALATE, { id })).anyData();
    expect(await told(reader)).toEqual(["ESCALATED", "ASSIGNED"]);
    expect(await told(other)).toEqual([]);
  });

  it("is said by staff and readers of its site", async () => {
    const admin = await asAdmin(server, siteId);
    expect((await admin.execute(ESCALATE, { id })).code).toBe("FORBIDDEN");
    const stranger = await asStaff(server, (await aSite(server)).id);
    expect((await stranger.execute(ESCALATE, { id })).code).toBe("NOT_FOUND");
    expect((await reader.execute(ESCALATE, { id })).code).toBeNull();
  });

  it("tells a holder whose case was taken over", async () => {
    (await reader.execute(CLAIM, { id })).anyData();
    (await other.execute(TAKE_OVER, { id })).anyData();
    expect(await told(reader)).toEqual(["TAKEN_OVER"]);
    expect(await told(other)).toEqual([]);
  });
});
