import {
  chmod,
  chown,
  mkdir,
  mkdtemp,
  readdir,
  rm,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { prepareDataFolder } from "./data-folder.ts";

describe("the data folder", () => {
  let parent: string;
  beforeEach(async () => {
    parent = await mkdtemp(join(tmpdir(), "lung-iris-folder-"));
  });
  afterEach(async () => {
    await chmod(parent, 0o700);
    await rm(parent, { recursive: true, force: true });
  });

  it("is made where it is missing, with nothing of the check left in it", async () => {
    const folder = join(parent, "a", "b");
    await prepareDataFolder(folder);
    expect((await readdir(folder)).toSorted()).toEqual(["logs", "secrets"]);
  });

  it("is refused where a file lies in its place", async () => {
    const folder = join(parent, "file");
    await writeFile(folder, "");
    await expect(prepareDataFolder(folder)).rejects.toThrow(/is not a folder/);
  });

  const isRoot = process.getuid?.() === 0;

  it.skipIf(isRoot)(
    "is refused where this user may not write (root may everywhere)",
    async () => {
      await chmod(parent, 0o500);
      await expect(prepareDataFolder(join(parent, "data"))).rejects.toThrow(
        /cannot be written by this user/,
      );
    },
  );

  it.runIf(isRoot)(
    "of an ordinary user is refused to root too, who would close files to them",
    async () => {
      await mkdir(join(parent, "logs"));
      await chown(join(parent, "logs"), 65_534, 65_534);
      await expect(prepareDataFolder(parent)).rejects.toThrow(
        /belongs to another user \(user id 65534\)/,
      );
    },
  );

  it.skipIf(isRoot)(
    "is refused where another user's files lie in it (root may read them)",
    async () => {
      const logs = join(parent, "logs");
      await mkdir(logs);
      await writeFile(join(logs, "api.log"), "", { mode: 0o000 });
      await expect(prepareDataFolder(parent)).rejects.toThrow(
        /belongs to another user/,
      );
    },
  );
});
