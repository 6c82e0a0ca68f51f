import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const FEATURES = new URL("../../apps/api/src/features/", import.meta.url)
  .pathname;

/** ARCHITECTURE.md, "Arrows": more files than this are two features. */
const MOST_FILES = 15;

describe("features of the API", () => {
  it("have at most fifteen files in a folder beside their tests", () => {
    const folders = readdirSync(FEATURES, {
      recursive: true,
      withFileTypes: true,
    }).filter((entry) => entry.isDirectory());
    const sizes = folders.map(({ parentPath, name }) => ({
      folder: join(parentPath, name).slice(FEATURES.length),
      files: readdirSync(join(parentPath, name), {
        withFileTypes: true,
      }).filter((file) => file.isFile() && !file.name.includes(".test."))
        .length,
    }));
    expect(sizes.length).toBeGreaterThan(30);
    expect(sizes.filter(({ files }) => files > MOST_FILES)).toEqual([]);
  });
});
