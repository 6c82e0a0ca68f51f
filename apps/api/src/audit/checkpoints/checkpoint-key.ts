import { randomBytes } from "node:crypto";
import { link, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

const KEY_BYTES = 32;

export function checkpointKeyFile(dataFolder: string): string {
  return join(dataFolder, "secrets", "checkpoint-key");
}

/** The key of this data folder; null where none was made yet. */
export async function readCheckpointKey(
  dataFolder: string,
): Promise<string | null> {
  try {
    const text = await readFile(checkpointKeyFile(dataFolder), "utf8");
    return text.trim() === "" ? null : text.trim();
  } catch (error) {
    if (isCode(error, "ENOENT")) return null;
    throw error;
  }
}

/**
 * The key, made where there is none. Several processes may start at once:
 * the first to link its file wins, and all read that one.
 */
export async function makeCheckpointKey(dataFolder: string): Promise<string> {
  const known = await readCheckpointKey(dataFolder);
  if (known !== null) return known;
  const file = checkpointKeyFile(dataFolder);
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const part = `${file}.${String(process.pid)}.part`;
  try {
    await writeFile(part, randomBytes(KEY_BYTES).toString("hex"), {
      mode: 0o600,
    });
    await link(part, file);
  } catch (error) {
    if (!isCode(error, "EEXIST")) throw error;
  } finally {
    await rm(part, { force: true });
  }
  const made = await readCheckpointKey(dataFolder);
  if (made === null) throw new Error(`${file} is empty. Remove it.`);
  return made;
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
