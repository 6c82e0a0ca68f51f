import { defaultModelDir } from "@lung-iris/inference";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AuditLog } from "../../../apps/api/src/audit/audit-log.ts";
import { AlarmDesk } from "../../../apps/api/src/features/alarms/alarm-desk.ts";
import { GoldenService } from "../../../apps/api/src/features/golden-films/golden.service.ts";
import {
  createFilmAssessor,
  type FilmAssessor,
} from "../../../apps/api/src/platform/inference-client.ts";
import { createLogger } from "../../../apps/api/src/logger.ts";
import { liveTestModel } from "../../testkit/scenario.ts";
import { startTestServer } from "../../testkit/server.ts";
import type { TestServer } from "../../testkit/server.ts";
import { aSite } from "../../testkit/viewers.ts";

const DAY_SECONDS = 86_400;

/** The product's own model on the product's own films. */
describe("golden films", () => {
  let server: TestServer;
  let siteId: string;
  let assessor: FilmAssessor;

  beforeAll(async () => {
    server = await startTestServer();
    siteId = (await aSite(server)).id;
    assessor = await createFilmAssessor({
      modelDir: defaultModelDir(),
      engine: "wasm",
      threads: 1,
    });
  }, 300_000);
  afterAll(async () => {
    await assessor.close();
    await server.stop();
  });

  /** A worker on a machine of that name; `shift` is added to what it answers. */
  async function worker(host: string, shift = 0) {
    const { clock } = server;
    // Rows of one millisecond have no order.
    clock.forward(60);
    const { client } = server.appDatabase;
    const version = await liveTestModel(server);
    const wrong: FilmAssessor = {
      ...assessor,
      assess: async (film, context) => {
        const answer = await assessor.assess(film, context);
        const findings = answer.findings.map((finding) => ({
          ...finding,
          probability: finding.probability + shift,
        }));
        return { ...answer, findings };
      },
    };
    const logger = createLogger("error", { write: () => undefined });
    const alarms = new AlarmDesk({
      client,
      clock,
      audit: new AuditLog(client, clock),
    });
    const models = { all: [{ version, assessor: wrong }] };
    return new GoldenService({ client, clock, alarms, models, host, logger });
  }

  const runs = () =>
    server.database.client.goldenRun.findMany({
      orderBy: [{ ranAt: "asc" }, { film: "asc" }],
    });
  const openAlarms = () =>
    server.database.client.alarm.findMany({
      where: { siteId, kind: "GOLDEN_FILM", endedAt: null },
    });

  it("are answered once a day by every worker, the ill ones otherwise than the healthy", async () => {
    const first = await worker("machine-1");
    await first.run();
    await first.run();
    const answers = await runs();
    expect(answers.map(({ film }) => film)).toEqual([
      "phantom-101",
      "phantom-102",
      "phantom-103",
      "phantom-104",
    ]);
    const [healthy, ill, healthyChild, illChild] = answers.map(
      ({ probability }) => probability ?? Number.NaN,
    );
    expect(ill).toBeGreaterThan(healthy ?? Number.NaN);
    expect(illChild).toBeGreaterThan(healthyChild ?? Number.NaN);
    expect(answers.every(({ isSame }) => isSame)).toBe(true);
    await (await worker("machine-2")).run();
    expect(await runs()).toHaveLength(8);
    server.clock.forward(DAY_SECONDS);
    await first.run();
    expect(await runs()).toHaveLength(12);
    expect(await openAlarms()).toEqual([]);
  }, 300_000);

  it("raise an alarm of the worker that answers otherwise, until it answers as before", async () => {
    const broken = await worker("machine-3", 0.01);
    await broken.run();
    expect(await openAlarms()).toMatchObject([
      {
        subject: "machine-3 · wasm · test-model",
        figures: { film: "phantom-101" },
      },
    ]);
    await (await worker("machine-1")).run();
    expect(await openAlarms()).toHaveLength(1);
    await (await worker("machine-3")).run();
    expect(await openAlarms()).toEqual([]);
  }, 300_000);
});
