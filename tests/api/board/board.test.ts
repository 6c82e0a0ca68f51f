import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { aCase } from "../../testkit/scenario.ts";
import { startTestServer } from "../../testkit/server.ts";
import type { TestServer } from "../../testkit/server.ts";
import {
  aSite,
  asAuditor,
  asRadiologist,
  asStaff,
} from "../../testkit/viewers.ts";
import type { SignedIn } from "../../testkit/viewers.ts";

const BOARD = `query ($siteId: ID!) {
  board(siteId: $siteId) {
    asOf reading notAssessed pending
    classes { urgency waiting overdue ceilingMinutes oldestSince }
    readers { userId reading assigned signed }
    nextDue { caseId urgency arrivedAt dueAt assigneeName }
    hours { from arrived signed medianMinutes p90Minutes }
    days { from arrived signed medianMinutes p90Minutes }
    waitingOverDay { at critical urgent soon routine }
  }
}`;

interface Span {
  from: string;
  arrived: number;
  signed: number;
  medianMinutes: number | null;
  p90Minutes: number | null;
}

interface Board {
  asOf: string;
  reading: number;
  notAssessed: number;
  pending: number;
  classes: {
    urgency: string;
    waiting: number;
    overdue: number;
    ceilingMinutes: number;
    oldestSince: string | null;
  }[];
  readers: {
    userId: string;
    reading: number;
    assigned: number;
    signed: number;
  }[];
  nextDue: { caseId: string; dueAt: string; assigneeName: string | null }[];
  hours: Span[];
  days: Span[];
  waitingOverDay: { at: string; urgent: number; soon: number }[];
}

describe("the board", () => {
  let server: TestServer;
  let siteId: string;
  let staff: SignedIn;
  let reader: SignedIn;

  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    siteId = (await aSite(server)).id;
    staff = await asStaff(server, siteId);
    reader = await asRadiologist(server, siteId);
  });

  const ago = (minutes: number): Date =>
    new Date(server.clock.now().getTime() - minutes * 60_000);

  async function board(): Promise<Board> {
    const answer = await staff.execute(BOARD, { siteId });
    return answer.anyData()["board"] as Board;
  }

  /** A case that came in and was signed so many minutes ago. */
  async function signed(arrived: number, at: number, versions = 1) {
    const { case: row } = await aCase(server, siteId)
      .with({
        state: "SIGNED",
        urgency: "URGENT",
        arrivedAt: ago(arrived),
        signedAt: ago(at),
      })
      .create();
    const { client } = server.database;
    const reading = await client.reading.create({
      data: {
        siteId,
        caseId: row.id,
        readerId: reader.userId,
        state: "SIGNED",
        startedAt: ago(at),
      },
    });
    for (let version = 1; version <= versions; version++) {
      await client.readingVersion.create({
        data: {
          siteId,
          readingId: reading.id,
          caseId: row.id,
          readerId: reader.userId,
          version,
          label: "NORMAL",
          decision: "INDEPENDENT",
          signedAt: ago(at - (version - 1)),
        },
      });
    }
  }

  it("counts what waits in each class, and what waits too long", async () => {
    await aCase(server, siteId)
      .with({ urgency: "URGENT", arrivedAt: ago(10) })
      .create();
    await aCase(server, siteId)
      .with({ urgency: "URGENT", arrivedAt: ago(300) })
      .create();
    await aCase(server, siteId)
      .notAssessed("lateral")
      .with({ urgency: "SOON", arrivedAt: ago(30) })
      .create();
    await aCase(server, siteId)
      .with({ state: "SIGNED", urgency: "CRITICAL" })
      .create();
    const { classes, notAssessed, pending, reading } = await board();
    expect(classes.map(({ urgency }) => urgency)).toEqual([
      "CRITICAL",
      "URGENT",
      "SOON",
      "ROUTINE",
    ]);
    expect(classes[0]).toMatchObject({ waiting: 0, oldestSince: null });
    expect(classes[1]).toEqual({
      urgency: "URGENT",
      waiting: 2,
      overdue: 1,
      ceilingMinutes: 120,
      oldestSince: ago(300).toISOString(),
    });
    expect({ notAssessed, pending, reading }).toEqual({
      notAssessed: 1,
      pending: 2,
      reading: 0,
    });
  });

  it("counts nothing of another hospital", async () => {
    const elsewhere = await aSite(server);
    await aCase(server, elsewhere.id).create();
    expect((await board()).classes.map(({ waiting }) => waiting)).toEqual([
      0, 0, 0, 0,
    ]);
    (await staff.execute(BOARD, { siteId: elsewhere.id })).refusedWith(
      "NOT_FOUND",
    );
  });

  it("says who holds, was given and has signed what", async () => {
    await aCase(server, siteId)
      .with({
        state: "READING",
        claimedById: reader.userId,
        claimExpiresAt: ago(-10),
      })
      .create();
    await aCase(server, siteId).with({ assigneeId: reader.userId }).create();
    await signed(90, 30, 2);
    await signed(60 * 40, 60 * 30);
    const { readers, reading } = await board();
    expect(readers).toEqual([
      { userId: reader.userId, reading: 1, assigned: 1, signed: 1 },
    ]);
    expect(reading).toBe(1);
  });

  it("gives the time to the first signature as median and 90th percentile", async () => {
    // 09:00 is the first minute of an hour; all of these lie in the one before.
    for (const minutes of [10, 20, 30, 40, 50]) await signed(minutes + 5, 5);
    const { hours, days } = await board();
    expect(hours).toHaveLength(25);
    const last = hours.at(-2);
    expect(last).toMatchObject({ arrived: 5, signed: 5 });
    expect(last?.medianMinutes).toBeCloseTo(30, 6);
    // Between 40 and 50, by the definition of percentile_cont.
    expect(last?.p90Minutes).toBeCloseTo(46, 6);
    expect(days).toHaveLength(7);
    expect(days.at(-1)).toMatchObject({ signed: 5 });
    expect(days[0]).toMatchObject({ signed: 0, medianMinutes: null });
  });

  it("begins days at the site's own midnight", async () => {
    await server.database.client.site.update({
      where: { id: siteId },
      data: { timeZone: "Asia/Ho_Chi_Minh" },
    });
    const { days } = await board();
    expect(days.at(-1)?.from).toBe("2026-03-01T17:00:00.000Z");
    expect(days[0]?.from).toBe("2026-02-23T17:00:00.000Z");
  });

  it("names the cases that are due first by their times, and no patient", async () => {
    const { case: later } = await aCase(server, siteId)
      .with({ urgency: "SOON", arrivedAt: ago(10) })
      .create();
    const { case: first } = await aCase(server, siteId)
      .with({
        urgency: "ROUTINE",
        arrivedAt: ago(500),
        assigneeId: reader.userId,
      })
      .create();
    for (let n = 0; n < 9; n++) {
      await aCase(server, siteId)
        .with({ arrivedAt: ago(n / 10) })
        .create();
    }
    const { nextDue } = await board();
    expect(nextDue).toHaveLength(8);
    expect(nextDue[0]).toMatchObject({
      caseId: first.id,
      dueAt: ago(500 - 120).toISOString(),
      assigneeName: reader.name,
    });
    expect(nextDue[1]?.caseId).toBe(later.id);
  });

  it("says what waited at each hour", async () => {
    await signed(150, 90);
    await aCase(server, siteId)
      .with({ urgency: "SOON", arrivedAt: ago(30) })
      .create();
    const moments = (await board()).waitingOverDay;
    expect(moments).toHaveLength(25);
    // 07:00 after 06:30: it waited; 08:00 after 07:30: it was signed.
    expect(moments.map(({ urgent }) => urgent).slice(-3)).toEqual([1, 0, 0]);
    expect(moments.map(({ soon }) => soon).slice(-3)).toEqual([0, 0, 1]);
    expect(moments.at(-1)?.at).toBe(server.clock.now().toISOString());
  });

  it("refuses auditors, who have the trail", async () => {
    const auditor = await asAuditor(server, siteId);
    (await auditor.execute(BOARD, { siteId })).refusedWith("FORBIDDEN");
  });
});
