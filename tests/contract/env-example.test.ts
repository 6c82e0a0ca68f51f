import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";

const root = new URL("../../", import.meta.url);

/** The modules that read the environment; everything else is handed it. */
const READERS = [
  "apps/api/src/config.ts",
  "apps/web/src/lib/env.ts",
  "scripts/start/config.ts",
];

const NAME = /\b(?:LUNG_IRIS_[A-Z0-9_]+|DATABASE_(?:MIGRATE_)?URL)\b/g;

describe(".env.example", () => {
  it("names every variable that is read, each with a comment, and no other", async () => {
    const read = new Set<string>();
    for (const path of READERS) {
      const source = await readFile(new URL(path, root), "utf8");
      for (const [name] of source.matchAll(NAME)) read.add(name);
    }
    const text = await readFile(new URL(".env.example", root), "utf8");
    const lines = text.split("\n");
    const named = lines.flatMap(
      (line) => /^([A-Z0-9_]+)=/.exec(line)?.[1] ?? [],
    );
    expect(named.toSorted()).toEqual([...read].toSorted());
    const bare = lines.filter((line, index) => {
      const before = lines[index - 1] ?? "";
      return /^[A-Z]/.test(line) && !/^(#|[A-Z])/.test(before);
    });
    expect(bare).toEqual([]);
  });
});
