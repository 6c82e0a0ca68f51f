/**
 * Bundles the film viewer on its own: `public/viewer/viewer-<hash>.js` and
 * `public/viewer/manifest.json`, which names it. Next's bundler does not
 * finish on Cornerstone, esbuild takes a second.
 */
import { createHash } from "node:crypto";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build, type Plugin, type ResolveResult } from "esbuild";

const webFolder = path.dirname(fileURLToPath(import.meta.url));
const outputFolder = path.join(webFolder, "public", "viewer");

/**
 * Cornerstone 5.14 draws its processor path on a canvas of CSS pixels, but
 * converts pointer positions as if it had device pixels: on a screen with a
 * pixel ratio of 2 the film's tools work at half the place. The conversion is
 * replaced by none, which fits the canvas it has.
 */
const cssPixelCanvas: Plugin = {
  name: "css-pixel-canvas",
  setup: (builder) => {
    builder.onLoad(
      { filter: /cpuFallback.rendering.cssPixelConversion/ },
      () => ({
        contents: `export const deviceToCssPixels = (point) => [point[0], point[1]];
export const cssToDevicePixels = deviceToCssPixels;`,
        loader: "js",
      }),
    );
  },
};

/**
 * Two of Cornerstone's packages bring the same DICOM library along, 0.6 MB
 * each; both get the one copy.
 */
const oneDicomLibrary: Plugin = {
  name: "one-dicom-library",
  setup: (builder) => {
    let first: Promise<ResolveResult> | undefined;
    builder.onResolve(
      { filter: /^dcmjs$/ },
      ({ pluginData, kind, resolveDir }) => {
        if (pluginData === "asked") return undefined;
        first ??= builder.resolve("dcmjs", {
          resolveDir,
          kind,
          pluginData: "asked",
        });
        return first;
      },
    );
  },
};

/**
 * Each of Cornerstone's hundred loggers (loglevel, inside dcmjs) asks the browser's storage and cookies
 * for a level that somebody set, one blocking question each, before the first
 * film is drawn. Nobody sets one here.
 */
const levelsOfCode: Plugin = {
  name: "levels-of-code",
  setup: (builder) => {
    builder.onLoad(
      { filter: /dcmjs.build.dcmjs\.es\.js$/ },
      async ({ path: file }) => {
        const code = await readFile(file, "utf8");
        const asking = "function getPersistedLevel() {";
        if (!code.includes(asking)) {
          throw new Error(`dcmjs no longer has "${asking}"`);
        }
        return { contents: code.replace(asking, `${asking} return;`) };
      },
    );
  },
};

const result = await build({
  entryPoints: [path.join(webFolder, "viewer", "index.ts")],
  bundle: true,
  format: "esm",
  platform: "browser",
  target: ["chrome110", "firefox115", "safari16.4"],
  minify: true,
  legalComments: "none",
  define: { "process.env.NODE_ENV": '"production"' },
  logLevel: "warning",
  plugins: [cssPixelCanvas, oneDicomLibrary, levelsOfCode],
  write: false,
});

const [bundle] = result.outputFiles;
if (!bundle) throw new Error("esbuild made no viewer bundle");

const hash = createHash("sha256").update(bundle.contents).digest("hex");
const name = `viewer-${hash.slice(0, 12)}.js`;
await mkdir(outputFolder, { recursive: true });
await writeFile(path.join(outputFolder, name), bundle.contents);
await writeFile(
  path.join(outputFolder, "manifest.json"),
  `${JSON.stringify({ entry: `/viewer/${name}` })}\n`,
);

for (const file of await readdir(outputFolder)) {
  if (file.startsWith("viewer-") && file !== name) {
    await rm(path.join(outputFolder, file));
  }
}
