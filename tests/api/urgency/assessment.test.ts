import { InferenceError } from "@lung-iris/inference";
import { withTransaction } from "@lung-iris/prisma";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AuditLog } from "../../../apps/api/src/audit/audit-log.ts";
import { CaseCommands } from "../../../apps/api/src/features/cases/case.commands.ts";
import { SitePolicies } from "../../../apps/api/src/features/policies/site-policies.ts";
import { WaitingCeilingService } from "../../../apps/api/src/features/urgency/waiting-ceiling.service.ts";
import { askModels } from "../../../apps/api/src/features/predictions/ask-models.ts";
import { ReconcileService } from "../../../apps/api/src/features/predictions/reconcile.service.ts";
import { createNotificationHub } from "../../../apps/api/src/platform/notification-hub.ts";
import type {
  CaseNotice,
  Notice,
} from "../../../apps/api/src/platform/notifications.ts";
import { createLogger } from "../../../apps/api/src/logger.ts";
import { recordedBy } from "../../testkit/audit-trail.ts";
import {
  chestDicom,
  chestPng,
  handPng,
  uploadOne,
} from "../../testkit/films.ts";
import { aCase } from "../../testkit/scenario.ts";
import { startTestServer, type TestServer } from "../../testkit/server.ts";
import { aSite, asStaff, type SignedIn } from "../../testkit/viewers.ts";
import {
  startTestWorker,
  untilAssessed,
  type TestWorker,
} from "../../testkit/worker.ts";

let server: TestServer;
let worker: TestWorker;
let staff: SignedIn;
let siteId: string;
/** What the model is to do next: fail so many times. */
let failures: Error[] = [];

beforeAll(async () => {
  server = await startTestServer({ films: true });
  siteId = (await aSite(server)).id;
  staff = await asStaff(server, siteId);
  worker = await startTestWorker(server, {
    change: (real) => ({
      ...real,
      assess: (film, context) => {
        const failure = failures.shift();
        return failure ? Promise.reject(failure) : real.assess(film, context);
      },
    }),
  });
});
afterAll(async () => {
  await worker.stop();
  await server.stop();
});

const readCase = (id: string) =>
  server.database.client.case.findUniqueOrThrow({ where: { id } });
const isCaseNotice = (notice: Notice): notice is CaseNotice =>
  notice.topic === "case";

describe("a film's assessment", () => {
  it("brings the real model's prediction onto the case, recorded and told", async () => {
    const other = createNotificationHub({
      databaseUrl: server.url,
      log: createLogger("silent"),
    });
    await other.start();
    const news = other.subscribe(isCaseNotice);
    const film = await chestPng(1, 512);
    const { result, events } = await recordedBy(server, async () => {
      const sent = await uploadOne(staff, film, { details: '{"ageYears":41}' });
      await untilAssessed(server);
      return sent;
    });
    const row = await readCase(result.caseId);
    expect(row.assessment).toBe("ASSESSED");
    expect(row.probability).toBeGreaterThanOrEqual(0);
    expect(row.probability).toBeLessThanOrEqual(1);
    expect(row.urgencyReasons[0]).toBe(
      `ai:${String(Math.round((row.probability ?? -1) * 100))}`,
    );
    const prediction = await server.database.client.prediction.findFirstOrThrow(
      { where: { imageId: result.imageId }, include: { modelVersion: true } },
    );
    expect(prediction.modelVersion.sha256).toBe(worker.modelSha256s()[0]);
    expect(events.map(({ type, actorId }) => [type, actorId])).toEqual([
      ["case.arrived", staff.userId],
      ["study.uploaded", staff.userId],
      ["image.added", staff.userId],
      ["prediction.recorded", "SYSTEM"],
      ["case.placed", "SYSTEM"],
    ]);
    // Another process on the same database hears both.
    const kinds = [(await news.next()).value, (await news.next()).value];
    expect(kinds).toMatchObject([
      { kind: "ARRIVED", caseId: result.caseId },
      { kind: "ASSESSED", caseId: result.caseId },
    ]);
    await other.stop();
  });

  it("puts what is no chest film in front of a human, never as normal", async () => {
    const { caseId } = await uploadOne(staff, await handPng(3));
    await untilAssessed(server);
    const row = await readCase(caseId);
    expect(row).toMatchObject({
      assessment: "NOT_ASSESSED",
      urgency: "URGENT",
      probability: null,
    });
    expect(row.urgencyReasons[0]).toBe(
      `not-assessed:${row.notAssessedReason ?? ""}`,
    );
  });

  it("tries again after a passing failure and then records once", async () => {
    failures = [new InferenceError("timeout", "too slow")];
    const film = await chestPng(4, 512);
    const { events } = await recordedBy(server, async () => {
      await uploadOne(staff, film);
      await untilAssessed(server);
    });
    const recorded = events.filter(
      ({ type }) => type === "prediction.recorded",
    );
    expect(recorded).toHaveLength(1);
  });

  it("doubles nothing when a job runs again", async () => {
    const sent = await uploadOne(staff, await chestPng(5, 512));
    await untilAssessed(server);
    const before = await readCase(sent.caseId);
    const { events } = await recordedBy(server, async () => {
      await withTransaction(server.database.client, (tx) =>
        askModels(tx, siteId, [sent.imageId], "arrived"),
      );
      await untilQueueIsEmpty();
    });
    expect(events).toEqual([]);
    expect((await readCase(sent.caseId)).version).toBe(before.version);
    expect(
      await server.database.client.prediction.count({
        where: { imageId: sent.imageId },
      }),
    ).toBe(1);
  });

  it("ends a film that keeps failing as not assessed, urgent, on record", async () => {
    const { client } = server.database;
    failures = Array.from({ length: 99 }, () => new Error("broken engine"));
    const sent = await uploadOne(staff, await chestPng(6, 512));
    // Not to wait for the back-off: each retry is due at once.
    const { events } = await recordedBy(server, async () => {
      while ((await readCase(sent.caseId)).assessment === "PENDING") {
        await client.$executeRaw`UPDATE graphile_worker._private_jobs
          SET run_at = now() WHERE locked_at IS NULL`;
        await client.$executeRaw`SELECT pg_notify('jobs:insert', '{"r":"1","count":1}')`;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    });
    failures = [];
    expect(await readCase(sent.caseId)).toMatchObject({
      assessment: "NOT_ASSESSED",
      notAssessedReason: "error",
      urgency: "URGENT",
    });
    expect(events.map(({ type }) => type)).toEqual(["case.not-assessed"]);
    await untilQueueIsEmpty();
  });

  it("calls a case of two films assessed by the one that shows a chest", async () => {
    const patient = {
      familyName: "Do",
      givenName: "Ha",
      id: "P-2F",
      sex: "F" as const,
    };
    const study = {
      date: "20260301",
      time: "090000",
      accessionNumber: "A-2F",
      description: "Chest",
    };
    const first = await uploadOne(staff, chestDicom(7, patient, { study }));
    await untilAssessed(server);
    const second = await uploadOne(staff, chestDicom(8, patient, { study }));
    expect(second.caseId).toBe(first.caseId);
    await untilQueueIsEmpty();
    const predictions = await server.database.client.prediction.findMany({
      where: { image: { studyId: first.studyId } },
      include: { findings: { where: { code: "pneumonia" } } },
    });
    expect(predictions).toHaveLength(2);
    const assessed = predictions.flatMap(({ findings }) =>
      findings.map(({ probability }) => probability),
    );
    const row = await readCase(first.caseId);
    expect(row.probability).toBe(
      assessed.length === 0 ? null : Math.max(...assessed),
    );
  });

  async function untilQueueIsEmpty(): Promise<void> {
    for (;;) {
      const [row] = await server.database.client.$queryRaw<{ n: bigint }[]>`
        SELECT count(*) AS n FROM graphile_worker._private_jobs AS jobs
        JOIN graphile_worker._private_tasks AS tasks ON tasks.id = jobs.task_id
        WHERE tasks.identifier LIKE 'assess-image:%'`;
      if (row?.n === 0n) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
});

describe("the waiting ceiling", () => {
  it("raises what waited two hours, once, and leaves the rest", async () => {
    const { client } = server.database;
    const now = server.clock.now().getTime();
    const minutesAgo = (minutes: number) => new Date(now - minutes * 60_000);
    const make = (arrivedAt: Date, columns = {}) =>
      aCase(server, siteId)
        .with({
          arrivedAt,
          urgency: "ROUTINE",
          urgencyReasons: ["ai:2"],
          ...columns,
        })
        .create();
    const late = await make(minutesAgo(121));
    const fresh = await make(minutesAgo(119));
    const read = await make(minutesAgo(500), { state: "READING" });
    const service = new WaitingCeilingService({
      client,
      clock: server.clock,
      audit: new AuditLog(client, server.clock),
      commands: new CaseCommands(server.clock),
      policies: new SitePolicies(client),
    });
    const { events } = await recordedBy(server, async () => {
      await service.raise();
      await service.raise();
    });
    expect(await readCase(late.case.id)).toMatchObject({
      urgency: "URGENT",
      urgencyReasons: ["ai:2", "waited"],
      version: late.case.version + 1,
    });
    expect((await readCase(fresh.case.id)).urgency).toBe("ROUTINE");
    expect((await readCase(read.case.id)).urgency).toBe("ROUTINE");
    const raised = events.filter(({ subjectId }) => subjectId === late.case.id);
    expect(raised.map(({ type }) => type)).toEqual(["case.raised"]);
  });
});

describe("the second net", () => {
  it("gives a pending film that lost its job a job again", async () => {
    const lost = await aCase(server, siteId).create();
    const service = new ReconcileService({
      client: server.database.client,
      logger: createLogger("silent"),
    });
    expect(await service.enqueueForgotten()).toBeGreaterThan(0);
    expect(await service.enqueueForgotten()).toBe(0);
    const jobs = await server.database.client.$queryRaw<unknown[]>`
      SELECT 1 FROM graphile_worker._private_jobs
      WHERE key LIKE ${`assess-image:${lost.image.id}:%`}`;
    expect(jobs).toHaveLength(1);
  });
});
