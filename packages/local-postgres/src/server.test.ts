import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import {
  lstat,
  mkdtemp,
  readFile,
  rm,
  stat,
  writeFile,
} from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { freePort } from "./port.ts";
import { isRunning } from "./process-identity.ts";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "./server.ts";

describe("the embedded server", () => {
  let dataDir: string;
  const servers: EmbeddedPostgres[] = [];
  const starters: ChildProcess[] = [];

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), "lung-iris-embedded-"));
  });
  afterEach(async () => {
    for (const child of starters.splice(0)) child.kill("SIGKILL");
    for (const server of servers.splice(0)) await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  });

  async function start(port?: number): Promise<EmbeddedPostgres> {
    const server = await startEmbeddedPostgres({ dataDir, port });
    servers.push(server);
    return server;
  }

  async function query(url: string, sql: string): Promise<unknown[]> {
    const admin = new URL(url);
    admin.pathname = "/postgres";
    const client = new pg.Client({ connectionString: admin.href });
    client.on("error", () => undefined);
    await client.connect();
    try {
      return (await client.query<Record<string, unknown>>(sql)).rows;
    } finally {
      await client.end();
    }
  }

  /** A process that starts a server on the folder and then only waits. */
  async function startElsewhere(): Promise<{
    child: ChildProcess;
    pid: number;
  }> {
    const file = new URL("./server.ts", import.meta.url).href;
    const code = `
      import { startEmbeddedPostgres } from ${JSON.stringify(file)};
      const { pid } = await startEmbeddedPostgres({ dataDir: ${JSON.stringify(dataDir)} });
      console.log(pid);
      setInterval(() => {}, 1000);`;
    const child = spawn(
      process.execPath,
      ["--import", "tsx", "--input-type=module", "--eval", code],
      { stdio: ["ignore", "pipe", "inherit"] },
    );
    starters.push(child);
    const [line] = (await once(child.stdout, "data")) as [Buffer];
    return { child, pid: Number(line.toString()) };
  }

  it("keeps its data from one start to the next", async () => {
    const first = await start();
    // Nor would a crash of the machine lose any.
    expect(await query(first.url, "SHOW fsync")).toEqual([{ fsync: "on" }]);
    await query(first.url, "CREATE TABLE kept AS SELECT 1 AS n");
    await first.stop();
    const second = await start();
    expect(await query(second.url, "SELECT n FROM kept")).toEqual([{ n: 1 }]);
  });

  it("is not touched by a second start while its starter runs", async () => {
    const { child, pid } = await startElsewhere();
    await expect(start()).rejects.toThrow(`in use by process ${child.pid}`);
    expect(isRunning(pid)).toBe(true);
    await endAll(child, pid);
  });

  it("left over from a killed starter is shut down in order first", async () => {
    const { child, pid } = await startElsewhere();
    const exited = once(child, "exit");
    child.kill("SIGKILL");
    await exited;
    expect(isRunning(pid)).toBe(true);
    const said: string[] = [];
    const log = (line: string) => void said.push(line);
    servers.push(await startEmbeddedPostgres({ dataDir, log }));
    expect(said.join("\n")).toContain(`(process ${pid})`);
    expect(said.join("\n")).toContain("was shut down at");
  });

  it("comes back with what was committed when it is killed in a statement", async () => {
    const first = await start();
    await query(first.url, "CREATE TABLE kept AS SELECT 1 AS n");
    const busy = query(first.url, "SELECT pg_sleep(3)").catch(() => "ended");
    await expect
      .poll(() =>
        query(
          first.url,
          "SELECT 1 FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(3)'",
        ),
      )
      .toHaveLength(1);
    process.kill(first.pid, "SIGKILL");
    await first.exited;
    const second = await start(first.port);
    expect(await query(second.url, "SELECT n FROM kept")).toEqual([{ n: 1 }]);
    await busy;
  });

  it("starts although a stranger has the number of a dead server", async () => {
    const first = await start();
    const file = join(dataDir, "database", "postmaster.pid");
    const text = await readFile(file, "utf8");
    await first.stop();
    const stranger = text.replace(/^\d+/, String(process.pid));
    await writeFile(file, stranger);
    await expect(start()).resolves.toBeDefined();
  });

  it("names a port that is taken", async () => {
    const port = await freePort();
    const other = createServer();
    await new Promise<void>((done) => other.listen(port, "127.0.0.1", done));
    await expect(start(port)).rejects.toThrow(`Port ${port} for the database`);
    await new Promise((done) => other.close(done));
    await expect(start(port)).resolves.toBeDefined();
  });

  it("does not make a new password for a database that has one", async () => {
    const first = await start();
    await first.stop();
    const file = join(dataDir, "secrets", "postgres-password");
    await rm(file);
    await expect(start()).rejects.toThrow(/postgres-password is missing/);
    await writeFile(file, "not the one");
    await expect(start()).rejects.toThrow(/does not take the password/);
  });

  it.runIf(process.getuid?.() === 0)(
    "lies in root's own data folder, which others still may neither list nor enter",
    async () => {
      await start();
      const isLink = (await lstat(join(dataDir, "database"))).isSymbolicLink();
      expect(isLink).toBe(false);
      expect((await stat(dataDir)).mode & 0o777).toBe(0o710);
    },
  );

  it.each([0, 150, 600, 1_200])(
    "leaves nothing running when a start is given up after %i ms",
    async (patience) => {
      const signal = AbortSignal.timeout(patience);
      const server = await startEmbeddedPostgres({ dataDir, signal }).catch(
        () => null,
      );
      // A quick machine may have been ready before.
      await server?.stop();
      // Proof: the folder is nobody's, so the next start neither waits nor fails.
      await expect(start()).resolves.toBeDefined();
    },
  );

  async function endAll(child: ChildProcess, pid: number): Promise<void> {
    const exited = once(child, "exit");
    child.kill("SIGKILL");
    await exited;
    process.kill(pid, "SIGINT");
    await expect.poll(() => isRunning(pid), { timeout: 20_000 }).toBe(false);
  }
});
