import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { AuditLog } from "../../../apps/api/src/audit/audit-log.ts";
import { proposeOverdue } from "../../../apps/api/src/features/erasures/propose-retention.ts";
import { recordedBy } from "../../testkit/audit-trail.ts";
import { aDecidedCase } from "../../testkit/decided.ts";
import { aCase } from "../../testkit/scenario.ts";
import { startTestServer, type TestServer } from "../../testkit/server.ts";
import {
  aSite,
  asAdmin,
  asAuditor,
  type SignedIn,
} from "../../testkit/viewers.ts";
import { twoAdmins } from "./two-admins.ts";

const SAVE = `mutation ($input: SaveRetentionInput!) { saveRetention(input: $input) { version keepDays } }`;
const PREVIEW = `query ($site: ID!, $days: Int!) { retentionPreview(siteId: $site, keepDays: $days) { patients films bytes oldest } }`;
const ERASURES = `{ erasures { edges { node { id cause state policyVersion proposedByName } } } }`;
const APPROVE = `mutation ($id: ID!) { approveErasure(id: $id, reason: "Over") { state } }`;
const REJECT = `mutation ($id: ID!) { rejectErasure(id: $id, reason: "Kept by law") { state } }`;

const erasures = z.object({
  erasures: z.object({
    edges: z.array(
      z.object({ node: z.looseObject({ id: z.string(), state: z.string() }) }),
    ),
  }),
});

describe("how long records are kept", () => {
  let server: TestServer;
  let siteId: string;
  let admin: SignedIn;
  let second: SignedIn;
  let reader: SignedIn;

  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    ({ siteId, first: admin, second, reader } = await twoAdmins(server));
  });

  /** A signed case whose film was taken and came so many days ago. */
  async function aRecord(daysAgo: number) {
    const made = await aDecidedCase(
      server,
      { siteId, readerId: reader.userId },
      0.9,
      { label: "PNEUMONIA" },
    );
    const day = new Date(server.clock.now().getTime() - daysAgo * 86_400_000);
    await server.database.client.study.update({
      where: { id: made.study.id },
      data: { studyDate: day, createdAt: day },
    });
    return made;
  }
  const save = (keepDays: number | null, baseVersion = 0) =>
    admin.execute(SAVE, {
      input: { siteId, baseVersion, keepDays, reason: "As the law says" },
    });
  const night = () =>
    proposeOverdue({
      client: server.appDatabase.client,
      audit: new AuditLog(server.appDatabase.client, server.clock),
      clock: server.clock,
      secret: server.config.secret,
    });
  const listed = async () =>
    (await admin.execute(ERASURES))
      .data(erasures)
      .erasures.edges.map(({ node }) => node);

  it("is for ever until somebody says otherwise", async () => {
    await aRecord(5_000);
    expect(await night()).toBe(0);
    expect(await listed()).toEqual([]);
  });

  it("shows what would go, proposes just that, and has another person decide", async () => {
    const old = await aRecord(500);
    const older = await aRecord(900);
    await aRecord(100);
    // Older still, and to be read.
    const open = await aCase(server, siteId).create();
    const longAgo = new Date("2001-02-03");
    await server.database.client.study.update({
      where: { id: open.study.id },
      data: { studyDate: longAgo, createdAt: longAgo },
    });
    const preview = await admin.execute(PREVIEW, { site: siteId, days: 365 });
    const { oldest, ...sums } = preview.anyData()["retentionPreview"] as {
      oldest: string;
    };
    expect(sums).toEqual({ patients: 2, films: 2, bytes: "2000" });
    expect(oldest).toBe(
      new Date(server.clock.now().getTime() - 900 * 86_400_000)
        .toISOString()
        .slice(0, 10),
    );
    expect(await listed()).toEqual([]);

    const { events: saved } = await recordedBy(server, () => save(365));
    expect(saved).toMatchObject([
      {
        type: "retention.changed",
        actorId: admin.userId,
        before: { keepDays: null },
        after: { keepDays: 365 },
        details: { version: 1, reason: "As the law says" },
      },
    ]);
    const { result, events } = await recordedBy(server, night);
    expect(result).toBe(2);
    expect(events).toMatchObject([
      {
        type: "erasure.proposed",
        actorRole: "SYSTEM",
        patientId: older.patient.id,
        details: { cause: "RETENTION", policyVersion: 1 },
      },
      { type: "erasure.proposed", patientId: old.patient.id },
    ]);
    expect(await night()).toBe(0);
    expect(
      await server.database.client.patient.count({ where: { siteId } }),
    ).toBe(4);

    const [ofOld, ofOlder] = await listed();
    // Who said how long is the one who proposed.
    (await admin.execute(APPROVE, { id: ofOld?.id })).refusedWith(
      "NOT_INDEPENDENT",
    );
    (await second.execute(APPROVE, { id: ofOld?.id })).anyData();
    (await second.execute(REJECT, { id: ofOlder?.id })).anyData();
    expect(
      await server.database.client.patient.count({
        where: { id: { in: [old.patient.id, older.patient.id] } },
      }),
    ).toBe(1);
    // What people kept is not proposed again, unless the rule changes.
    expect(await night()).toBe(0);
    (await save(400, 1)).anyData();
    expect(await night()).toBe(1);
  });

  it("counts a film of long ago from the day it came", async () => {
    const { study } = await aRecord(2_000);
    await server.database.client.study.update({
      where: { id: study.id },
      data: { createdAt: server.clock.now() },
    });
    (await save(365)).anyData();
    expect(await night()).toBe(0);
  });

  it("proposes nothing that something bars tonight", async () => {
    const { client } = server.database;
    const { case: row } = await aRecord(500);
    const version = await client.readingVersion.findFirstOrThrow({
      where: { caseId: row.id },
    });
    const now = server.clock.now();
    await client.criticalResult.create({
      data: {
        siteId,
        caseId: row.id,
        versionId: version.id,
        finding: "pneumothorax",
        markedById: reader.userId,
        markedByName: reader.name,
        markedAt: now,
        dueAt: now,
      },
    });
    (await save(365)).anyData();
    expect(await night()).toBe(0);
  });

  it("is changed by admins, with a reason, from the version that holds", async () => {
    const input = { siteId, baseVersion: 0, keepDays: 365, reason: "Law" };
    (await reader.execute(SAVE, { input })).refusedWith("FORBIDDEN");
    const stranger = await asAdmin(server, (await aSite(server)).id);
    (await stranger.execute(SAVE, { input })).refusedWith("NOT_FOUND");
    for (const wrong of [
      { ...input, keepDays: 29 },
      { ...input, reason: " " },
      { ...input, keepDays: null },
    ])
      (await admin.execute(SAVE, { input: wrong })).refusedWith(
        "BAD_USER_INPUT",
      );
    (await save(365)).anyData();
    (await save(400)).refusedWith("POLICY_CHANGED");
    (await save(null, 1)).anyData();
    const auditor = await asAuditor(server, siteId);
    const seen = await auditor.execute(
      `query ($site: ID!) { retentionVersions(siteId: $site) { edges { node { version keepDays } } } }`,
      { site: siteId },
    );
    expect(seen.anyData()["retentionVersions"]).toEqual({
      edges: [
        { node: { version: 2, keepDays: null } },
        { node: { version: 1, keepDays: 365 } },
      ],
    });
    (await stranger.execute(PREVIEW, { site: siteId, days: 365 })).refusedWith(
      "NOT_FOUND",
    );
    await expect(
      server.database.client.retentionVersion.deleteMany({
        where: { siteId },
      }),
    ).rejects.toThrow(/append-only/);
  });
});
