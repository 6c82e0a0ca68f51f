import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { AuditLog } from "../../../apps/api/src/audit/audit-log.ts";
import { AlarmDesk } from "../../../apps/api/src/features/alarms/alarm-desk.ts";
import { DayService } from "../../../apps/api/src/features/monitoring/day.service.ts";
import { SilenceService } from "../../../apps/api/src/features/monitoring/silence.service.ts";
import { WatchService } from "../../../apps/api/src/features/monitoring/watch.service.ts";
import { recordedBy } from "../../testkit/audit-trail.ts";
import { seedFilms } from "../../testkit/monitored-films.ts";
import { aCase } from "../../testkit/scenario.ts";
import { startTestServer } from "../../testkit/server.ts";
import type { TestServer } from "../../testkit/server.ts";
import { aSite, asAdmin } from "../../testkit/viewers.ts";
import type { SignedIn } from "../../testkit/viewers.ts";

const ALARMS = `query ($siteId: ID!, $isOpen: Boolean) {
  alarms(siteId: $siteId, isOpen: $isOpen) { edges { node {
    id kind subject since raisedAt endedAt figures { name number text } } } }
}`;
const WATCHES = `query ($siteId: ID!) {
  monitoring(siteId: $siteId) { watches { metric films level stability }
    silentSources { source lastDay silentDays usualDays }
    waiting { films limitMinutes } } }`;
const ACKNOWLEDGE = `mutation ($id: ID!) {
  acknowledgeAlarm(id: $id, note: "New generator in room 1") { endedAt } }`;

interface Alarm {
  id: string;
  kind: string;
  subject: string;
  endedAt: string | null;
}

describe("the watch over films and answers", () => {
  let server: TestServer;
  let siteId: string;
  let admin: SignedIn;
  let watch: WatchService;
  let silence: SilenceService;
  let days: DayService;

  beforeAll(async () => {
    server = await startTestServer();
    const { clock } = server;
    const { client } = server.appDatabase;
    const audit = new AuditLog(client, clock);
    const alarms = new AlarmDesk({ client, audit, clock });
    watch = new WatchService({ client, alarms });
    silence = new SilenceService({ client, clock, alarms });
    days = new DayService({ client, clock });
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    siteId = (await aSite(server)).id;
    admin = await asAdmin(server, siteId);
  });

  let minute = 0;
  /** Films one after the other, with a spread about their mean grey. */
  function films(count: number, grey: number) {
    return seedFilms(
      server,
      siteId,
      Array.from({ length: count }, () => {
        minute += 1;
        // Steps of the golden ratio fill 0…1 evenly and in no order.
        const spread = ((minute * 0.618034) % 1) - 0.5;
        return {
          at: new Date(Date.UTC(2026, 0, 1) + minute * 60_000),
          greyMean: grey * (1 + 0.3 * spread),
          probability: 0.3 + 0.2 * (((minute * 0.754877) % 1) - 0.5),
          age: 20 + 60 * ((minute * 0.569841) % 1),
          sex: minute % 2 === 0 ? ("FEMALE" as const) : ("MALE" as const),
        };
      }),
    );
  }

  async function alarms(isOpen: boolean | null = null): Promise<Alarm[]> {
    const answer = await admin.execute(ALARMS, { siteId, isOpen });
    const { edges } = answer.anyData()["alarms"] as {
      edges: { node: Alarm }[];
    };
    return edges.map(({ node }) => node);
  }

  async function read() {
    const answer = await admin.execute(WATCHES, { siteId });
    return answer.anyData()["monitoring"] as Record<string, unknown>;
  }

  it("stays quiet while nothing changes, then alarms a change of exposure once, on record", async () => {
    await films(1_000, 0.5);
    expect(await watch.run()).toBe(0);
    expect(await alarms()).toEqual([]);
    await films(200, 0.4);
    const { events } = await recordedBy(server, () => watch.run());
    expect(await alarms()).toMatchObject([
      {
        kind: "DRIFT",
        subject: "grey-mean",
        endedAt: null,
        figures: [
          { name: "films", number: 200 },
          { name: "gap" },
          { name: "stability" },
        ],
      },
    ]);
    expect(events).toMatchObject([
      { type: "alarm.raised", actorId: "SYSTEM", siteId },
    ]);
    // Looking again, with more films like these, is no second alarm.
    await films(100, 0.4);
    expect(await watch.run()).toBe(0);
    expect(await alarms()).toHaveLength(1);
  });

  it("begins anew when an alarm of drift is acknowledged: what comes then is normal", async () => {
    await films(600, 0.5);
    await films(200, 0.4);
    await watch.run();
    const [alarm] = await alarms(true);
    await admin.execute(ACKNOWLEDGE, { id: alarm?.id ?? "" });
    expect(await alarms(true)).toEqual([]);
    await films(500, 0.4);
    expect(await watch.run()).toBe(0);
    const { watches } = await read();
    expect(watches).toContainEqual(
      expect.objectContaining({ metric: "grey-mean", films: 500 }),
    );
    // Back to where it was is a change again.
    await films(200, 0.5);
    expect(await watch.run()).toBe(1);
  });

  it("is followed by one at a time: two workers see every film once", async () => {
    await films(300, 0.5);
    await Promise.all([watch.run(), watch.run(), watch.run()]);
    const { watches } = await read();
    for (const metric of ["grey-mean", "probability", "refused", "age", "sex"])
      expect(watches).toContainEqual(
        expect.objectContaining({
          metric,
          films: 300,
          level: expect.any(Number) as number,
        }),
      );
  });

  it("leaves films of the last seconds for later: their neighbours may not be committed", async () => {
    await seedFilms(server, siteId, [{ at: new Date(), greyMean: 0.5 }]);
    await watch.run();
    expect((await read())["watches"]).toEqual([]);
  });

  it("alarms films that wait for the AI, and ends the alarm when they are answered", async () => {
    const late = new Date(server.clock.now().getTime() - 16 * 60_000);
    const { case: row } = await aCase(server, siteId)
      .with({ arrivedAt: late })
      .create();
    await silence.run();
    await silence.run();
    expect(await alarms()).toMatchObject([
      {
        kind: "AI_SILENT",
        subject: "films",
        since: late.toISOString(),
        endedAt: null,
        figures: [{ name: "films", number: 1 }],
      },
    ]);
    expect((await read())["waiting"]).toEqual({ films: 1, limitMinutes: 15 });
    await server.database.client.case.update({
      where: { id: row.id },
      data: { assessment: "ASSESSED" },
    });
    await silence.run();
    expect(await alarms(true)).toEqual([]);
    expect(await alarms(false)).toHaveLength(1);
  });

  it("alarms a station that stopped sending, and not one that never sends on Sundays", async () => {
    const day = (text: string) => new Date(`2026-02-${text}T10:00:00.000Z`);
    await seedFilms(server, siteId, [
      ...["16", "17", "18", "19", "20", "21"].map((date) => ({
        at: day(date),
        station: "ROOM-1",
      })),
      // 22 February 2026 is a Sunday; today is Monday, 2 March.
      ...["18", "19", "20", "21", "23", "24", "25", "26", "27", "28"].map(
        (date) => ({ at: day(date), station: "ROOM-2" }),
      ),
    ]);
    await days.run(false);
    await silence.run();
    expect(await alarms()).toMatchObject([
      { kind: "SOURCE_SILENT", subject: "ROOM-1", endedAt: null },
    ]);
    expect((await read())["silentSources"]).toEqual([
      { source: "ROOM-1", lastDay: "2026-02-21", silentDays: 8, usualDays: 0 },
    ]);
    const now = server.clock.now();
    await seedFilms(server, siteId, [{ at: now, station: "ROOM-1" }]);
    await days.run(false);
    await silence.run();
    expect(await alarms(true)).toEqual([]);
  });
});
