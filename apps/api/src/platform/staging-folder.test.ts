import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  mkdir,
  mkdtemp,
  readdir,
  rm,
  utimes,
  writeFile,
} from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { basename, join } from "node:path";
import { identityOf } from "@lung-iris/local-postgres";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { openStagingFolder, sweepStaging } from "./staging-folder.ts";

describe("films on their way in a folder that several desks share", () => {
  let parent: string;
  beforeEach(async () => {
    parent = await mkdtemp(join(tmpdir(), "lung-iris-staging-"));
  });
  afterEach(() => rm(parent, { recursive: true, force: true }));

  const part = async (folder: string) => {
    await mkdir(join(parent, folder), { recursive: true });
    const file = join(parent, folder, "film.part");
    await writeFile(file, "half a film");
    return file;
  };

  it("of a process that was killed go at the next start, at once", async () => {
    const child = spawn("sleep", ["60"]);
    await once(child, "spawn");
    const { pid, startedAt } = identityOf(child.pid ?? 0);
    await part(`${hostname()}~${pid}~${startedAt}~1`);
    expect(await sweepStaging(parent)).toBe(0);
    child.kill("SIGKILL");
    await once(child, "exit");
    const own = await openStagingFolder(parent);
    expect(await readdir(parent)).toEqual([basename(own)]);
  });

  it("of a living process stay, however far ahead this machine's clock is", async () => {
    const own = await openStagingFolder(parent);
    await part(basename(own));
    await part("another-machine~7~1~1");
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 48 * 3_600_000 });
    await openStagingFolder(parent);
    vi.useRealTimers();
    expect(await readdir(parent)).toContain("another-machine~7~1~1");
    expect(await readdir(own)).toEqual(["film.part"]);
  });

  it("of another machine go when nobody has written them for hours", async () => {
    const file = await part("another-machine~7~1~1");
    const old = new Date(Date.now() - 7 * 3_600_000);
    await utimes(file, old, old);
    await utimes(join(parent, "another-machine~7~1~1"), old, old);
    expect(await sweepStaging(parent)).toBe(1);
  });

  it("leave alone what nobody here has made", async () => {
    const file = join(parent, "notes.txt");
    await writeFile(file, "");
    await utimes(file, 1, 1);
    expect(await sweepStaging(parent)).toBe(0);
  });
});
