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

const WEB = join(APPS, "web/src/features");
const webFiles = filesBelow(WEB);

/** The feature that a file is of: the first folder of its path. */
function featureOf(file: string): string {
  return file.split("/")[0] ?? "";
}

/** Other features of the web that a file of one uses. */
function usedBy(file: string): string[] {
  const text = readFileSync(join(WEB, file), "utf8");
  return [...text.matchAll(/(?:from|import) ?\(?"(\.[^"]+)"/g)]
    .map(([, target = ""]) => relative(WEB, join(WEB, dirname(file), target)))
    .filter((target) => !target.startsWith(".."))
    .map(featureOf)
    .filter((feature) => feature !== featureOf(file));
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

describe("features of the API", () => {
  it("have at most fifteen files in a folder beside their tests", () => {
    const features = join(APPS, "api/src/features");
    const sizes = sizesOf(filesBelow(features), dirname);
    expect(sizes.size).toBeGreaterThan(30);
    expect(tooLarge(sizes)).toEqual([]);
  });
});

describe("features of the web", () => {
  it("have at most fifteen files beside their tests", () => {
    const sizes = sizesOf(webFiles, featureOf);
    expect(sizes.size).toBeGreaterThan(60);
    expect(tooLarge(sizes)).toEqual([]);
  });

  it("stand on each other without a circle, and none is used from below", () => {
    const arrows = new Map<string, Set<string>>();
    for (const file of webFiles.filter((name) => /\.tsx?$/.test(name)))
      for (const used of usedBy(file))
        arrows.set(
          featureOf(file),
          (arrows.get(featureOf(file)) ?? new Set()).add(used),
        );
    expect(arrows.size).toBeGreaterThan(40);
    const circles = [...arrows.keys()].flatMap((feature) => {
      const circle = circleFrom(feature, arrows);
      return circle === null ? [] : [circle.join(" → ")];
    });
    expect(circles).toEqual([]);
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
