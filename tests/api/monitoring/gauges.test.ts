import { withTransaction } from "@lung-iris/prisma";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AuditLog } from "../../../apps/api/src/audit/audit-log.ts";
import { AlarmDesk } from "../../../apps/api/src/features/alarms/alarm-desk.ts";
import { countDay } from "../../../apps/api/src/features/monitoring/day.store.ts";
import { seedFilms } from "../../testkit/monitored-films.ts";
import { startTestServer, type TestServer } from "../../testkit/server.ts";
import { aSite } from "../../testkit/viewers.ts";

describe("/metrics of the watch", () => {
  let server: TestServer;

  beforeAll(async () => {
    server = await startTestServer();
  });
  afterAll(() => server.stop());

  it("has alarms, a week's films by site, their reasons, sources and mix", async () => {
    const { client } = server.appDatabase;
    const { clock } = server;
    const { id: siteId, code } = await aSite(server);
    const audit = new AuditLog(client, clock);
    await new AlarmDesk({ client, clock, audit }).raise(
      { siteId, kind: "SOURCE_SILENT", subject: "ROOM-1" },
      clock.now(),
      { silentDays: 3 },
    );
    // By the database's own day: /metrics knows no test's clock.
    const now = new Date();
    await seedFilms(server, siteId, [
      { at: now, station: "ROOM-1", greyMean: 0.4, age: 70, sex: "FEMALE" },
      { at: now, station: "ROOM-1", refused: "lateral" },
      { at: now, refused: "a code of tomorrow" },
    ]);
    // Films of more rooms than have series.
    await seedFilms(
      server,
      siteId,
      Array.from({ length: 25 }, (_, at) => [
        { at: now, station: `WARD-${String(at).padStart(2, "0")}` },
      ]).flat(),
    );
    const day = now.toISOString().slice(0, 10);
    await withTransaction(client, (tx) =>
      countDay(tx, { id: siteId, timeZone: "UTC" }, day),
    );
    const text = await (await fetch(`${server.address}/metrics`)).text();
    for (const line of [
      'lung_iris_alarms_open{kind="SOURCE_SILENT",acknowledged="false"} 1',
      'lung_iris_alarms_open{kind="DRIFT",acknowledged="false"} 0',
      `lung_iris_ai_films_7d{site="${code}",outcome="assessed"} 26`,
      `lung_iris_ai_films_7d{site="${code}",outcome="refused"} 2`,
      `lung_iris_gate_refusals_7d{site="${code}",reason="lateral"} 1`,
      `lung_iris_gate_refusals_7d{site="${code}",reason="other"} 1`,
      `lung_iris_gate_refusals_by_source_7d{site="${code}",source="ROOM-1"} 1`,
      `lung_iris_gate_refusals_by_source_7d{site="${code}",source="unknown"} 1`,
      `lung_iris_source_silent_days{site="${code}",source="ROOM-1"} 0`,
      `lung_iris_film_figure_mean_7d{site="${code}",figure="grey-mean"} 0.4`,
      `lung_iris_film_figure_mean_7d{site="${code}",figure="gate-distance"} 1`,
      `lung_iris_films_by_age_7d{site="${code}",group="65+"} 1`,
      `lung_iris_films_by_sex_7d{site="${code}",group="female"} 1`,
      'lung_iris_golden_films{answer="different"} 0',
    ])
      expect(text.split("\n")).toContain(line);
    const sources = text
      .split("\n")
      .filter((line) => line.startsWith("lung_iris_source_silent_days{"));
    expect(sources).toHaveLength(20);
  });
});
