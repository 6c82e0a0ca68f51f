import { rm } from "node:fs/promises";
import { dirname } from "node:path";
import type { ModelVersion } from "@lung-iris/prisma";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { AuditLog } from "../../../apps/api/src/audit/audit-log.ts";
import { JudgeCandidateService } from "../../../apps/api/src/features/judgements/judge-candidate.service.ts";
import { createLogger } from "../../../apps/api/src/logger.ts";
import { recalibratedFolder, registerBeside } from "../../testkit/models.ts";
import { givenPolicy } from "../../testkit/policies.ts";
import { judged, proposed } from "../../testkit/promotions.ts";
import { startTestServer, type TestServer } from "../../testkit/server.ts";
import {
  DECLINE_THRESHOLD,
  PROPOSE_THRESHOLD,
} from "../../testkit/threshold-requests.ts";
import {
  aSite,
  asAdmin,
  asRadiologist,
  type SignedIn,
} from "../../testkit/viewers.ts";

const INBOX = `{ inbox { edges { node {
  kind isUrgent actorName modelVersionId trainingRunId case { id } } } } }`;
const CHOICES = `{ notificationChoices { kinds { kind } } }`;

describe("notes of a candidate's way", () => {
  let server: TestServer;
  let folder: string;
  let live: ModelVersion;
  let candidate: ModelVersion;
  let siteId: string;
  let first: SignedIn;
  let second: SignedIn;

  beforeAll(async () => {
    folder = await recalibratedFolder();
    server = await startTestServer();
    [live, candidate] = await registerBeside(server, folder);
  });
  afterAll(async () => {
    await server.stop();
    await rm(dirname(folder), { recursive: true });
  });
  beforeEach(async () => {
    siteId = (await aSite(server)).id;
    first = await asAdmin(server, siteId);
    second = await asAdmin(server, siteId);
  });

  const inboxOf = async (who: SignedIn) => {
    // The document above selects it.
    const { inbox } = (await who.execute(INBOX)).anyData() as unknown as {
      inbox: { edges: { node: Record<string, unknown> }[] };
    };
    return inbox.edges.map(({ node }) => node);
  };
  const note = (kind: string, actorName: string, more: object = {}) => ({
    kind,
    isUrgent: false,
    actorName,
    modelVersionId: null,
    trainingRunId: null,
    case: null,
    ...more,
  });
  const decide = (by: SignedIn, what: string, promotionId: string) =>
    by.execute(
      `mutation ($input: DecidePromotionInput!) {
        ${what}Promotion(input: $input) { state } }`,
      { input: { promotionId, reason: "seen" } },
    );

  it("tell of a proposed promotion who may approve it, and nobody else", async () => {
    const elsewhere = await asAdmin(server, (await aSite(server)).id);
    const reader = await asRadiologist(server, siteId);
    const maker = await asAdmin(server, siteId);
    const judgementId = await judged(server, first, siteId, candidate.id);
    await proposed(first, judgementId, [maker.email]);
    expect(await inboxOf(second)).toEqual([
      note("PROMOTION_PROPOSED", first.name, { modelVersionId: candidate.id }),
    ]);
    for (const other of [first, maker, elsewhere, reader])
      expect(await inboxOf(other)).toEqual([]);
  });

  it("tell who proposed a promotion what became of it, and both that it was taken back", async () => {
    const judgementId = await judged(server, first, siteId, candidate.id);
    const promotionId = await proposed(first, judgementId);
    server.clock.forward(1);
    (await decide(second, "approve", promotionId)).anyData();
    const about = { modelVersionId: candidate.id };
    const decided = note("PROMOTION_DECIDED", second.name, about);
    expect(await inboxOf(first)).toEqual([decided]);
    server.clock.forward(1);
    const third = await asAdmin(server, siteId);
    (await decide(third, "rollBack", promotionId)).anyData();
    const back = note("PROMOTION_DECIDED", third.name, about);
    expect(await inboxOf(first)).toEqual([back, decided]);
    expect((await inboxOf(second))[0]).toEqual(back);
    expect(await inboxOf(third)).toEqual([]);
  });

  it("tell of proposed thresholds the other admins, and of the decision who proposed them", async () => {
    const baseVersion = await givenPolicy(server, siteId, {
      thresholdDesk: { approval: "two" },
    });
    const answer = await first.execute(PROPOSE_THRESHOLD, {
      input: {
        siteId,
        ageGroup: "adult",
        threshold: 0.7,
        model: live.fingerprint,
        baseVersion,
        reason: "Fewer alarms",
      },
    });
    const { id } = answer.anyData()["proposeThreshold"] as { id: string };
    expect(await inboxOf(second)).toEqual([
      note("THRESHOLD_PROPOSED", first.name),
    ]);
    expect(await inboxOf(first)).toEqual([]);
    (await second.execute(DECLINE_THRESHOLD, { id })).anyData();
    expect(await inboxOf(first)).toEqual([
      note("THRESHOLD_DECIDED", second.name),
    ]);
  });

  it("tell who asked for a judgement that it is over, once", async () => {
    const id = await judged(server, first, siteId, candidate.id, null);
    const { client } = server.appDatabase;
    const { clock, objectStore } = server;
    const judging = new JudgeCandidateService({
      client,
      audit: new AuditLog(client, clock),
      clock,
      objectStore,
      secret: server.config.secret,
      referenceManifest: null,
      logger: createLogger("error"),
      folders: () => [],
      openAssessor: () => Promise.reject(new Error("no film is looked at")),
    });
    const job = { judgementId: id, modelVersionId: candidate.id };
    await judging.giveUp(job);
    await judging.giveUp(job);
    expect(await inboxOf(first)).toEqual([
      note("JUDGED", "judge", { modelVersionId: candidate.id }),
    ]);
    expect(await inboxOf(second)).toEqual([]);
  });

  it("can be chosen to leave by those who get them alone", async () => {
    const kindsOf = async (who: SignedIn) =>
      (
        (await who.execute(CHOICES)).anyData()["notificationChoices"] as {
          kinds: { kind: string }[];
        }
      ).kinds.map(({ kind }) => kind);
    const own = [
      "PROMOTION_PROPOSED",
      "PROMOTION_DECIDED",
      "THRESHOLD_PROPOSED",
      "THRESHOLD_DECIDED",
      "TRAINING_DONE",
      "TRAINING_FAILED",
      "JUDGED",
    ];
    expect(await kindsOf(first)).toEqual(expect.arrayContaining(own));
    const reader = await asRadiologist(server, siteId);
    for (const kind of await kindsOf(reader)) expect(own).not.toContain(kind);
  });
});
