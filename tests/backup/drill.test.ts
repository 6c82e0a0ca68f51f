import { createHash, randomBytes } from "node:crypto";
import {
  appendFile,
  mkdtemp,
  readFile,
  readdir,
  rm,
  stat,
  truncate,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connectionConfig, createDatabase } from "@lung-iris/prisma";
import { startEmbeddedPostgres } from "@lung-iris/local-postgres";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { CheckpointFolder } from "../../apps/api/src/audit/checkpoints/checkpoint-folder.ts";
import { CheckpointKeeper } from "../../apps/api/src/audit/checkpoints/checkpoint-keeper.ts";
import { verifyTrail } from "../../apps/api/src/audit/checkpoints/verify-trail.ts";
import { backup } from "../../apps/api/src/commands/backup.ts";
import { restore } from "../../apps/api/src/commands/restore.ts";
import type { BackupEnvironment } from "../../apps/api/src/config.ts";
import { filmKey } from "../../apps/api/src/features/films/film-keys.ts";
import { putBytes } from "../../apps/api/src/platform/object-store.ts";
import { createLogger } from "../../apps/api/src/logger.ts";
import { aCase } from "../testkit/scenario.ts";
import { startTestServer } from "../testkit/server.ts";
import type { TestServer } from "../testkit/server.ts";
import { aSite, asRadiologist } from "../testkit/viewers.ts";
import type { SignedIn } from "../testkit/viewers.ts";

const OPEN = `query ($id: ID!) { case(id: $id) { id } }`;
const DAY_MS = 24 * 3_600_000;
const PASSPHRASE = "six words that nobody would guess";

describe("a copy of the desk", () => {
  let server: TestServer;
  let scratch: string;
  let env: BackupEnvironment;
  let films: string[];
  let siteId: string;
  let studyId: string;
  let caseId: string;
  let reader: SignedIn;

  beforeAll(async () => {
    server = await startTestServer();
    scratch = await mkdtemp(join(tmpdir(), "lung-iris-backup-"));
    siteId = (await aSite(server)).id;
    reader = await asRadiologist(server, siteId);
    const {
      study,
      image,
      case: row,
    } = await aCase(server, siteId).assessed(0.8).create();
    [studyId, caseId] = [study.id, row.id];
    films = [];
    for (let film = 0; film < 3; film++) films.push(await aFilm(studyId));
    // The case's own film: tests of cases need no bytes of it.
    const bytes = randomBytes(1_000);
    const sha256 = hashOf(bytes);
    await putBytes(server.objectStore, filmKey(sha256), bytes);
    await server.database.client.image.update({
      where: { id: image.id },
      data: { sha256 },
    });
    await reader.execute(OPEN, { id: row.id });
    await keeper().note();
    env = {
      dataFolder: server.folder,
      databaseUrl: server.url,
      migrateUrl: null,
      objectStore: { kind: "folder", folder: server.folder },
      passphrase: null,
    };
  });

  afterAll(async () => {
    await server.stop();
    await rm(scratch, { recursive: true, force: true });
  });

  const keeper = () =>
    new CheckpointKeeper({
      client: server.database.client,
      folder: new CheckpointFolder(server.folder),
      clock: server.clock,
      logger: createLogger("silent"),
    });

  /** A stored film of random bytes, as large as several pieces of a copy. */
  async function aFilm(studyId: string): Promise<string> {
    const bytes = randomBytes(200_000);
    const sha256 = hashOf(bytes);
    await putBytes(server.objectStore, filmKey(sha256), bytes);
    await server.database.client.image.create({
      data: {
        siteId,
        studyId,
        sha256,
        format: "PNG",
        bytes: bytes.length,
        width: 10,
        height: 10,
        bitsStored: 8,
        windowCenter: 128,
        windowWidth: 256,
        originalName: "film.png",
      },
    });
    return sha256;
  }

  /** Runs a command with its output kept. */
  async function run(
    command: typeof backup,
    args: string[],
    changes: Partial<BackupEnvironment> = {},
  ) {
    const out: string[] = [];
    const io = { write: (text: string) => out.push(text) };
    const code = await command(
      args,
      { ...env, ...changes },
      { out: io, err: io },
    );
    return { code, text: out.join("") };
  }

  const empty = (name: string) => ({
    dataFolder: join(scratch, name),
    databaseUrl: null,
    objectStore: {
      kind: "folder" as const,
      folder: join(scratch, name, "objects"),
    },
  });

  async function countsAt(url: string): Promise<Record<string, number>> {
    const client = new pg.Client(connectionConfig(url));
    await client.connect();
    try {
      const { rows } = await client.query<{ name: string }>(
        `SELECT schemaname || '.' || quote_ident(tablename) AS name FROM pg_tables
         WHERE schemaname IN ('public', 'graphile_worker') ORDER BY 1`,
      );
      const counts: Record<string, number> = {};
      for (const { name } of rows) {
        const found = await client.query<{ n: number }>(
          `SELECT count(*)::int AS n FROM ${name}`,
        );
        counts[name] = found.rows[0]?.n ?? -1;
      }
      return counts;
    } finally {
      await client.end();
    }
  }

  it.each([
    ["open", null],
    ["encrypted", PASSPHRASE],
  ])(
    "%s, taken while the desk writes, comes back whole on an empty machine",
    async (name, passphrase) => {
      const copy = join(scratch, `copy-${name}`);
      const writing = { stopped: false };
      const writer = (async () => {
        while (!writing.stopped) {
          await aFilm(studyId); // the object first, then its row, as uploads do
          server.clock.forward(61);
          await reader.execute(OPEN, { id: caseId });
        }
      })();
      const args = passphrase === null ? [copy] : [copy, "--encrypt"];
      const taken = await run(backup, args, { passphrase }).finally(() => {
        writing.stopped = true;
      });
      await writer;
      expect(taken.code).toBe(0);

      const target = empty(`desk-${name}`);
      // A machine whose clock is a day ahead: the database's time counts.
      const before = Date.now();
      vi.useFakeTimers({ toFake: ["Date"], now: before + DAY_MS });
      const back = await run(restore, [copy], { ...target, passphrase });
      vi.useRealTimers();
      expect(back).toMatchObject({
        code: 0,
        text: expect.stringContaining("The audit chain holds"),
      });

      const postgres = await startEmbeddedPostgres({
        dataDir: target.dataFolder,
      });
      const database = createDatabase(postgres.url);
      try {
        const { client } = database;
        const summary = await summaryOf(copy);
        const counts = await countsAt(postgres.url);
        for (const { schema, name: table, rows } of summary.tables) {
          const key = `${schema}.${/[A-Z]/.test(table) ? `"${table}"` : table}`;
          // The restore itself leaves an event.
          const more = table === "AuditEvent" ? 1 : 0;
          expect([key, counts[key]]).toEqual([key, rows + more]);
        }
        const folder = new CheckpointFolder(target.dataFolder);
        expect(await verifyTrail(client, folder)).toMatchObject({
          ok: true,
          checkpoints: 1,
        });
        const last = await client.auditEvent.findFirstOrThrow({
          orderBy: { seq: "desc" },
        });
        expect(last.type).toBe("backup.restored");
        expect(last.at.getTime()).toBeLessThan(before + DAY_MS / 2);
        expect(await client.session.count({ where: { revokedAt: null } })).toBe(
          0,
        );
        // The rules stand again: keys are checked and the trail refuses edits.
        await expect(client.auditEvent.deleteMany()).rejects.toThrow(
          "append-only",
        );
        await expect(
          client.study.deleteMany({ where: { images: { some: {} } } }),
        ).rejects.toThrow();
      } finally {
        await database.close();
        await postgres.stop();
      }
      for (const sha256 of films) {
        const path = join(target.objectStore.folder, "stored", filmKey(sha256));
        const bytes = await readFile(path);
        expect(hashOf(bytes)).toBe(sha256);
      }
    },
    400_000,
  );

  it("is refused into a folder that holds something, and brought back over nothing", async () => {
    const copy = join(scratch, "copy-open");
    await expect(run(backup, [copy])).rejects.toThrow("holds a copy already");
    await expect(
      run(restore, [copy], { dataFolder: server.folder }),
    ).rejects.toThrow("is not empty");
    await expect(
      run(restore, [copy], { ...empty("other"), databaseUrl: server.url }),
    ).rejects.toThrow("The database is not empty");
    expect(await exists(join(scratch, "other"))).toBe(false);
    expect(await exists(join(scratch, "other.restoring"))).toBe(false);
  });

  const damages: [string, RegExp, (copy: string) => Promise<unknown>][] = [
    [
      "a byte of a film is another",
      /damaged/,
      async (copy) => flip(await aFile(copy, "objects")),
    ],
    [
      "a table is cut off",
      /damaged/,
      (copy) => truncate(join(copy, "database/public.Case.copy"), 10),
    ],
    [
      "a film is missing",
      /missing/,
      async (copy) => rm(await aFile(copy, "objects")),
    ],
    [
      "the contents list was changed",
      /damaged/,
      (copy) => appendFile(join(copy, "contents.jsonl"), "{}"),
    ],
    [
      "it was not finished",
      /not finished/,
      (copy) => rm(join(copy, "backup.json")),
    ],
    [
      "its summary was changed",
      /was changed/,
      (copy) => edit(join(copy, "backup.json"), '"seq": "', '"seq": "1'),
    ],
  ];

  it.each(damages)("is refused when %s", async (what, message, damage) => {
    const copy = join(
      scratch,
      `copy-${String(damages.findIndex(([name]) => name === what))}`,
    );
    await run(backup, [copy]);
    expect((await run(restore, [copy, "--check"])).code).toBe(0);
    await damage(copy);
    const target = empty("damaged");
    await expect(run(restore, [copy], target)).rejects.toThrow(message);
    await expect(run(restore, [copy, "--check"], target)).rejects.toThrow(
      message,
    );
    expect(await exists(target.dataFolder)).toBe(false);
    expect(await exists(`${target.dataFolder}.restoring`)).toBe(false);
  });

  it("shows nothing of the desk when encrypted, and opens with its passphrase only", async () => {
    const copy = join(scratch, "copy-encrypted");
    const text = await readFile(
      join(copy, "database/public.User.copy"),
      "latin1",
    );
    const user = await server.database.client.user.findFirstOrThrow();
    expect(text).not.toContain(user.email);
    const target = empty("no-passphrase");
    await expect(run(restore, [copy], target)).rejects.toThrow("encrypted");
    await expect(
      run(restore, [copy], { ...target, passphrase: "another one entirely" }),
    ).rejects.toThrow("passphrase");
    await expect(
      run(backup, [join(scratch, "weak"), "--encrypt"], {
        passphrase: "short",
      }),
    ).rejects.toThrow("12 characters");
  });

  it("is in the trail when it is taken", async () => {
    const event = await server.database.client.auditEvent.findFirstOrThrow({
      where: { type: "backup.started" },
    });
    expect(JSON.parse(event.content)).toMatchObject({
      actor: { role: "SYSTEM" },
      details: { isEncrypted: false },
    });
  });
});

function hashOf(bytes: Buffer): string {
  return createHash("sha256").update(bytes).digest("hex");
}

interface Tables {
  tables: { schema: string; name: string; rows: number }[];
}

async function summaryOf(copy: string): Promise<Tables> {
  const text = await readFile(join(copy, "backup.json"), "utf8");
  // Written by the command under test, which checks its shape when reading.
  return (JSON.parse(text) as { summary: Tables }).summary;
}

async function aFile(copy: string, folder: string): Promise<string> {
  const names = await readdir(join(copy, folder), { recursive: true });
  for (const name of names) {
    const path = join(copy, folder, name);
    if ((await stat(path)).isFile()) return path;
  }
  throw new Error(`no file in ${folder}`);
}

async function flip(path: string): Promise<void> {
  const bytes = await readFile(path);
  bytes[100] = (bytes[100] ?? 0) ^ 1;
  await writeFile(path, bytes);
}

async function edit(path: string, from: string, to: string): Promise<void> {
  await writeFile(path, (await readFile(path, "utf8")).replace(from, to));
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null)) !== null;
}
