import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readSealedManifest, trainingPatient } from "@lung-iris/inference";
import { encodePhantomPng, makePhantom } from "@lung-iris/phantom";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { SHIPPED_BARS } from "../../../apps/api/src/features/bars/shipped-bars.ts";
import { recordedBy } from "../../testkit/audit-trail.ts";
import { registerFolders } from "../../testkit/models.ts";
import { requestJudgement } from "../../testkit/promotions.ts";
import { startTestServer, type TestServer } from "../../testkit/server.ts";
import {
  aCaseOfSplit,
  aFrozenDataset,
  exportOf,
  QUICK,
  startRun,
  startTestTrainer,
} from "../../testkit/training.ts";
import {
  aSite,
  asAdmin,
  asRadiologist,
  type SignedIn,
} from "../../testkit/viewers.ts";
import { startTestWorker, untilNoJob } from "../../testkit/worker.ts";

const MINUTES = 60_000;
/** Six of seven may be learnt from, and a recalibration needs a hundred. */
const FILMS = 126;
const BASE_FILMS = 12;

/** Fewer films than are shipped, and no limit of time that a busy machine misses. */
const BARS = {
  phantoms: { ...SHIPPED_BARS.phantoms, films: 20 },
  bars: SHIPPED_BARS.bars.map((bar) => ({
    ...bar,
    ...(bar.measure === "MILLISECONDS" ? { limit: 60_000 } : {}),
    leastFilms: 8,
    leastOfAKind: Math.min(bar.leastOfAKind, 3),
  })),
};

const trainingSchema = z.object({
  data: z.array(z.object({ name: z.string(), films: z.number() })),
  card: z.string().default(""),
  training: z.object({
    recalibration: z
      .object({
        by: z.array(z.string()),
        fitted: z.array(z.string()),
        patients: z.array(z.string()),
        dataset: z.string(),
        bars: z.object({ version: z.number() }),
      })
      .optional(),
    fineTuning: z.object({ rehearsal: z.string() }).optional(),
  }),
});

/** Runs of each kind with the real trainer, process, films and model, on wasm. */
describe("a run", () => {
  let server: TestServer;
  let siteId: string;
  let admin: SignedIn;
  let datasetId: string;
  let baseFilms: string;

  beforeAll(async () => {
    baseFilms = await filmsOfTheBase();
    server = await startTestServer({ films: true });
    siteId = (await aSite(server)).id;
    admin = await asAdmin(server, siteId);
    const reader = await asRadiologist(server, siteId);
    await registerFolders(server);
    const at = { siteId, readerId: reader.userId };
    const made = await aCaseOfSplit(server, at, "TRAIN");
    const dataset = await aFrozenDataset(
      server,
      { siteId, userId: admin.userId },
      await exportOf(FILMS),
      [{ made, split: "TRAIN" }],
    );
    datasetId = dataset.id;
    const saved = await admin.execute(
      `mutation ($input: SaveBarsInput!) { saveBars(input: $input) { version } }`,
      {
        input: {
          siteId,
          document: BARS,
          baseVersion: 1,
          reason: "a busy machine",
        },
      },
    );
    saved.anyData();
  }, 10 * MINUTES);
  afterAll(async () => {
    await server.stop();
    await rm(baseFilms, { recursive: true });
  });

  /** Films that the base is said to have learnt from, some of validation. */
  async function filmsOfTheBase(): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), "lung-iris-base-"));
    const rows = ["file,split,label,patient_id,age,may_train"];
    for (let at = 0; at < BASE_FILMS; at += 1) {
      const isSick = at % 2 === 0;
      const pathology = isSick ? "consolidation" : "none";
      const film = makePhantom({ seed: 60_000 + at, size: 192, pathology });
      const file = `${String(at)}.png`;
      await writeFile(join(folder, file), await encodePhantomPng(film));
      const split = at < 2 ? "val" : "train";
      const label = isSick ? "pneumonia" : "normal";
      rows.push(
        `${file},${split},${label},b${String(at)},50,${at < 4 ? "no" : "yes"}`,
      );
    }
    await writeFile(join(folder, "manifest.csv"), `${rows.join("\n")}\n`);
    return folder;
  }

  const start = (name: string, more: object) =>
    startRun(admin, { siteId, datasetId, name, barsVersion: 2, ...more });
  const runOf = (id: string) =>
    server.database.client.trainingRun.findUniqueOrThrow({
      where: { id },
      include: { candidate: true },
    });

  it(
    "recalibrates, and a worker brings its candidate in and judges it",
    async () => {
      const trainer = await startTestTrainer(server);
      const id = await start("recalibrated-here", { kind: "RECALIBRATE" });
      const { events } = await recordedBy(server, () => trainer.workOnce());
      expect(events.map(({ type }) => type)).toEqual([
        "training.started",
        "model.registered",
        "training.finished",
      ]);
      const { candidate, ...run } = await runOf(id);
      // On whatever answers films here: no gradient is asked for.
      expect(run).toMatchObject({
        state: "DONE",
        engine: expect.any(String),
        rehearsal: "NONE",
      });
      const { training, card } = trainingSchema.parse(candidate?.manifest);
      expect(card).toContain(run.datasetSha256);
      expect(card).toContain("Version 2 of the site's bars.");
      expect(training.recalibration).toMatchObject({
        dataset: run.datasetSha256,
        bars: { version: 2 },
        by: [admin.email],
        fitted: ["adult"],
      });
      const { patients } = training.recalibration ?? { patients: [] };
      expect(patients).toContain(trainingPatient("p-0"));
      // Film 6 is of the evergreen test.
      expect(patients).not.toContain(trainingPatient("p-6"));

      const worker = await startTestWorker(server);
      try {
        const judge = async () => {
          const judgementId = await requestJudgement(
            admin,
            siteId,
            candidate?.id ?? "",
          );
          await untilNoJob(server, 800);
          return server.database.client.judgementResult.findUniqueOrThrow({
            where: { judgementId },
          });
        };
        let judged = await judge();
        if (judged.detail !== null) {
          // A starved machine may end a judging; an admin asks for it again.
          console.warn(judged.detail, server.logLines.slice(-5).join("\n"));
          judged = await judge();
        }
        const { verdict, document, detail } = judged;
        const { outcomes } = z
          .object({
            outcomes: z.array(
              z.looseObject({
                set: z.string(),
                measure: z.string(),
                blocks: z.boolean(),
              }),
            ),
          })
          .parse(document);
        expect(detail).toBeNull();
        expect(outcomes.filter(({ blocks }) => blocks)).toEqual([]);
        expect(verdict).toBe("PASSED");
        const folder = join(server.config.dataFolder, "models", id);
        const { manifest } = await readSealedManifest(folder);
        expect(manifest.id).toBe("recalibrated-here");
      } finally {
        await worker.stop();
      }
    },
    15 * MINUTES,
  );

  it(
    "rehearses the base's own films where they are, and stays with them",
    async () => {
      const withFilms = await startTestTrainer(server, "with films", {
        baseFilms: join(baseFilms, "manifest.csv"),
      });
      const id = await start("rehearsed", { fineTuning: QUICK });
      expect(await withFilms.workOnce()).toBe(true);
      const { candidate, ...run } = await runOf(id);
      expect(run).toMatchObject({ state: "DONE", rehearsal: "BASE_FILMS" });
      const { data, training, card } = trainingSchema.parse(
        candidate?.manifest,
      );
      expect(card).toContain(run.datasetSha256);
      expect(card).toContain("### adults: n = ");
      expect(training.fineTuning?.rehearsal).toBe("base-films");
      // Neither films of validation nor those that nobody may learn from.
      expect(data).toContainEqual(
        expect.objectContaining({ name: "base films", films: BASE_FILMS - 4 }),
      );

      const without = await startTestTrainer(server, "without films");
      const broken = await start("not-there", { fineTuning: QUICK });
      await server.database.client.trainingRun.update({
        where: { id: broken },
        data: { rehearsal: "BASE_FILMS" },
      });
      await without.workOnce();
      expect(await runOf(broken)).toMatchObject({
        state: "FAILED",
        failureCode: "changed",
        failure: expect.stringContaining("not on this machine"),
      });
    },
    15 * MINUTES,
  );

  it(
    "ends where it takes more memory than it may, and says so",
    async () => {
      const trainer = await startTestTrainer(server);
      const id = await start("too-large", {
        memoryMegabytes: 512,
        fineTuning: { ...QUICK, batch: 256 },
      });
      const { events } = await recordedBy(server, () => trainer.workOnce());
      expect(await runOf(id)).toMatchObject({
        state: "FAILED",
        failureCode: "memory",
        failure: expect.stringMatching(/took \d+ MB of the 512 that it may/u),
      });
      expect(events.at(-1)).toMatchObject({
        type: "training.failed",
        details: { code: "memory" },
      });
    },
    15 * MINUTES,
  );
});
