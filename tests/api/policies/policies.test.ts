import type { Case, PolicyVersion } from "@lung-iris/prisma";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { SHIPPED_POLICY } from "../../../apps/api/src/features/policies/shipped-policy.ts";
import { recordedBy } from "../../testkit/audit-trail.ts";
import {
  aPolicy,
  asInput,
  type PolicyChanges,
} from "../../testkit/policies.ts";
import { aCase } from "../../testkit/scenario.ts";
import { startTestServer, type TestServer } from "../../testkit/server.ts";
import {
  aSite,
  asAdmin,
  asRadiologist,
  asStaff,
  type SignedIn,
} from "../../testkit/viewers.ts";

const SAVE = `mutation ($input: SavePolicyInput!) { savePolicy(input: $input) { version } }`;
const PREVIEW = `query ($siteId: ID!, $document: PolicyDocumentInput!) {
  previewPolicy(siteId: $siteId, document: $document) {
    openCases isCapped moves overdueBefore overdueAfter
    sample { before after case { id } }
  } }`;

describe("a site's policy", () => {
  let server: TestServer;
  let siteId: string;
  let admin: SignedIn;
  let staff: SignedIn;
  let reader: SignedIn;

  beforeAll(async () => {
    server = await startTestServer();
    siteId = (await aSite(server)).id;
    admin = await asAdmin(server, siteId);
    staff = await asStaff(server, siteId);
    reader = await asRadiologist(server, siteId);
  });

  afterAll(() => server.stop());

  const readCase = (id: string): Promise<Case> =>
    server.database.client.case.findUniqueOrThrow({ where: { id } });
  const versions = (id: string): Promise<PolicyVersion[]> =>
    server.database.client.policyVersion.findMany({
      where: { siteId: id },
      orderBy: { version: "asc" },
    });
  const save = (
    by: SignedIn,
    at: string,
    changes: PolicyChanges,
    baseVersion: number,
    reason = "For the test",
  ) =>
    by.execute(SAVE, {
      input: {
        siteId: at,
        document: asInput(aPolicy(changes)),
        baseVersion,
        reason,
      },
    });

  it("ships with every site as version 1, the same as in the code", async () => {
    const site = await aSite(server);
    const [first, ...others] = await versions(site.id);
    expect(others).toEqual([]);
    expect(first?.version).toBe(1);
    expect(first?.document).toEqual(SHIPPED_POLICY);
  });

  it("is never changed in place", async () => {
    const { client } = server.database;
    const refused = /append-only/;
    await expect(
      client.policyVersion.updateMany({ data: { reason: "other" } }),
    ).rejects.toThrow(refused);
    await expect(client.policyVersion.deleteMany()).rejects.toThrow(refused);
    await expect(client.$executeRaw`TRUNCATE "PolicyVersion"`).rejects.toThrow(
      refused,
    );
  });

  it("is shown to those of its site", async () => {
    const query = `query ($id: ID!) { sitePolicy(siteId: $id) {
      version document { ceilings { routine } reading { mode } } } }`;
    for (const viewer of [staff, reader, admin]) {
      const answer = await viewer.execute(query, { id: siteId });
      expect(answer.anyData()).toMatchObject({
        sitePolicy: {
          version: 1,
          document: { ceilings: { routine: 120 }, reading: { mode: "BLIND" } },
        },
      });
    }
  });

  it("refuses staff and radiologists who would change or try it out", async () => {
    for (const viewer of [staff, reader]) {
      (
        await save(viewer, siteId, { ceilings: { routine: 240 } }, 1)
      ).refusedWith("FORBIDDEN");
      const document = asInput(aPolicy());
      (await viewer.execute(PREVIEW, { siteId, document })).refusedWith(
        "FORBIDDEN",
      );
    }
    expect(await versions(siteId)).toHaveLength(1);
  });

  it("is changed by an admin: one event, and every open case placed by it with its own", async () => {
    const site = await aSite(server);
    const boss = await asAdmin(server, site.id);
    const weak = await aCase(server, site.id)
      .assessed(0.6)
      .with({ urgency: "SOON", urgencyReasons: ["ai:60"] })
      .create();
    const read = await aCase(server, site.id)
      .assessed(0.1)
      .with({
        state: "READING",
        claimedById: reader.userId,
        urgency: "ROUTINE",
        urgencyReasons: ["ai:10"],
      })
      .create();
    const signed = await aCase(server, site.id)
      .assessed(0.6)
      .with({ state: "SIGNED", decidedLabel: "NORMAL", urgency: "SOON" })
      .create();
    const { result, events } = await recordedBy(server, () =>
      save(boss, site.id, { urgency: { positive: "URGENT" } }, 1, "Winter"),
    );
    expect(result.anyData()).toEqual({ savePolicy: { version: 2 } });
    const [changed, ...placed] = events;
    expect(changed).toMatchObject({
      type: "policy.changed",
      actorId: boss.userId,
      before: { version: 1, document: { urgency: { positive: "SOON" } } },
      after: { version: 2, document: { urgency: { positive: "URGENT" } } },
      details: { reason: "Winter" },
    });
    expect(placed.map(({ type }) => type)).toEqual([
      "case.placed",
      "case.placed",
    ]);
    expect(
      placed.find(({ subjectId }) => subjectId === weak.case.id),
    ).toMatchObject({
      before: { urgency: "SOON", policyVersion: 1 },
      after: { urgency: "URGENT", policyVersion: 2 },
      details: { cause: "policy" },
    });
    expect(await readCase(weak.case.id)).toMatchObject({
      urgency: "URGENT",
      policyVersion: 2,
      version: weak.case.version + 1,
    });
    // The reader of a case that stays where it is need not look again.
    expect(await readCase(read.case.id)).toMatchObject({
      urgency: "ROUTINE",
      policyVersion: 2,
      version: read.case.version,
    });
    expect(await readCase(signed.case.id)).toMatchObject({ policyVersion: 1 });
    const own = await staffOf(site.id).then((viewer) =>
      viewer.execute(`query ($id: ID!) { case(id: $id) { policyVersion } }`, {
        id: weak.case.id,
      }),
    );
    expect(own.anyData()).toEqual({ case: { policyVersion: 2 } });
  });

  const staffOf = (id: string): Promise<SignedIn> => asStaff(server, id);

  it("refuses a change made from a version that is not the newest, and names the one that is", async () => {
    const site = await aSite(server);
    const boss = await asAdmin(server, site.id);
    const both = await Promise.all(
      [200, 300].map((routine) =>
        save(boss, site.id, { ceilings: { routine } }, 1),
      ),
    );
    const codes = both.map(({ code }) => code).sort();
    expect(codes).toEqual(["POLICY_CHANGED", null]);
    const late = await save(boss, site.id, { ceilings: { routine: 400 } }, 1);
    expect(late.refusedWith("POLICY_CHANGED").extensions).toMatchObject({
      version: 2,
    });
    expect(await versions(site.id)).toHaveLength(2);
  });

  it("refuses what is no policy, naming the field", async () => {
    const wrong: [PolicyChanges, string][] = [
      [{ ceilings: { routine: 60 } }, "input.document.ceilings.routine"],
      [
        { reading: { controlShare: 21 } },
        "input.document.reading.controlShare",
      ],
      [
        { urgency: { flags: [{ flag: "toString", effect: "acute" }] } },
        "input.document.urgency.flags",
      ],
      [
        {
          thresholds: [
            {
              model: "nobody",
              finding: "pneumonia",
              ageGroup: "adult",
              threshold: 0.5,
            },
          ],
        },
        "input.document.thresholds",
      ],
      [{}, "input.document"],
    ];
    for (const [changes, field] of wrong) {
      const answer = await save(admin, siteId, changes, 1);
      expect(answer.refusedWith("BAD_USER_INPUT").extensions).toMatchObject({
        fields: [field],
      });
    }
    const reasonless = await save(
      admin,
      siteId,
      { ceilings: { routine: 240 } },
      1,
      " ",
    );
    expect(reasonless.refusedWith("BAD_USER_INPUT").extensions).toMatchObject({
      fields: ["input.reason"],
    });
  });

  it("is tried out on the open cases and changes nothing", async () => {
    const site = await aSite(server);
    const boss = await asAdmin(server, site.id);
    const now = server.clock.now().getTime();
    const ids: string[] = [];
    for (let index = 0; index < 60; index++) {
      const { case: row } = await aCase(server, site.id)
        .assessed(0.6)
        .with({
          urgency: "SOON",
          urgencyReasons: ["ai:60"],
          arrivedAt: new Date(now - index * 60_000),
        })
        .create();
      ids.push(row.id);
    }
    const document = asInput(
      aPolicy({
        ceilings: { critical: 30, urgent: 30, soon: 30, routine: 30 },
      }),
    );
    const { result, events } = await recordedBy(server, () =>
      boss.execute(PREVIEW, { siteId: site.id, document }),
    );
    const { previewPolicy } = result.data(
      z.object({
        previewPolicy: z.object({
          openCases: z.number(),
          isCapped: z.boolean(),
          moves: z.number(),
          overdueBefore: z.number(),
          overdueAfter: z.number(),
          sample: z.array(
            z.object({
              before: z.string(),
              after: z.string(),
              case: z.object({ id: z.string() }),
            }),
          ),
        }),
      }),
    );
    const { sample, ...counts } = previewPolicy;
    // Those that wait 30 to 59 minutes would be past the ceiling, and lifted.
    expect(counts).toEqual({
      openCases: 60,
      isCapped: false,
      moves: 30,
      overdueBefore: 0,
      overdueAfter: 30,
    });
    expect(sample).toHaveLength(30);
    expect(sample[0]).toEqual({
      before: "SOON",
      after: "URGENT",
      case: { id: ids.at(-1) },
    });
    expect(events.filter(({ type }) => type !== "patient.viewed")).toEqual([]);
    expect((await readCase(ids.at(-1) ?? "")).urgency).toBe("SOON");
    expect(await versions(site.id)).toHaveLength(1);
  });

  it("keeps its versions in a list, the newest first", async () => {
    const site = await aSite(server);
    const boss = await asAdmin(server, site.id);
    for (const version of [1, 2, 3])
      await save(
        boss,
        site.id,
        { ceilings: { routine: 120 + version } },
        version,
        `Reason ${String(version)}`,
      );
    const query = `query ($id: ID!, $after: String) {
      policyVersions(siteId: $id, first: 3, after: $after) {
        edges { node { version reason byName document { ceilings { routine } } } }
        pageInfo { hasNextPage endCursor } } }`;
    const page = z.object({
      policyVersions: z.object({
        edges: z.array(
          z.object({
            node: z.object({ version: z.number(), reason: z.string() }),
          }),
        ),
        pageInfo: z.object({
          hasNextPage: z.boolean(),
          endCursor: z.string().nullable(),
        }),
      }),
    });
    const first = (await boss.execute(query, { id: site.id })).data(page);
    expect(
      first.policyVersions.edges.map(({ node }) => [node.version, node.reason]),
    ).toEqual([
      [4, "Reason 3"],
      [3, "Reason 2"],
      [2, "Reason 1"],
    ]);
    const { endCursor } = first.policyVersions.pageInfo;
    const next = (
      await boss.execute(query, { id: site.id, after: endCursor })
    ).data(page);
    expect(next.policyVersions.edges.map(({ node }) => node.version)).toEqual([
      1,
    ]);
    expect(next.policyVersions.pageInfo.hasNextPage).toBe(false);
  });
});
