import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DayService } from "../../../apps/api/src/features/monitoring/day.service.ts";
import { seedFilms, seedSignature } from "../../testkit/monitored-films.ts";
import type { MonitoredSignature } from "../../testkit/monitored-films.ts";
import { startTestServer } from "../../testkit/server.ts";
import type { TestServer } from "../../testkit/server.ts";
import { aSite, asAdmin, asRadiologist } from "../../testkit/viewers.ts";
import type { SignedIn } from "../../testkit/viewers.ts";

const SHARE = "{ value low high }";
const MONITORING = `query ($siteId: ID!, $days: Int) {
  monitoring(siteId: $siteId, days: $days) {
    from to films signed refused ${SHARE} agreement ${SHARE}
    sensitivity ${SHARE} specificity ${SHARE}
    contradicted followed helped misled
    series { measure normalOf normalNeeds points { day count value low high } }
    subgroups { dimension name films signed agreement ${SHARE} }
    helpedShare { value }
    reasons { kind reason source count share { value } shareBefore { value } }
  }
}`;

interface Point {
  day: string;
  count: number;
  value: number | null;
  low: number | null;
  high: number | null;
}

interface Figures {
  from: string;
  to: string;
  films: number;
  series: { measure: string; normalOf: number; points: Point[] }[];
  [name: string]: unknown;
}

describe("the figures of a site's days", () => {
  let server: TestServer;
  let siteId: string;
  let admin: SignedIn;
  let readerId: string;

  beforeAll(async () => {
    server = await startTestServer();
    siteId = (await aSite(server)).id;
    admin = await asAdmin(server, siteId);
    readerId = (await asRadiologist(server, siteId)).userId;
  });
  afterAll(() => server.stop());

  async function count(isNight = false): Promise<void> {
    const { client } = server.appDatabase;
    await new DayService({ client, clock: server.clock }).run(isNight);
  }

  async function figures(of = siteId, days = 7): Promise<Figures> {
    const answer = await admin.execute(MONITORING, { siteId: of, days });
    return answer.anyData()["monitoring"] as Figures;
  }

  const at = (text: string): Date => new Date(`2026-${text}:00.000Z`);

  it("says nothing of a site without films, and says what it would take", async () => {
    await count();
    expect(await figures()).toMatchObject({
      from: "2026-02-24",
      to: "2026-03-02",
      films: 0,
      refused: null,
      agreement: null,
      subgroups: [],
      reasons: [],
    });
    const { series } = await figures();
    expect(series).toHaveLength(6);
    expect(series[0]).toMatchObject({ normalOf: 0, normalNeeds: 200 });
    expect(series[0]?.points).toHaveLength(7);
  });

  it("counts films by day, source, age and sex, once each", async () => {
    const films = await seedFilms(server, siteId, [
      { at: at("03-01T08:00"), station: "ROOM-1", age: 3, sex: "FEMALE" },
      { at: at("03-01T09:00"), station: "ROOM-1", age: 70, sex: "MALE" },
      { at: at("03-02T08:00"), station: "ROOM-2", age: 70, refused: "lateral" },
    ]);
    // Asked again after a correction: the film is no second film.
    const [first] = films;
    const before = await server.database.client.prediction.findUniqueOrThrow({
      where: { id: first?.predictionId ?? "" },
    });
    await server.database.client.prediction.create({
      data: {
        ...before,
        id: randomUUID(),
        revision: 2,
        createdAt: at("03-02T08:30"),
      },
    });
    await count();
    const shown = await figures();
    expect(shown).toMatchObject({
      films: 3,
      refused: { value: 1 / 3 },
      reasons: [
        {
          kind: "REFUSAL",
          reason: "lateral",
          source: "ROOM-2",
          count: 1,
          share: { value: 1 },
          shareBefore: null,
        },
      ],
    });
    expect(shown["subgroups"]).toEqual(
      expect.arrayContaining(
        [
          ["AGE", "65+", 2],
          ["AGE", "0-4", 1],
          ["SEX", "FEMALE", 1],
          ["SEX", "MALE", 1],
          ["SEX", "UNKNOWN", 1],
          ["SOURCE", "ROOM-1", 2],
          ["SOURCE", "ROOM-2", 1],
        ].map(
          ([dimension, name, films]) =>
            expect.objectContaining({ dimension, name, films }) as unknown,
        ),
      ),
    );
    const refused = shown.series.find(({ measure }) => measure === "REFUSED");
    expect(refused?.points.slice(-2)).toEqual([
      { day: "2026-03-01", count: 2, value: 0, low: null, high: null },
      { day: "2026-03-02", count: 1, value: 1, low: null, high: null },
    ]);
  });

  it("holds signatures against the AI, blind opinions against two readers", async () => {
    const site = (await aSite(server)).id;
    const own = await asAdmin(server, site);
    const signatures: (Omit<MonitoredSignature, "at"> & { ai: number })[] = [
      { ai: 0.9, label: "PNEUMONIA", decision: "CONFIRM" },
      { ai: 0.1, label: "NORMAL", decision: "CONFIRM" },
      {
        ai: 0.9,
        label: "NORMAL",
        decision: "OVERRIDE",
        reason: "FALSE_POSITIVE",
      },
      {
        ai: 0.1,
        label: "PNEUMONIA",
        decision: "OVERRIDE",
        reason: "TOO_EARLY",
      },
      // Saw nothing, followed the AI, and two readers say it was right …
      {
        ai: 0.9,
        label: "PNEUMONIA",
        decision: "CONFIRM",
        opinion: "NORMAL",
        isBlind: true,
        truth: "PNEUMONIA",
      },
      // … and was wrong.
      {
        ai: 0.9,
        label: "PNEUMONIA",
        decision: "CONFIRM",
        opinion: "NORMAL",
        isBlind: true,
        truth: "NORMAL",
      },
      // Kept the own opinion.
      {
        ai: 0.9,
        label: "NORMAL",
        decision: "OVERRIDE",
        reason: "FALSE_POSITIVE",
        opinion: "NORMAL",
        isBlind: true,
        truth: "NORMAL",
      },
      // Not blind: nobody knows what the reader thought.
      {
        ai: 0.9,
        label: "PNEUMONIA",
        decision: "CONFIRM",
        opinion: "NORMAL",
        truth: "PNEUMONIA",
      },
      // Neither answers the AI.
      { ai: 0.9, label: "NOT_DIAGNOSTIC", decision: "OVERRIDE" },
      { ai: 0.9, label: "NORMAL", decision: "INDEPENDENT" },
    ];
    const time = at("03-01T10:00");
    const films = await seedFilms(
      server,
      site,
      signatures.map(({ ai }) => ({ at: time, probability: ai })),
    );
    for (const [place, signed] of signatures.entries()) {
      const film = films[place];
      if (film === undefined) throw new Error("a film is missing");
      const row = { at: time, ...signed };
      await seedSignature(server, site, readerId, film, row);
    }
    await count();
    const answer = await own.execute(MONITORING, { siteId: site, days: 7 });
    expect(answer.anyData()["monitoring"]).toMatchObject({
      films: 10,
      signed: 8,
      agreement: { value: 5 / 8 },
      // Of 5 signed as pneumonia the AI called 4, of 3 others it left 1.
      sensitivity: { value: 4 / 5 },
      specificity: { value: 1 / 3 },
      contradicted: 3,
      followed: 2,
      helped: 1,
      misled: 1,
      helpedShare: { value: 0.5 },
      reasons: [
        { kind: "OVERRIDE", reason: "FALSE_POSITIVE", source: "", count: 2 },
        { kind: "OVERRIDE", reason: "TOO_EARLY", source: "", count: 1 },
      ],
    });
  });

  it("holds what was refused against as many days before", async () => {
    const site = await aSite(server);
    const own = await asAdmin(server, site.id);
    const of = { station: "ROOM-9", refused: "lateral" };
    await seedFilms(server, site.id, [
      { at: at("02-20T08:00"), ...of },
      { at: at("02-20T09:00"), station: "ROOM-9" },
      { at: at("03-01T08:00"), ...of },
      { at: at("03-01T09:00"), ...of },
    ]);
    await count();
    const answer = await own.execute(MONITORING, { siteId: site.id, days: 7 });
    expect(answer.anyData()["monitoring"]).toMatchObject({
      films: 2,
      reasons: [
        {
          source: "ROOM-9",
          count: 2,
          share: { value: 1 },
          shareBefore: { value: 0.5 },
        },
      ],
    });
  });

  it("counts by the site's own clock", async () => {
    const site = await server.database.client.site.create({
      data: { code: "HAN", name: "Hà Nội", timeZone: "Asia/Ho_Chi_Minh" },
    });
    const own = await asAdmin(server, site.id);
    // 23:30 and 00:30 in Hà Nội.
    await seedFilms(server, site.id, [
      { at: at("03-01T16:30") },
      { at: at("03-01T17:30") },
    ]);
    await count();
    const answer = await own.execute(MONITORING, { siteId: site.id, days: 7 });
    const { series } = answer.anyData()["monitoring"] as Figures;
    expect(series[1]?.points.slice(-2)).toMatchObject([
      { day: "2026-03-01", count: 1 },
      { day: "2026-03-02", count: 1 },
    ]);
  });

  it("takes labels of second readers that came later, at night", async () => {
    const site = (await aSite(server)).id;
    const own = await asAdmin(server, site);
    const time = at("02-26T10:00");
    const [film] = await seedFilms(server, site, [
      { at: time, probability: 0.9 },
    ]);
    if (film === undefined) throw new Error("no film");
    await seedSignature(server, site, readerId, film, {
      at: time,
      label: "PNEUMONIA",
      decision: "CONFIRM",
      opinion: "NORMAL",
      isBlind: true,
    });
    const helped = async () => {
      const answer = await own.execute(MONITORING, { siteId: site, days: 7 });
      return (answer.anyData()["monitoring"] as Figures)["helped"];
    };
    await count();
    // A later day is the newest now.
    await seedFilms(server, site, [{ at: at("03-01T10:00") }]);
    await count();
    expect(await helped()).toBe(0);
    const version =
      await server.database.client.readingVersion.findFirstOrThrow({
        where: { siteId: site },
      });
    await server.database.client.caseLabel.create({
      data: {
        siteId: site,
        caseId: version.caseId,
        version: 1,
        readingVersionId: version.id,
        label: "PNEUMONIA",
        grade: "ADJUDICATED",
        since: time,
      },
    });
    await count();
    expect(await helped()).toBe(0);
    await count(true);
    expect(await helped()).toBe(1);
  });

  it("draws limits of the days before, once there are enough films", async () => {
    const site = (await aSite(server)).id;
    const own = await asAdmin(server, site);
    await seedFilms(
      server,
      site,
      Array.from({ length: 200 }, (_, n) => ({
        at: at("02-20T10:00"),
        greyMean: n % 2 === 0 ? 0.46 : 0.54,
      })),
    );
    await seedFilms(
      server,
      site,
      Array.from({ length: 16 }, () => ({
        at: at("03-01T10:00"),
        greyMean: 0.6,
      })),
    );
    await count();
    const answer = await own.execute(MONITORING, { siteId: site, days: 7 });
    const { series } = answer.anyData()["monitoring"] as Figures;
    const grey = series.find(({ measure }) => measure === "GREY_MEAN");
    // Mean 0.5, deviation 0.04: three deviations of a mean of 16 are 0.03.
    expect(grey?.normalOf).toBe(200);
    const [day] = grey?.points.slice(-2) ?? [];
    expect(day?.value).toBeCloseTo(0.6, 6);
    expect(day?.low).toBeCloseTo(0.47, 6);
    expect(day?.high).toBeCloseTo(0.53, 6);
  });

  it("refuses another site, a span of no sense and who is not one of those who watch", async () => {
    const other = (await aSite(server)).id;
    (await admin.execute(MONITORING, { siteId: other })).refusedWith(
      "NOT_FOUND",
    );
    for (const days of [6, 366, -1]) {
      const answer = await admin.execute(MONITORING, { siteId, days });
      answer.refusedWith("BAD_USER_INPUT");
    }
    const reader = await asRadiologist(server, siteId);
    (await reader.execute(MONITORING, { siteId })).refusedWith("FORBIDDEN");
  });
});
