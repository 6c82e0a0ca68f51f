import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { identityOf } from "./process-identity.ts";
import { takeLock } from "./process-lock.ts";

describe("a process lock", () => {
  let folder: string;
  let file: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "lung-iris-lock-"));
    file = join(folder, "lock");
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it("belongs to one at a time, and names who has it", async () => {
    const lock = await takeLock(file);
    await expect(takeLock(file)).rejects.toMatchObject({ pid: process.pid });
    await lock.release();
    await expect(takeLock(file)).resolves.toBeDefined();
  });

  it("goes to one of many that want it at once", async () => {
    const tries = await Promise.allSettled(
      Array.from({ length: 20 }, () => takeLock(file)),
    );
    expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(
      1,
    );
    expect(await readdir(folder)).toEqual(["lock"]);
  });

  it("of a process that ended counts for nothing", async () => {
    const child = spawn("sleep", ["60"], { stdio: "ignore" });
    if (child.pid === undefined) throw new Error("sleep did not start");
    await writeFile(
      file,
      JSON.stringify({ ...identityOf(child.pid), id: "x" }),
    );
    await expect(takeLock(file)).rejects.toMatchObject({ pid: child.pid });
    const exited = once(child, "exit");
    child.kill("SIGKILL");
    await exited;
    await expect(takeLock(file)).resolves.toBeDefined();
  });

  it("that a power failure emptied counts for nothing", async () => {
    await writeFile(file, "");
    await expect(takeLock(file)).resolves.toBeDefined();
  });
});
