import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defaultModelDir } from "@lung-iris/inference";
import { startEmbeddedPostgres } from "@lung-iris/local-postgres";
import { createDatabase } from "@lung-iris/prisma";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { backup } from "../../apps/api/src/commands/backup.ts";
import { restore } from "../../apps/api/src/commands/restore.ts";
import type { BackupEnvironment } from "../../apps/api/src/config.ts";
import { CandidateFolders } from "../../apps/api/src/features/training-runs/candidate-folders.ts";
import {
  storeModel,
  trainingKey,
} from "../../apps/api/src/features/training-runs/trainer-files.ts";
import { candidateFilesSchema } from "../../apps/api/src/features/training-runs/training-settings.ts";
import { createLogger } from "../../apps/api/src/logger.ts";
import { openObjectStore } from "../../apps/api/src/platform/open-object-store.ts";
import { startTestServer, type TestServer } from "../testkit/server.ts";
import { madeByRun } from "../testkit/training.ts";
import { aSite, asAdmin } from "../testkit/viewers.ts";

/** What a desk has made itself, and what is only on its way. */
describe("a copy of a desk with models of its own", () => {
  let server: TestServer;
  let scratch: string;
  let env: BackupEnvironment;
  let runs: { done: string; paused: string };

  beforeAll(async () => {
    server = await startTestServer();
    scratch = await mkdtemp(join(tmpdir(), "lung-iris-copied-models-"));
    env = {
      dataFolder: server.folder,
      databaseUrl: server.url,
      migrateUrl: null,
      objectStore: { kind: "folder", folder: server.folder },
      passphrase: null,
    };
    runs = await twoRuns();
    await aHalfUpload();
  });
  afterAll(async () => {
    await server.stop();
    await rm(scratch, { recursive: true, force: true });
  });

  /** One that made the shipped net again, and one that is paused half-way. */
  async function twoRuns(): Promise<typeof runs> {
    const { client } = server.database;
    const siteId = (await aSite(server)).id;
    const admin = await asAdmin(server, siteId);
    const stored = await storeModel(server.objectStore, defaultModelDir());
    const manifest = stored.manifest as object;
    const sha256 = "0".repeat(64);
    const base = await client.modelVersion.create({
      data: { name: "base", sha256, manifest: {} },
    });
    const candidate = await client.modelVersion.create({
      data: { name: "made-here", sha256, manifest },
    });
    const done = await madeByRun(server, { siteId, admin, base, candidate });
    await client.trainingRun.update({
      where: { id: done },
      data: {
        candidateSha256: stored.folderSha256,
        candidateFiles: stored.files,
      },
    });
    const asked = await client.trainingRun.findUniqueOrThrow({
      where: { id: done },
      omit: {
        id: true,
        settings: true,
        finishedAt: true,
        checkpoint: true,
        candidateId: true,
        candidateSha256: true,
        candidateFiles: true,
      },
    });
    const { id: paused } = await client.trainingRun.create({
      data: {
        ...asked,
        settings: {},
        name: "half-way",
        state: "PAUSED",
        checkpoint: {
          phase: "heads",
          step: 4,
          files: [{ name: "state.bin", sha256: "2".repeat(64) }],
        },
      },
    });
    return { done, paused };
  }

  /** A film of which one piece is here, and one that nobody took in yet. */
  async function aHalfUpload(): Promise<void> {
    const { client } = server.database;
    const site = await aSite(server);
    const user = await asAdmin(server, site.id);
    const now = server.clock.now();
    await client.resumableUpload.create({
      data: {
        userId: user.userId,
        siteId: site.id,
        fileName: "film.dcm",
        details: "",
        takeAsChest: false,
        length: 2_000n,
        offset: 1_000n,
        createdAt: now,
        touchedAt: now,
        parts: {
          create: {
            key: "uploads/a-piece",
            offset: 0n,
            bytes: 1_000,
            isKept: true,
          },
        },
      },
    });
    await client.arrivingFilm.create({ data: { sha256: "3".repeat(64) } });
  }

  const silent = { write: () => true };
  const run = (
    command: typeof backup,
    args: string[],
    to: Partial<BackupEnvironment> = {},
  ) => command(args, { ...env, ...to }, { out: silent, err: silent });

  it("brings the models back that its rows name, and begins anew what was under way", async () => {
    const copy = join(scratch, "copy");
    expect(await run(backup, [copy])).toBe(0);
    const dataFolder = join(scratch, "desk");
    const folder = join(dataFolder, "objects");
    expect(
      await run(restore, [copy], {
        dataFolder,
        databaseUrl: null,
        objectStore: { kind: "folder", folder },
      }),
    ).toBe(0);
    const postgres = await startEmbeddedPostgres({ dataDir: dataFolder });
    const database = createDatabase(postgres.url);
    try {
      const { client } = database;
      const candidates = new CandidateFolders({
        client,
        objectStore: await openObjectStore(
          { kind: "folder", folder },
          join(scratch, "staging"),
        ),
        folder: join(scratch, "models"),
        logger: createLogger("silent"),
      });
      const brought = await candidates.bring();
      expect(brought.map(({ version }) => version.name)).toEqual(["made-here"]);
      const paused = await client.trainingRun.findUniqueOrThrow({
        where: { id: runs.paused },
      });
      expect(paused).toMatchObject({ state: "PAUSED", checkpoint: null });
      expect(await client.resumableUpload.count()).toBe(0);
      expect(await client.resumablePart.count()).toBe(0);
      expect(await client.arrivingFilm.count()).toBe(0);
    } finally {
      await database.close();
      await postgres.stop();
    }
  });

  it("is not taken where a model's file is missing", async () => {
    const { candidateFiles } =
      await server.database.client.trainingRun.findUniqueOrThrow({
        where: { id: runs.done },
      });
    const [file] = candidateFilesSchema.parse(candidateFiles);
    await server.objectStore.remove(trainingKey(file?.sha256 ?? ""));
    await expect(run(backup, [join(scratch, "half")])).rejects.toThrow(
      "the object store does not have",
    );
  });
});
