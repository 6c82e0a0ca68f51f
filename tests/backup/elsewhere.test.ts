import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connectionConfig, createDatabase } from "@lung-iris/prisma";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { CheckpointFolder } from "../../apps/api/src/audit/checkpoints/checkpoint-folder.ts";
import { verifyTrail } from "../../apps/api/src/audit/checkpoints/verify-trail.ts";
import { backup } from "../../apps/api/src/commands/backup.ts";
import { restore } from "../../apps/api/src/commands/restore.ts";
import type { BackupEnvironment } from "../../apps/api/src/config.ts";
import { filmKey } from "../../apps/api/src/features/films/film-keys.ts";
import {
  putBytes,
  readWhole,
} from "../../apps/api/src/platform/object-store.ts";
import { openObjectStore } from "../../apps/api/src/platform/open-object-store.ts";
import {
  startFakeS3,
  type FakeS3,
} from "../../apps/api/src/platform/testing/fake-s3.ts";
import { aCase } from "../testkit/scenario.ts";
import { startTestServer, type TestServer } from "../testkit/server.ts";
import { aSite } from "../testkit/viewers.ts";

/** A database of one's own and a bucket, as a group of hospitals has them. */
describe("a copy of a desk with its own database and films in S3", () => {
  let server: TestServer;
  let bucket: FakeS3;
  let scratch: string;
  let database: string;
  let sha256: string;
  const bytes = randomBytes(300_000);
  const place = { kind: "s3" as const, url: "s3://films/desk" };
  const copies = () => join(scratch, "copy");

  beforeAll(async () => {
    bucket = await startFakeS3();
    // What people set for a store of their own: the SDK reads it itself.
    vi.stubEnv("AWS_ENDPOINT_URL", bucket.endpoint);
    vi.stubEnv("AWS_REGION", "us-east-1");
    vi.stubEnv("AWS_ACCESS_KEY_ID", "test");
    vi.stubEnv("AWS_SECRET_ACCESS_KEY", "test");
    scratch = await mkdtemp(join(tmpdir(), "lung-iris-elsewhere-"));
    server = await startTestServer();
    database = `restored_${randomBytes(4).toString("hex")}`;
    sha256 = createHash("sha256").update(bytes).digest("hex");
    const store = await openObjectStore(place, join(scratch, "staging"));
    await putBytes(store, filmKey(sha256), bytes);
    const siteId = (await aSite(server)).id;
    const { image } = await aCase(server, siteId).assessed(0.8).create();
    await server.database.client.image.update({
      where: { id: image.id },
      data: { sha256 },
    });
    await admin(`CREATE DATABASE "${database}"`);
  }, 300_000);
  afterAll(async () => {
    await admin(`DROP DATABASE IF EXISTS "${database}" WITH (FORCE)`);
    await server.stop();
    await bucket.close();
    vi.unstubAllEnvs();
    await rm(scratch, { recursive: true, force: true });
  });

  async function admin(statement: string): Promise<void> {
    const client = new pg.Client(connectionConfig(server.url));
    await client.connect();
    await client.query(statement);
    await client.end();
  }

  const urlOf = (name: string): string => {
    const url = new URL(server.url);
    url.pathname = `/${name}`;
    return url.href;
  };

  async function run(
    command: typeof backup,
    args: string[],
    env: Partial<BackupEnvironment>,
  ) {
    const out: string[] = [];
    const io = { write: (text: string) => out.push(text) };
    const code = await command(
      args,
      {
        dataFolder: server.folder,
        databaseUrl: server.url,
        migrateUrl: null,
        objectStore: place,
        passphrase: null,
        ...env,
      },
      { out: io, err: io },
    );
    return { code, text: out.join("") };
  }

  it("holds the films of the bucket, and comes back into another database and bucket", async () => {
    expect((await run(backup, [copies()], {})).code).toBe(0);
    const target = {
      dataFolder: join(scratch, "desk"),
      databaseUrl: urlOf(database),
      objectStore: { kind: "s3" as const, url: "s3://elsewhere/restored" },
    };
    const back = await run(restore, [copies()], target);
    expect(back).toMatchObject({
      code: 0,
      text: expect.stringContaining("The audit chain holds"),
    });
    const other = await openObjectStore(
      target.objectStore,
      join(scratch, "staging"),
    );
    expect(await readWhole(other, filmKey(sha256))).toEqual(bytes);
    const restored = createDatabase(target.databaseUrl);
    try {
      const images = await restored.client.image.count();
      expect(images).toBe(await server.database.client.image.count());
      const folder = new CheckpointFolder(target.dataFolder);
      expect(await verifyTrail(restored.client, folder)).toMatchObject({
        ok: true,
      });
    } finally {
      await restored.close();
    }
  }, 300_000);

  it("is refused into that database again, with what to do", async () => {
    const again = {
      dataFolder: join(scratch, "again"),
      databaseUrl: urlOf(database),
      objectStore: { kind: "s3" as const, url: "s3://elsewhere/again" },
    };
    await expect(run(restore, [copies()], again)).rejects.toThrow(
      "The database is not empty",
    );
  });

  it("is not made when the bucket does not answer, and says so", async () => {
    bucket.fallSilent(true);
    try {
      await expect(run(backup, [join(scratch, "silent")], {})).rejects.toThrow(
        /store|bucket/iu,
      );
    } finally {
      bucket.fallSilent(false);
    }
    await expect(
      run(restore, [join(scratch, "silent"), "--check"], {}),
    ).rejects.toThrow(/not finished|no copy/u);
  }, 300_000);
});
