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

  it("has alarms and a week's films by site, and no source", async () => {
    const { client } = server.appDatabase;
    const { clock } = server;
    const { id: siteId, code } = await aSite(server);
    const audit = new AuditLog(client, clock);
    await new AlarmDesk({ client, clock, audit }).raise(
      { siteId, kind: "SOURCE_SILENT", subject: "ROOM-SECRET" },
      clock.now(),
      { silentDays: 3 },
    );
    // By the database's own day: /metrics knows no test's clock.
    const now = new Date();
    await seedFilms(server, siteId, [
      { at: now, station: "ROOM-SECRET" },
      { at: now, station: "ROOM-SECRET", refused: "lateral" },
    ]);
    const day = now.toISOString().slice(0, 10);
    await withTransaction(client, (tx) =>
      countDay(tx, { id: siteId, timeZone: "UTC" }, day),
    );
    const text = await (await fetch(`${server.address}/metrics`)).text();
    for (const line of [
      'lung_iris_alarms_open{kind="SOURCE_SILENT",acknowledged="false"} 1',
      'lung_iris_alarms_open{kind="DRIFT",acknowledged="false"} 0',
      `lung_iris_ai_films_7d{site="${code}",outcome="assessed"} 1`,
      `lung_iris_ai_films_7d{site="${code}",outcome="refused"} 1`,
      'lung_iris_golden_films{answer="different"} 0',
    ])
      expect(text.split("\n")).toContain(line);
    expect(text).not.toContain("ROOM-SECRET");
  });
});
