import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AuditLog } from "../../../apps/api/src/audit/audit-log.ts";
import { CaseCommands } from "../../../apps/api/src/features/cases/case.commands.ts";
import { SitePolicies } from "../../../apps/api/src/features/policies/site-policies.ts";
import { PolicyPlacementService } from "../../../apps/api/src/features/urgency/policy-placement.service.ts";
import { recordedBy } from "../../testkit/audit-trail.ts";
import { chestPng, uploadOne } from "../../testkit/films.ts";
import { givenPolicy } from "../../testkit/policies.ts";
import { aCase, liveTestModel } from "../../testkit/scenario.ts";
import { startTestServer, type TestServer } from "../../testkit/server.ts";
import {
  aSite,
  asRadiologist,
  asStaff,
  type SignedIn,
} from "../../testkit/viewers.ts";

const CASE = `query ($id: ID!) { case(id: $id) {
  version assessment probability threshold urgencyReasons viewerSeesAi
  isControl shownPrediction { id findings { threshold positive } } } }`;
const CLAIM = `mutation ($id: ID!) { claimCase(caseId: $id) { claimExpiresAt } }`;
const OPINION = `mutation ($id: ID!) { recordOpinion(caseId: $id, opinion: NORMAL) { id } }`;
const SIGN = `mutation ($input: SignReadingInput!) { signReading(input: $input) { id } }`;

describe("the policy in force", () => {
  let server: TestServer;
  let siteId: string;
  let staff: SignedIn;
  let reader: SignedIn;
  let placement: PolicyPlacementService;

  beforeAll(async () => {
    server = await startTestServer({ films: true });
    const { client } = server.database;
    placement = new PolicyPlacementService({
      client,
      audit: new AuditLog(client, server.clock),
      clock: server.clock,
      commands: new CaseCommands(server.clock),
      policies: new SitePolicies(client),
    });
  });

  afterAll(() => server.stop());

  /** A site of its own for each test, with staff and a reader. */
  async function newSite(): Promise<void> {
    siteId = (await aSite(server)).id;
    staff = await asStaff(server, siteId);
    reader = await asRadiologist(server, siteId);
  }

  const readCase = (id: string) =>
    server.database.client.case.findUniqueOrThrow({ where: { id } });

  it("places hundreds of cases in the background, each with its event", async () => {
    await newSite();
    const ids: string[] = [];
    for (let index = 0; index < 250; index++)
      ids.push(
        (
          await aCase(server, siteId)
            .assessed(0.6)
            .with({ urgency: "SOON", urgencyReasons: ["ai:60"] })
            .create()
        ).case.id,
      );
    const version = await givenPolicy(server, siteId, {
      urgency: { positive: "URGENT" },
    });
    const { events } = await recordedBy(server, async () => {
      await placement.sweep();
      await placement.sweep();
    });
    const own = events.filter(({ siteId: at }) => at === siteId);
    expect(own.map(({ type }) => type)).toEqual(ids.map(() => "case.placed"));
    const stale = await server.database.client.case.count({
      where: {
        siteId,
        OR: [
          { policyVersion: { not: version } },
          { urgency: { not: "URGENT" } },
        ],
      },
    });
    expect(stale).toBe(0);
  }, 180_000);

  it("decides from which probability on a finding counts, for list and screen alike", async () => {
    await newSite();
    const model = await liveTestModel(server);
    const row = (await aCase(server, siteId).assessed(0.6).create()).case;
    await givenPolicy(server, siteId, {
      thresholds: [
        {
          model: model.fingerprint,
          finding: "pneumonia",
          ageGroup: "adult",
          threshold: 0.7,
        },
      ],
    });
    await placement.placeAll(siteId);
    const answer = await staff.execute(CASE, { id: row.id });
    expect(answer.anyData()).toMatchObject({
      case: {
        threshold: 0.7,
        shownPrediction: { findings: [{ threshold: 0.7, positive: false }] },
      },
    });
    expect((await readCase(row.id)).urgency).toBe("ROUTINE");
    const negative = await staff.execute(
      `query ($id: ID!) { worklist(filter: { siteId: $id, aiPositive: false }) { edges { node { id } } } }`,
      { id: siteId },
    );
    expect(negative.anyData()).toMatchObject({
      worklist: { edges: [{ node: { id: row.id } }] },
    });
  });

  it("decides how long a claim holds", async () => {
    await newSite();
    await givenPolicy(server, siteId, { reading: { leaseMinutes: 42 } });
    const { case: row } = await aCase(server, siteId).create();
    const answer = await reader.execute(CLAIM, { id: row.id });
    const until = new Date(server.clock.now().getTime() + 42 * 60_000);
    expect(answer.anyData()).toEqual({
      claimCase: { claimExpiresAt: until.toISOString() },
    });
  });

  it("decides for how long a signed pneumonia makes the next film a follow-up", async () => {
    await newSite();
    const daysAgo = (days: number) =>
      new Date(server.clock.now().getTime() - days * 86_400_000);
    const prior = await aCase(server, siteId)
      .with({ state: "SIGNED", decidedLabel: "PNEUMONIA" })
      .studiedAt(daysAgo(50))
      .create();
    // Between the two a film that said nothing takes nothing of it away.
    await aCase(server, siteId)
      .of(prior.patient)
      .with({ state: "SIGNED", decidedLabel: "NOT_DIAGNOSTIC" })
      .studiedAt(daysAgo(1))
      .create();
    const next = await aCase(server, siteId)
      .of(prior.patient)
      .assessed(0.1)
      .create();
    await givenPolicy(server, siteId, { urgency: { followUpDays: 49 } });
    await placement.placeAll(siteId);
    expect((await readCase(next.case.id)).urgency).toBe("ROUTINE");
    await givenPolicy(server, siteId, { urgency: { followUpDays: 50 } });
    await placement.placeAll(siteId);
    expect(await readCase(next.case.id)).toMatchObject({
      urgency: "SOON",
      urgencyReasons: ["ai:10", "prior-positive"],
    });
  });

  it("shows readers the AI at once where the site reads openly, and counts no opinion as blind", async () => {
    await newSite();
    await givenPolicy(server, siteId, { reading: { mode: "open" } });
    const row = (await aCase(server, siteId).assessed(0.9).create()).case;
    await untilSeen(row.id, true);
    await reader.execute(CLAIM, { id: row.id });
    await reader.execute(OPINION, { id: row.id });
    const shown = (await readCase(row.id)).shownPredictionId;
    const input = {
      caseId: row.id,
      caseVersion: (await readCase(row.id)).version,
      label: "PNEUMONIA",
      decision: "CONFIRM",
    };
    (await reader.execute(SIGN, { input })).refusedWith("REVEAL_REQUIRED");
    (
      await reader.execute(SIGN, { input: { ...input, predictionId: shown } })
    ).anyData();
    const reading = await server.database.client.reading.findFirstOrThrow({
      where: { caseId: row.id },
    });
    expect(reading).toMatchObject({
      opinionIsBlind: false,
      revealedPredictionId: shown,
    });
  });

  it("counts no opinion as blind of a study that was shown openly before the site went blind", async () => {
    await newSite();
    await givenPolicy(server, siteId, { reading: { mode: "open" } });
    const before = (await aCase(server, siteId).assessed(0.9).create()).case;
    await server.database.client.study.update({
      where: { id: before.studyId },
      data: { createdAt: server.clock.now() },
    });
    server.clock.forward(60);
    await givenPolicy(server, siteId, { reading: { mode: "blind" } });
    server.clock.forward(60);
    const after = (await aCase(server, siteId).assessed(0.9).create()).case;
    await server.database.client.study.update({
      where: { id: after.studyId },
      data: { createdAt: server.clock.now() },
    });
    for (const { id } of [before, after]) {
      await reader.execute(CLAIM, { id });
      (await reader.execute(OPINION, { id })).anyData();
    }
    const blind = async (caseId: string) =>
      (
        await server.database.client.reading.findFirstOrThrow({
          where: { caseId },
        })
      ).opinionIsBlind;
    expect(await blind(before.id)).toBe(false);
    expect(await blind(after.id)).toBe(true);
  });

  it("closes the AI of control cases to everybody until they are signed, wherever it could show", async () => {
    await newSite();
    const row = (
      await aCase(server, siteId)
        .assessed(0.97)
        .with({ isControl: true, urgency: "SOON", urgencyReasons: ["control"] })
        .create()
    ).case;
    await givenPolicy(server, siteId, { urgency: { strong: "CRITICAL" } });
    await placement.placeAll(siteId);
    // Placed as if the AI had not spoken.
    expect(await readCase(row.id)).toMatchObject({
      urgency: "SOON",
      urgencyReasons: ["control"],
    });
    const closed = {
      assessment: "PENDING",
      probability: null,
      threshold: null,
      urgencyReasons: ["control"],
      viewerSeesAi: false,
      shownPrediction: null,
    };
    for (const viewer of [staff, reader])
      expect(
        (await viewer.execute(CASE, { id: row.id })).anyData(),
      ).toMatchObject({ case: closed });
    const found = async (filter: string): Promise<number> => {
      const answer = await staff.execute(
        `query ($id: ID!) { worklist(filter: { siteId: $id, ${filter} }) { totalCount } }`,
        { id: siteId },
      );
      return (answer.anyData()["worklist"] as { totalCount: number })
        .totalCount;
    };
    expect(await found("aiPositive: true")).toBe(0);
    expect(await found("aiPositive: false")).toBe(0);
    expect(await found("assessments: [ASSESSED]")).toBe(0);
    expect(await found("assessments: [PENDING]")).toBe(1);
    await reader.execute(CLAIM, { id: row.id });
    const input = {
      caseId: row.id,
      caseVersion: (await readCase(row.id)).version,
      label: "PNEUMONIA",
      decision: "INDEPENDENT",
    };
    (await reader.execute(SIGN, { input })).anyData();
    expect(await found("aiPositive: true")).toBe(1);
    expect((await staff.execute(CASE, { id: row.id })).anyData()).toMatchObject(
      { case: { assessment: "ASSESSED", probability: 0.97 } },
    );
  });

  it("chooses control cases as they come in, and places them with the version in force", async () => {
    await newSite();
    const version = await givenPolicy(server, siteId, {
      urgency: { pending: "URGENT" },
      reading: { controlShare: 20 },
    });
    const rows = [];
    for (let index = 0; index < 30; index++) {
      const film = await chestPng(9_000 + index, 256);
      const { caseId } = await uploadOne(staff, film);
      rows.push(await readCase(caseId));
    }
    const controls = rows.filter(({ isControl }) => isControl);
    // 30 films at 20 %: none or more than 20 are as good as impossible.
    expect(controls.length).toBeGreaterThan(0);
    expect(controls.length).toBeLessThan(20);
    for (const row of rows) {
      expect(row).toMatchObject({ policyVersion: version, urgency: "URGENT" });
      expect(row.urgencyReasons[0]).toBe(row.isControl ? "control" : "pending");
    }
  }, 180_000);

  /** The server hears of a new policy by a notice, a moment later. */
  async function untilSeen(id: string, seesAi: boolean): Promise<void> {
    for (let attempt = 0; attempt < 50; attempt++) {
      const { case: row } = (
        await reader.execute(CASE, { id })
      ).anyData() as unknown as { case: { viewerSeesAi: boolean } };
      if (row.viewerSeesAi === seesAi) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error("the server did not hear of the policy");
  }
});
