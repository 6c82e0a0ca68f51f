import { rm } from "node:fs/promises";
import { dirname } from "node:path";
import type { ModelVersion } from "@lung-iris/prisma";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AuditLog } from "../../../apps/api/src/audit/audit-log.ts";
import { AlarmDesk } from "../../../apps/api/src/features/alarms/alarm-desk.ts";
import { SitePolicies } from "../../../apps/api/src/features/policies/site-policies.ts";
import { BeforeAfterService } from "../../../apps/api/src/features/promotions/before-after.service.ts";
import { PromotionWatchService } from "../../../apps/api/src/features/promotions/promotion-watch.service.ts";
import { recordedBy } from "../../testkit/audit-trail.ts";
import { recalibratedFolder, registerBeside } from "../../testkit/models.ts";
import { promotedByTwo } from "../../testkit/promotions.ts";
import { aCase } from "../../testkit/scenario.ts";
import { startTestServer, type TestServer } from "../../testkit/server.ts";
import { aSite, asAdmin, type SignedIn } from "../../testkit/viewers.ts";

const ROLL_BACK = `mutation ($input: DecidePromotionInput!) {
  rollBackPromotion(input: $input) { id } }`;
const DAY = 24 * 3_600;
const FILMS = 40;

describe("the two weeks after a promotion", () => {
  let server: TestServer;
  let folder: string;
  let first: ModelVersion;
  let candidate: ModelVersion;

  beforeAll(async () => {
    folder = await recalibratedFolder();
    server = await startTestServer();
    [first, candidate] = await registerBeside(server, folder);
  });
  afterAll(async () => {
    await server.stop();
    await rm(dirname(folder), { recursive: true });
  });

  /** Films that a model answered live, some of them positive. */
  const films = async (
    siteId: string,
    model: ModelVersion,
    positive: number,
  ) => {
    const { client } = server.database;
    for (let film = 0; film < FILMS; film += 1) {
      const { image } = await aCase(server, siteId)
        .with({ arrivedAt: server.clock.now() })
        .create();
      const probability = film < positive ? 0.9 : 0.1;
      await client.prediction.create({
        data: {
          imageId: image.id,
          modelVersionId: model.id,
          role: "LIVE",
          gateStatus: "ASSESSED",
          engine: "wasm",
          milliseconds: 12,
          findings: {
            create: {
              code: "pneumonia",
              score: 0,
              probability,
              low: probability,
              high: probability,
              ownThreshold: 0.5,
              ageGroup: "adult",
              groupFrom: "default",
            },
          },
        },
      });
    }
    // What comes at the moment of a look is the next one's.
    server.clock.forward(1);
  };
  const aPromotion = async () => {
    const siteId = (await aSite(server)).id;
    await films(siteId, first, 4);
    server.clock.forward(60);
    const admins: [SignedIn, SignedIn] = [
      await asAdmin(server, siteId),
      await asAdmin(server, siteId),
    ];
    const id = await promotedByTwo(server, admins, siteId, candidate.id);
    server.clock.forward(60);
    return { siteId, id, admin: admins[0] };
  };
  const watch = () => {
    const { client } = server.appDatabase;
    const { clock } = server;
    const audit = new AuditLog(client, clock);
    const policies = new SitePolicies(client);
    return new PromotionWatchService({
      client,
      clock,
      alarms: new AlarmDesk({ client, audit, clock }),
      beforeAfters: new BeforeAfterService({ client, clock, policies }),
    }).run();
  };
  const alarmsOf = (siteId: string) =>
    server.database.client.alarm.findMany({ where: { siteId } });

  it("raises what is surely otherwise once, tells the admins, and ends with them", async () => {
    const { siteId, id, admin } = await aPromotion();
    await films(siteId, candidate, 27);
    const { events } = await recordedBy(server, async () => {
      expect(await watch()).toBe(1);
      expect(await watch()).toBe(0);
    });
    const subject = `${id}/positives-rose`;
    expect(events.map(({ type, details }) => [type, details["about"]])).toEqual(
      [["alarm.raised", subject]],
    );
    const [alarm] = await alarmsOf(siteId);
    expect(alarm).toMatchObject({
      kind: "PROMOTION",
      subject,
      endedAt: null,
      figures: {
        change: "positives-rose",
        model: candidate.name,
        before: 0.1,
        after: 0.675,
        films: FILMS,
      },
    });
    expect(
      await server.database.client.inboxItem.count({
        where: {
          userId: admin.userId,
          alarmId: alarm?.id ?? "",
          kind: "ALARM",
        },
      }),
    ).toBe(1);
    // Acknowledged it stays, and is not raised anew.
    const acknowledged = await admin.execute(
      `mutation ($id: ID!) { acknowledgeAlarm(id: $id, note: "seen") { endedAt } }`,
      { id: alarm?.id },
    );
    expect(acknowledged.anyData()["acknowledgeAlarm"]).toEqual({
      endedAt: null,
    });
    expect(await watch()).toBe(0);
    server.clock.forward(14 * DAY);
    expect(await watch()).toBe(0);
    expect((await alarmsOf(siteId)).map(({ endedAt }) => endedAt)).toEqual([
      server.clock.now(),
    ]);
  });

  it("ends with a promotion that is taken back", async () => {
    const { siteId, id, admin } = await aPromotion();
    await films(siteId, candidate, 27);
    expect(await watch()).toBe(1);
    const input = { promotionId: id, reason: "too many positives" };
    (await admin.execute(ROLL_BACK, { input })).anyData();
    await watch();
    const [alarm, ...others] = await alarmsOf(siteId);
    expect(others).toEqual([]);
    expect(alarm?.endedAt).toEqual(server.clock.now());
  });

  it("raises nothing of a model that does as the one before", async () => {
    const { siteId } = await aPromotion();
    await films(siteId, candidate, 6);
    expect(await watch()).toBe(0);
    expect(await alarmsOf(siteId)).toEqual([]);
  });
});
