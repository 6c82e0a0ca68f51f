import { randomBytes } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

/**
 * The secret in `file`: made once, 192 bits or more, readable by its owner
 * only. Written aside first: a disk that fills up, or a kill, must not leave
 * an empty secret that later starts would trust.
 */
export async function readOrMakeSecret(
  file: string,
  bytes: number,
): Promise<string> {
  const known = await readFile(file, "utf8").catch(ignoreMissing);
  if (known.trim() !== "") return known.trim();
  // Two steps: a recursive mkdir would give its mode to the parents as well,
  // which the server's user must be able to walk through.
  await mkdir(dirname(dirname(file)), { recursive: true });
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const secret = randomBytes(bytes).toString("hex");
  const part = `${file}.${process.pid}.part`;
  try {
    await writeFile(part, secret, { mode: 0o600 });
    await rename(part, file);
  } finally {
    await rm(part, { force: true });
  }
  return secret;
}

function ignoreMissing(error: unknown): string {
  if (error instanceof Error && "code" in error && error.code === "ENOENT")
    return "";
  throw error;
}
