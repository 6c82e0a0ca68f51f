import {
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readOrMakeSecret } from "./secret.ts";

describe("a secret of the data folder", () => {
  let folder: string;
  let file: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "lung-iris-secret-"));
    file = join(folder, "data", "secrets", "key");
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it("is made once, for its owner's eyes only, and stays", async () => {
    const secret = await readOrMakeSecret(file, 32);
    expect(secret).toMatch(/^[0-9a-f]{64}$/);
    expect(await readOrMakeSecret(file, 32)).toBe(secret);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await stat(dirname(file))).mode & 0o777).toBe(0o700);
    expect(await readdir(dirname(file))).toEqual(["key"]);
  });

  it("is made anew where a full disk left an empty file", async () => {
    const made = await readOrMakeSecret(file, 24);
    await writeFile(file, "");
    const secret = await readOrMakeSecret(file, 24);
    expect(secret).not.toBe(made);
    expect(await readFile(file, "utf8")).toBe(secret);
  });
});
