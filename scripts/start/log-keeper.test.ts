import { closeSync, openSync, writeSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { LogKeeper } from "./log-keeper.ts";

describe("logs of a desk", () => {
  let folder: string;
  let keeper: LogKeeper;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "lung-iris-logs-"));
    keeper = new LogKeeper(folder, 100);
  });
  afterEach(async () => {
    keeper.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it("are turned over while their process goes on writing", async () => {
    const file = join(folder, "api.log");
    const fd = openSync(file, "a");
    writeSync(fd, "x".repeat(101));
    await keeper.look();
    writeSync(fd, "after");
    closeSync(fd);
    expect(await readFile(file, "utf8")).toBe("after");
    expect(await readFile(`${file}.1`, "utf8")).toBe("x".repeat(101));
  });

  it("keep one turn only, however often they grow", async () => {
    const file = join(folder, "api.log");
    for (const letter of "abc") {
      await writeFile(file, letter.repeat(101));
      await keeper.look();
    }
    expect((await readdir(folder)).toSorted()).toEqual([
      "api.log",
      "api.log.1",
    ]);
    expect(await readFile(`${file}.1`, "utf8")).toBe("c".repeat(101));
  });

  it("are left alone while they are small", async () => {
    await writeFile(join(folder, "web.log"), "short");
    await keeper.look();
    expect(await readdir(folder)).toEqual(["web.log"]);
  });
});
