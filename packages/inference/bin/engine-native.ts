/**
 * `npm run engine:native`: makes the `tensorflow` engine where `npm ci` could
 * not download it. The addon of `@tensorflow/tfjs-node` is compiled against
 * the TensorFlow library inside the wheel of the Python package index, so
 * only package mirrors are needed. Everything lands in `.engine/`; a second
 * run finds it ready and ends at once.
 */
import { existsSync } from "node:fs";
import { mkdir, readFile, rm, statfs, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

import { engineDirectory, TFJS_VERSION } from "../src/engine/locate.ts";
import {
  buildAddon,
  EngineBuildError,
  installPackage,
  linkLibraries,
  unpackWheel,
} from "./engine-native-steps.ts";

const NEEDED_BYTES = 1.6e9;

function say(line: string): void {
  process.stderr.write(`engine: ${line}\n`);
}

async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

/** Node's headers: `--nodedir DIR`, or beside the running Node. */
function nodeHeaders(argv: string[]): string | null {
  const at = argv.indexOf("--nodedir");
  const given = at >= 0 ? argv[at + 1] : undefined;
  if (given !== undefined) return given;
  const prefix = dirname(dirname(process.execPath));
  const header = join(prefix, "include", "node", "node_api.h");
  return existsSync(header) ? prefix : null;
}

async function isReady(marker: string): Promise<boolean> {
  if (!existsSync(marker)) return false;
  const text = await readFile(marker, "utf8");
  return text.includes(`"${TFJS_VERSION}"`);
}

async function main(): Promise<void> {
  const folder = engineDirectory();
  const marker = join(folder, "ready.json");
  if (await isReady(marker)) {
    say(`ready in ${folder}; delete that folder to make it anew`);
    return;
  }
  if (process.platform !== "linux" || process.arch !== "x64") {
    throw new EngineBuildError(
      `the wheel route is for Linux on x64, this is ${process.platform} on ` +
        `${process.arch}; the product runs on the wasm engine`,
    );
  }
  await mkdir(folder, { recursive: true });
  const free = await freeBytes(folder);
  if (free < NEEDED_BYTES) {
    throw new EngineBuildError(
      `needs ${(NEEDED_BYTES / 1e9).toFixed(1)} GB free under ${folder}, ` +
        `found ${(free / 1e9).toFixed(1)} GB`,
    );
  }
  await rm(marker, { force: true });
  say("1/4 the JavaScript of @tensorflow/tfjs-node");
  await installPackage(folder, TFJS_VERSION);
  say("2/4 the TensorFlow library (a wheel of 207 MB)");
  const library = await unpackWheel(folder);
  say("3/4 linking the library");
  await linkLibraries(folder, library);
  say("4/4 compiling the addon (about half a minute)");
  await buildAddon(folder, nodeHeaders(process.argv.slice(2)));
  await writeFile(
    marker,
    JSON.stringify({ version: TFJS_VERSION, node: process.version }) + "\n",
  );
  say("ready");
}

try {
  await main();
} catch (error) {
  if (!(error instanceof EngineBuildError)) throw error;
  say(error.message);
  process.exitCode = 1;
}
