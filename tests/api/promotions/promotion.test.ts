import type { ModelVersion } from "@lung-iris/prisma";
import { rm } from "node:fs/promises";
import { dirname } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { recordedBy } from "../../testkit/audit-trail.ts";
import {
  folderCalled,
  recalibratedFolder,
  registerBeside,
  registerFolders,
} from "../../testkit/models.ts";
import { judged, promotedByTwo, proposed } from "../../testkit/promotions.ts";
import { aCase } from "../../testkit/scenario.ts";
import { startTestServer, type TestServer } from "../../testkit/server.ts";
import {
  aSite,
  asAdmin,
  asAuditor,
  asRadiologist,
  asStaff,
  type SignedIn,
} from "../../testkit/viewers.ts";

let server: TestServer;
let folder: string;
let mineFolder: string | null = null;
let live: ModelVersion;
let candidate: ModelVersion;

beforeAll(async () => {
  folder = await recalibratedFolder();
  server = await startTestServer();
  [live, candidate] = await registerBeside(server, folder);
});
afterAll(async () => {
  await server.stop();
  for (const made of [folder, mineFolder])
    if (made !== null) await rm(dirname(made), { recursive: true });
});

/** A site of its own with two admins: what is live is said by site. */
async function place() {
  const siteId = (await aSite(server)).id;
  const first = await asAdmin(server, siteId);
  const second = await asAdmin(server, siteId);
  return { siteId, first, second };
}
const decide = (
  by: SignedIn,
  what: "approve" | "reject" | "rollBack",
  promotionId: string,
  reason = "seen",
) =>
  by.execute(
    `mutation ($input: DecidePromotionInput!) {
      ${what}Promotion(input: $input) { state decidedByName } }`,
    { input: { promotionId, reason } },
  );
const propose = (by: SignedIn, judgementId: string, reason = "better") =>
  by.execute(
    `mutation ($input: ProposePromotionInput!) {
      proposePromotion(input: $input) { id } }`,
    { input: { judgementId, reason } },
  );
const liveAt = async (siteId: string) =>
  (
    await server.database.client.modelRole.findFirst({
      where: { siteId, role: "LIVE", until: null },
    })
  )?.modelVersionId ?? null;
const jobsOf = (imageId: string) =>
  server.database.client.$queryRaw<{ key: string }[]>`
    SELECT key FROM graphile_worker._private_jobs
    WHERE key LIKE ${`assess-image:${imageId}:%`}`;

describe("a promotion", () => {
  it("needs a judgement that is finished and missed no bar", async () => {
    const { siteId, first } = await place();
    for (const verdict of [null, "MISSED"] as const) {
      const id = await judged(server, first, siteId, candidate.id, verdict);
      (await propose(first, id)).refusedWith("NOT_JUDGED");
    }
    (await propose(first, siteId)).refusedWith("NOT_FOUND");
    const good = await judged(server, first, siteId, candidate.id);
    (await propose(first, good, " ")).refusedWith("BAD_USER_INPUT");
    (await propose(first, good)).anyData();
    // One proposal of a site waits at a time.
    (await propose(first, good)).refusedWith("CONFLICT");
  });

  it("goes live by a second admin, who asks about open cases only", async () => {
    const { siteId, first, second } = await place();
    const open = await aCase(server, siteId).create();
    const signed = await aCase(server, siteId)
      .with({ state: "SIGNED", decidedLabel: "NORMAL" })
      .create();
    const judgementId = await judged(server, first, siteId, candidate.id);
    const id = await proposed(first, judgementId);
    expect(await liveAt(siteId)).toBeNull();
    (await decide(first, "approve", id)).refusedWith("NOT_INDEPENDENT");
    expect(await liveAt(siteId)).toBeNull();
    const { events } = await recordedBy(server, async () => {
      (await decide(second, "approve", id)).anyData();
    });
    expect(events).toMatchObject([
      { type: "model.promoted", siteId, subjectId: candidate.id },
      {
        type: "promotion.approved",
        actorId: second.userId,
        before: { state: "PROPOSED" },
        after: { state: "APPROVED" },
        details: { reason: "seen" },
      },
    ]);
    expect(await liveAt(siteId)).toBe(candidate.id);
    expect(await jobsOf(open.image.id)).toEqual([
      { key: `assess-image:${open.image.id}:${candidate.id}` },
    ]);
    expect(await jobsOf(signed.image.id)).toEqual([]);
    (await decide(second, "approve", id)).refusedWith("CONFLICT");
  });

  it("is not approved by who made the candidate, however written", async () => {
    const { siteId, first, second } = await place();
    const judgementId = await judged(server, first, siteId, candidate.id);
    const id = await proposed(first, judgementId, [second.email.toUpperCase()]);
    (await decide(second, "approve", id)).refusedWith("NOT_INDEPENDENT");
    (await decide(await asAdmin(server, siteId), "approve", id)).anyData();
  });

  it("is not approved by an account that was made for it", async () => {
    const { siteId, first } = await place();
    const judgementId = await judged(server, first, siteId, candidate.id);
    const id = await proposed(first, judgementId);
    const late = await asAdmin(server, siteId);
    const setSince = (createdAt: Date) =>
      server.database.client.user.update({
        where: { id: late.userId },
        data: { createdAt },
      });
    await setSince(candidate.createdAt);
    const can = await late.execute(
      `query ($siteId: ID!) { promotions(siteId: $siteId) { edges { node { viewerCanApprove } } } }`,
      { siteId },
    );
    expect(can.anyData()).toMatchObject({
      promotions: { edges: [{ node: { viewerCanApprove: false } }] },
    });
    (await decide(late, "approve", id)).refusedWith("NOT_INDEPENDENT");
    await setSince(new Date(candidate.createdAt.getTime() - 1));
    (await decide(late, "approve", id)).anyData();
  });

  it("is not approved by those whom the card names", async () => {
    const { siteId, second } = await place();
    const [made] = await registerFolders(server, [
      (mineFolder = await folderCalled("mine", (manifest) => {
        for (const { calibration } of manifest.findings)
          for (const group of Object.values(calibration)) group.intercept += 3;
        manifest.training["recalibration"] = { by: [second.email] };
      })),
    ]);
    if (!made) throw new Error("the model was not registered");
    const third = await asAdmin(server, siteId);
    const judgementId = await judged(server, third, siteId, made.id);
    const id = await proposed(third, judgementId);
    (await decide(second, "approve", id)).refusedWith("NOT_INDEPENDENT");
    (await decide(await asAdmin(server, siteId), "approve", id)).anyData();
  });

  it("is one person's in the database neither", async () => {
    const { siteId, first } = await place();
    const judgementId = await judged(server, first, siteId, candidate.id);
    const id = await proposed(first, judgementId);
    await expect(
      server.database.client.promotion.update({
        where: { id },
        data: { state: "APPROVED", decidedById: first.userId },
      }),
    ).rejects.toThrow();
  });

  it("is declined, and then not approved", async () => {
    const { siteId, first, second } = await place();
    const judgementId = await judged(server, first, siteId, candidate.id);
    const id = await proposed(first, judgementId);
    const { events } = await recordedBy(server, async () => {
      (await decide(second, "reject", id)).anyData();
    });
    expect(events.map(({ type }) => type)).toEqual(["promotion.rejected"]);
    (await decide(second, "approve", id)).refusedWith("CONFLICT");
    expect(await liveAt(siteId)).toBeNull();
  });

  it("is rolled back by one person, once, at once", async () => {
    const { siteId, first, second } = await place();
    const open = await aCase(server, siteId).create();
    const id = await promotedByTwo(
      server,
      [first, second],
      siteId,
      candidate.id,
    );
    (await decide(first, "rollBack", id, "")).refusedWith("BAD_USER_INPUT");
    const { events } = await recordedBy(server, async () => {
      (await decide(first, "rollBack", id)).anyData();
    });
    expect(events.map(({ type }) => type)).toEqual([
      "model.retired",
      "promotion.rolled-back",
    ]);
    // The desk's model answers here again, and is asked about what is open.
    expect(await liveAt(siteId)).toBeNull();
    expect(await jobsOf(open.image.id)).toContainEqual({
      key: `assess-image:${open.image.id}:${live.id}`,
    });
    (await decide(first, "rollBack", id)).refusedWith("CONFLICT");
  });

  it("needs another judgement once another model is live", async () => {
    const { siteId, first, second } = await place();
    const old = await judged(server, first, siteId, candidate.id);
    await promotedByTwo(server, [first, second], siteId, candidate.id);
    (await propose(first, old)).refusedWith("NOT_JUDGED");
  });

  it("goes live once, whoever approves at the same time", async () => {
    const { siteId, first, second } = await place();
    const judgementId = await judged(server, first, siteId, candidate.id);
    const id = await proposed(first, judgementId);
    const answers = await Promise.all(
      [1, 2, 3].map(() => decide(second, "approve", id)),
    );
    expect(answers).toHaveLength(3);
    expect(
      await server.database.client.modelRole.count({
        where: { siteId, role: "LIVE", until: null },
      }),
    ).toBe(1);
  });

  it("is neither for others nor for admins of another site", async () => {
    const { siteId, first } = await place();
    const judgementId = await judged(server, first, siteId, candidate.id);
    const id = await proposed(first, judgementId);
    const others = [
      await asRadiologist(server, siteId),
      await asStaff(server, siteId),
      await asAuditor(server, siteId),
    ];
    for (const other of others) {
      (await propose(other, judgementId)).refusedWith("FORBIDDEN");
      for (const what of ["approve", "reject", "rollBack"] as const)
        (await decide(other, what, id)).refusedWith("FORBIDDEN");
    }
    const { second: elsewhere } = await place();
    (await propose(elsewhere, judgementId)).refusedWith("NOT_FOUND");
    for (const what of ["approve", "reject", "rollBack"] as const)
      (await decide(elsewhere, what, id)).refusedWith("NOT_FOUND");
  });
});
