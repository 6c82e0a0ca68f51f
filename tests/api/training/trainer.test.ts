import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { createClassifier, trainingPatient } from "@lung-iris/inference";
import type { Dataset } from "@lung-iris/prisma";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import type { DeskTrainer } from "../../../apps/api/src/trainer.ts";
import { recordedBy } from "../../testkit/audit-trail.ts";
import { registerFolders } from "../../testkit/models.ts";
import { startTestServer, type TestServer } from "../../testkit/server.ts";
import {
  aCaseOfSplit,
  aFrozenDataset,
  exportOf,
  QUICK,
  startRun,
  startTestTrainer,
  stateOf,
  tell,
} from "../../testkit/training.ts";
import {
  aSite,
  asAdmin,
  asRadiologist,
  type SignedIn,
} from "../../testkit/viewers.ts";
import { until } from "../../testkit/worker.ts";

const FILMS = 60;
const MINUTES = 60_000;

const cardSchema = z.object({
  training: z.object({
    fineTuning: z.object({
      by: z.array(z.string()),
      patients: z.array(z.string()),
      rehearsal: z.string(),
      dataset: z.string(),
      seed: z.number(),
    }),
  }),
  metrics: z.record(z.string(), z.unknown()),
});

/** The trainer with its real process, real films and the real model, on wasm. */
describe("a trainer", () => {
  let server: TestServer;
  let siteId: string;
  let admin: SignedIn;
  let dataset: Dataset;
  let trainer: DeskTrainer;

  beforeAll(async () => {
    server = await startTestServer();
    siteId = (await aSite(server)).id;
    admin = await asAdmin(server, siteId);
    const reader = await asRadiologist(server, siteId);
    await registerFolders(server);
    const at = { siteId, readerId: reader.userId };
    const made = await aCaseOfSplit(server, at, "TRAIN");
    dataset = await aFrozenDataset(
      server,
      { siteId, userId: admin.userId },
      await exportOf(FILMS),
      [{ made, split: "TRAIN" }],
    );
    trainer = await startTestTrainer(server);
  }, 5 * MINUTES);
  afterAll(() => server.stop());

  const start = (name: string, more: object = {}) =>
    startRun(admin, {
      siteId,
      datasetId: dataset.id,
      name,
      fineTuning: QUICK,
      ...more,
    });

  const candidateOf = async (id: string) => {
    const run = await server.database.client.trainingRun.findUniqueOrThrow({
      where: { id },
      include: { candidate: true, points: true, lines: true },
    });
    if (run.candidate === null) throw new Error(run.failure ?? "no candidate");
    return { ...run, candidate: run.candidate };
  };

  /** Who was told of a run, and what. */
  const notesOf = (trainingRunId: string) =>
    server.database.client.inboxItem.findMany({
      where: { trainingRunId },
      select: { userId: true, kind: true },
    });

  /** Kills the run's process as a machine that runs out of memory does. */
  async function killChild(id: string): Promise<void> {
    const run = promisify(execFile);
    const { stdout } = await run("ps", ["-eo", "pid=,args="]);
    const line = stdout
      .split("\n")
      .find((text) => text.includes("fine-tune.ts") && text.includes(id));
    const pid = Number(line?.trim().split(/\s+/u)[0]);
    if (!(pid > 0)) throw new Error("the run has no process");
    process.kill(pid, "SIGKILL");
  }

  let unbroken: string;

  it(
    "makes a candidate that loads, with makers, patients and figures in its card",
    async () => {
      const id = await start("unbroken");
      const { events } = await recordedBy(server, async () => {
        expect(await trainer.workOnce()).toBe(true);
      });
      expect(await stateOf(server, id)).toBe("DONE");
      expect(await notesOf(id)).toEqual([
        { userId: admin.userId, kind: "TRAINING_DONE" },
      ]);
      const { candidate, points, lines, ...run } = await candidateOf(id);
      unbroken = candidate.sha256;
      expect(run).toMatchObject({ engine: "wasm", rehearsal: "PHANTOMS" });
      expect(run.codeVersion).toMatch(/^\d+\.\d+\.\d+\+[0-9a-f]{12}$/u);
      expect(points.map(({ phase }) => phase)).toContain("all");
      expect(lines.length).toBeGreaterThan(0);
      expect(events.map(({ type }) => type)).toEqual([
        "training.started",
        "model.registered",
        "training.finished",
      ]);
      expect(events[2]?.details).toMatchObject({
        folderSha256: run.candidateSha256,
        fingerprint: candidate.fingerprint,
        rehearsal: "PHANTOMS",
      });
      const { training, metrics } = cardSchema.parse(candidate.manifest);
      expect(training.fineTuning).toMatchObject({
        by: [admin.email],
        rehearsal: "phantoms",
        dataset: dataset.sha256,
        seed: 7,
      });
      // Film 6 is of the evergreen test: nothing was learnt from its patient.
      expect(training.fineTuning.patients).toContain(trainingPatient("p-0"));
      expect(training.fineTuning.patients).not.toContain(
        trainingPatient("p-6"),
      );
      expect(Object.keys(metrics)).toContain("site-after");
      // What it may not move, the gate, answers as before.
      const folder = join(server.config.dataFolder, "models", id);
      await trainer.workOnce();
      const classifier = await createClassifier({
        modelDir: folder,
        engine: "wasm",
      });
      classifier.dispose();
      const left = await readFile(
        join(server.config.dataFolder, "training", id, "films", "manifest.csv"),
      ).catch(() => null);
      expect(left).toBeNull();
    },
    5 * MINUTES,
  );

  it(
    "goes on after kill -9 and ends where the unbroken run did",
    async () => {
      const id = await start("broken");
      const working = trainer.workOnce();
      await until(
        async () =>
          (await server.database.client.trainingPoint.count({
            where: { runId: id, phase: "fold-1" },
          })) > 0,
        "no point of the run",
        240,
      );
      await killChild(id);
      await working;
      expect(await stateOf(server, id)).toBe("RUNNING");
      const other = await startTestTrainer(server, "another trainer");
      const { events } = await recordedBy(server, () => other.workOnce());
      expect(events[0]).toMatchObject({ type: "training.started" });
      expect(events[0]?.details["from"]).toMatch(/^fold-/u);
      const { candidate } = await candidateOf(id);
      expect(candidate.sha256).toBe(unbroken);
    },
    10 * MINUTES,
  );

  it(
    "halts when it is paused, keeps where it stood, and goes on from there",
    async () => {
      const id = await start("paused", {
        fineTuning: { ...QUICK, steps: 400, evaluateEvery: 100 },
      });
      const working = trainer.workOnce();
      await until(
        async () => {
          const run =
            await server.database.client.trainingRun.findUniqueOrThrow({
              where: { id },
            });
          return run.phase === "fold-1" && run.done > 5;
        },
        "the run does not begin to learn",
        240,
      );
      await tell(admin, "pauseTraining", id);
      await working;
      const halted = await server.database.client.trainingRun.findUniqueOrThrow(
        { where: { id } },
      );
      expect(halted).toMatchObject({ state: "PAUSED", leaseToken: null });
      expect(halted.checkpoint).toMatchObject({ phase: "fold-1" });
      expect(await trainer.workOnce()).toBe(false);
      await tell(admin, "resumeTraining", id);
      const again = trainer.workOnce();
      await until(
        async () => {
          const run =
            await server.database.client.trainingRun.findUniqueOrThrow({
              where: { id },
            });
          const kept = z.object({ step: z.number() }).parse(halted.checkpoint);
          return run.phase === "fold-1" && run.done > kept.step;
        },
        "the run does not go on",
        240,
      );
      await tell(admin, "stopTraining", id);
      await again;
      expect(await stateOf(server, id)).toBe("STOPPED");
    },
    10 * MINUTES,
  );

  it("fails a run whose dataset is not the one that was frozen", async () => {
    const id = await start("changed");
    await server.objectStore.remove(dataset.objectKey ?? "");
    const { Readable } = await import("node:stream");
    const staged = await server.objectStore.stage(
      Readable.from([Buffer.from("another")]),
    );
    await staged.commit(dataset.objectKey ?? "");
    const { events } = await recordedBy(server, () => trainer.workOnce());
    expect(await stateOf(server, id)).toBe("FAILED");
    expect(await notesOf(id)).toEqual([
      { userId: admin.userId, kind: "TRAINING_FAILED" },
    ]);
    expect(events.at(-1)).toMatchObject({
      type: "training.failed",
      details: { code: "changed", name: "changed" },
    });
  });
});
