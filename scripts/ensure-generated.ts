import { readdir, stat, utimes } from "node:fs/promises";
import { join } from "node:path";

/**
 * Runs `generate` where the database client is missing or older than the
 * schema that it is made from; costs a few looks at the disk otherwise.
 */
export async function ensureGenerated(
  root: string,
  generate: () => Promise<void>,
): Promise<void> {
  const client = join(root, "prisma/src/generated/client.ts");
  const made = await changedAt(client);
  if (made !== null && made >= (await newestIn(join(root, "prisma/schema"))))
    return;
  await generate();
  // What comes out of a cache keeps its old date.
  const now = new Date();
  await utimes(client, now, now);
}

async function newestIn(folder: string): Promise<number> {
  const names = await readdir(folder);
  const times = await Promise.all(
    names.map((name) => changedAt(join(folder, name))),
  );
  return Math.max(...times.map((time) => time ?? 0));
}

async function changedAt(path: string): Promise<number | null> {
  return (await stat(path).catch(() => null))?.mtimeMs ?? null;
}
