import { readFileSync, readdirSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, it } from "vitest";

const APPS = new URL("../../apps/", import.meta.url).pathname;

/** ARCHITECTURE.md, "Arrows": more files than this are two features. */
const MOST_FILES = 15;

/** Files below a folder beside its tests, named from the folder. */
function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile() && !file.name.includes(".test."))
    .map(({ parentPath, name }) => relative(folder, join(parentPath, name)));
}

/** How many files each group has. */
function sizesOf(
  files: readonly string[],
  groupOf: (file: string) => string,
): Map<string, number> {
  const sizes = new Map<string, number>();
  for (const file of files)
    sizes.set(groupOf(file), (sizes.get(groupOf(file)) ?? 0) + 1);
  return sizes;
}

/** Groups of more files than one may have. */
function tooLarge(sizes: ReadonlyMap<string, number>): string[] {
  return [...sizes].filter(([, n]) => n > MOST_FILES).map(([group]) => group);
}

/** The feature that a file is of: the first folder of its path. */
function featureOf(file: string): string {
  return file.split("/")[0] ?? "";
}

/** Other features below a root that a file of one uses. */
function usedBy(root: string, file: string): string[] {
  const text = readFileSync(join(root, file), "utf8");
  return [...text.matchAll(/(?:from|import) ?\(?"(\.[^"]+)"/g)]
    .map(([, target = ""]) => relative(root, join(root, dirname(file), target)))
    .filter((target) => !target.startsWith(".."))
    .map(featureOf)
    .filter((feature) => feature !== featureOf(file));
}

/** Which features each feature below a root uses. */
function arrowsOf(
  root: string,
  files: readonly string[],
): Map<string, Set<string>> {
  const arrows = new Map<string, Set<string>>();
  for (const file of files.filter((name) => /\.tsx?$/.test(name)))
    for (const used of usedBy(root, file))
      arrows.set(
        featureOf(file),
        (arrows.get(featureOf(file)) ?? new Set()).add(used),
      );
  return arrows;
}

/** A way from a feature back to it; nothing where there is none. */
function circleFrom(
  start: string,
  arrows: ReadonlyMap<string, ReadonlySet<string>>,
): string[] | null {
  const ways = [[start]];
  const seen = new Set<string>();
  for (let way = ways.shift(); way; way = ways.shift()) {
    for (const next of arrows.get(way.at(-1) ?? "") ?? []) {
      if (next === start) return [...way, start];
      if (seen.has(next)) continue;
      seen.add(next);
      ways.push([...way, next]);
    }
  }
  return null;
}

/** Every way from a feature back to it. */
function circlesOf(arrows: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  return [...arrows.keys()].flatMap((feature) => {
    const circle = circleFrom(feature, arrows);
    return circle === null ? [] : [circle.join(" → ")];
  });
}

describe("features of the API", () => {
  const root = join(APPS, "api/src/features");
  const files = filesBelow(root);

  it("have at most fifteen files beside their tests", () => {
    const sizes = sizesOf(files, featureOf);
    expect(sizes.size).toBeGreaterThan(50);
    expect(tooLarge(sizes)).toEqual([]);
  });

  it("stand on each other without a circle", () => {
    const arrows = arrowsOf(root, files);
    expect(arrows.size).toBeGreaterThan(40);
    expect(circlesOf(arrows)).toEqual([]);
  });
});

describe("features of the web", () => {
  const root = join(APPS, "web/src/features");
  const files = filesBelow(root);

  it("have at most fifteen files beside their tests", () => {
    const sizes = sizesOf(files, featureOf);
    expect(sizes.size).toBeGreaterThan(60);
    expect(tooLarge(sizes)).toEqual([]);
  });

  it("stand on each other without a circle, and none is used from below", () => {
    const arrows = arrowsOf(root, files);
    expect(arrows.size).toBeGreaterThan(40);
    expect(circlesOf(arrows)).toEqual([]);
    const below = ["components", "lib"].flatMap((folder) =>
      filesBelow(join(APPS, "web/src", folder))
        .filter((file) => /\.tsx?$/.test(file))
        .filter((file) =>
          /from "[^"]*\/features\//.test(
            readFileSync(join(APPS, "web/src", folder, file), "utf8"),
          ),
        ),
    );
    expect(below).toEqual([]);
  });
});
