import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { systemViewer } from "../../../apps/api/src/access/viewer.ts";
import { CaseCommands } from "../../../apps/api/src/features/cases/case.commands.ts";
import { SitePolicies } from "../../../apps/api/src/features/policies/site-policies.ts";
import { CaseService } from "../../../apps/api/src/features/cases/case.service.ts";
import { AuditLog } from "../../../apps/api/src/audit/audit-log.ts";
import { RecentLooks } from "../../../apps/api/src/audit/recent-looks.ts";
import { recordedBy } from "../../testkit/audit-trail.ts";
import { aCase } from "../../testkit/scenario.ts";
import { startTestServer } from "../../testkit/server.ts";
import type { TestServer } from "../../testkit/server.ts";
import { aSite, asRadiologist, asStaff } from "../../testkit/viewers.ts";
import type { SignedIn } from "../../testkit/viewers.ts";

const CLAIM = `mutation ($id: ID!) {
  claimCase(caseId: $id) { id state version claimExpiresAt claimedBy { id } viewerCanSign viewerCanRelease viewerCanClaim }
}`;
const RELEASE = `mutation ($id: ID!) { releaseCase(caseId: $id) { state claimedBy { id } version } }`;
const ASSIGN = `mutation ($id: ID!, $user: ID) { assignCase(caseId: $id, userId: $user) { assignee { id } version } }`;

describe("claiming a case", () => {
  let server: TestServer;
  let siteId: string;
  let first: SignedIn;
  let second: SignedIn;
  let staff: SignedIn;

  beforeAll(async () => {
    server = await startTestServer();
    siteId = (await aSite(server)).id;
    first = await asRadiologist(server, siteId);
    second = await asRadiologist(server, siteId);
    staff = await asStaff(server, siteId);
  });

  afterAll(() => server.stop());

  it("gives the reader a lease of 15 minutes and the right to sign", async () => {
    const { case: row } = await aCase(server, siteId).assessed(0.8).create();
    const answer = await first.execute(CLAIM, { id: row.id });
    expect(answer.anyData()["claimCase"]).toEqual({
      id: row.id,
      state: "READING",
      version: 2,
      claimExpiresAt: "2026-03-02T09:15:00.000Z",
      claimedBy: { id: first.userId },
      viewerCanSign: true,
      viewerCanRelease: true,
      viewerCanClaim: false,
    });
  });

  it("refuses a second reader while the lease runs", async () => {
    const { case: row } = await aCase(server, siteId).create();
    (await first.execute(CLAIM, { id: row.id })).anyData();
    const refusal = (await second.execute(CLAIM, { id: row.id })).refusedWith(
      "CASE_CLAIMED_BY_ANOTHER",
    );
    expect(refusal.extensions["claimExpiresAt"]).toBe(
      "2026-03-02T09:15:00.000Z",
    );
  });

  it("lets another reader take over once the lease has run out", async () => {
    const { case: row } = await aCase(server, siteId)
      .with({
        state: "READING",
        claimedById: first.userId,
        claimExpiresAt: new Date(server.clock.now().getTime() - 1),
      })
      .create();
    const answer = await second.execute(CLAIM, { id: row.id });
    expect(answer.anyData()["claimCase"]).toMatchObject({
      claimedBy: { id: second.userId },
    });
  });

  it("renews the lease when the same reader claims again, as an event of its own", async () => {
    const { case: row } = await aCase(server, siteId).create();
    await first.execute(CLAIM, { id: row.id });
    const { events } = await recordedBy(server, () =>
      first.execute(CLAIM, { id: row.id }),
    );
    expect(events.map(({ type }) => type)).toEqual(["case.lease-renewed"]);
  });

  it("gives a case to exactly one of many who claim it at once", async () => {
    const { case: row } = await aCase(server, siteId).create();
    const readers = await Promise.all(
      Array.from({ length: 12 }, () => asRadiologist(server, siteId)),
    );
    const answers = await Promise.all(
      readers.map((reader) => reader.execute(CLAIM, { id: row.id })),
    );
    const codes = answers.map(({ code }) => code);
    expect(codes.filter((code) => code === null)).toHaveLength(1);
    expect(new Set(codes)).toEqual(new Set([null, "CASE_CLAIMED_BY_ANOTHER"]));
  });

  it("refuses staff, who do not read", async () => {
    const { case: row } = await aCase(server, siteId).create();
    (await staff.execute(CLAIM, { id: row.id })).refusedWith("FORBIDDEN");
  });

  it("refuses a signed case", async () => {
    const { case: row } = await aCase(server, siteId)
      .with({ state: "SIGNED" })
      .create();
    (await first.execute(CLAIM, { id: row.id })).refusedWith(
      "CASE_ALREADY_SIGNED",
    );
  });

  it("puts the case back, but only for the reader who has it", async () => {
    const { case: row } = await aCase(server, siteId).create();
    await first.execute(CLAIM, { id: row.id });
    (await second.execute(RELEASE, { id: row.id })).refusedWith(
      "CASE_NOT_CLAIMED",
    );
    const answer = await first.execute(RELEASE, { id: row.id });
    expect(answer.anyData()["releaseCase"]).toEqual({
      state: "WAITING",
      claimedBy: null,
      version: 3,
    });
  });

  it("puts cases back whose lease ran out, acting as the system", async () => {
    const { case: row } = await aCase(server, siteId).create();
    await first.execute(CLAIM, { id: row.id });
    server.clock.forward(16 * 60);
    const { client } = server.database;
    const audit = new AuditLog(client, server.clock);
    const recent = new RecentLooks(server.clock);
    const service = new CaseService({
      client,
      clock: server.clock,
      audit,
      recent,
      commands: new CaseCommands(server.clock),
      policies: new SitePolicies(server.database.client),
    });
    const { events } = await recordedBy(server, () =>
      service.releaseExpiredClaims(systemViewer("lease-keeper", "test")),
    );
    expect(events).toContainEqual(
      expect.objectContaining({
        type: "case.released",
        subjectId: row.id,
        actorId: "SYSTEM",
        details: { reason: "lease-expired" },
      }),
    );
    const after = await client.case.findUniqueOrThrow({
      where: { id: row.id },
    });
    expect(after.state).toBe("WAITING");
  });

  it("assigns only to an active radiologist of the case's site", async () => {
    const { case: row } = await aCase(server, siteId).create();
    const elsewhere = await asRadiologist(server, (await aSite(server)).id);
    for (const user of [staff.userId, elsewhere.userId, "nonsense"])
      (await staff.execute(ASSIGN, { id: row.id, user })).refusedWith(
        "NOT_ASSIGNABLE",
      );
    const answer = await staff.execute(ASSIGN, {
      id: row.id,
      user: first.userId,
    });
    expect(answer.anyData()["assignCase"]).toMatchObject({
      assignee: { id: first.userId },
    });
    const cleared = await staff.execute(ASSIGN, { id: row.id, user: null });
    expect(cleared.anyData()["assignCase"]).toMatchObject({ assignee: null });
  });
});
