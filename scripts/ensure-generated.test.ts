import {
  mkdir,
  mkdtemp,
  readFile,
  rm,
  utimes,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { ensureGenerated } from "./ensure-generated.ts";

describe("the generated database client", () => {
  let root: string;
  let schema: string;
  let client: string;
  let made = 0;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), "lung-iris-generated-"));
    schema = join(root, "prisma/schema/main.prisma");
    client = join(root, "prisma/src/generated/client.ts");
    await mkdir(join(root, "prisma/schema"), { recursive: true });
    await mkdir(join(root, "prisma/src/generated"), { recursive: true });
    await writeFile(schema, "");
    made = 0;
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  const ensure = () =>
    ensureGenerated(root, async () => {
      made += 1;
      await writeFile(client, "");
      // As a build cache brings it back.
      await utimes(client, 1, 1);
    });

  it("is made in a fresh clone, once", async () => {
    await ensure();
    await ensure();
    expect(made).toBe(1);
  });

  it("is made again when the schema is newer", async () => {
    await ensure();
    const later = new Date(Date.now() + 60_000);
    await utimes(schema, later, later);
    await ensure();
    expect(made).toBe(2);
  });
});

describe("the commands of package.json", () => {
  const file = fileURLToPath(new URL("../package.json", import.meta.url));
  // They generate by themselves, everything and at the right moment.
  const THEMSELVES = /scripts\/(start\/main|test|check)\.ts/;

  it("each make what is missing after `npm ci` alone", async () => {
    const { scripts } = z
      .object({ scripts: z.record(z.string(), z.string()) })
      .parse(JSON.parse(await readFile(file, "utf8")));
    const ours = Object.entries(scripts).filter(
      ([, line]) => line.includes("--import tsx") && !THEMSELVES.test(line),
    );
    expect(ours.length).toBeGreaterThan(8);
    for (const [name, line] of ours)
      expect(line, name).toMatch(
        /^node --import tsx --import \.\/scripts\/generated\.ts \S+\.ts$/,
      );
  });
});
