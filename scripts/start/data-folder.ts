import { mkdir, rm, statfs, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { StartFailure } from "./failure.ts";

/** A new database takes about 60 MB, a day of films far more. */
const LEAST_FREE_BYTES = 300 * 2 ** 20;

/**
 * Makes the data folder and proves that it can be written.
 *
 * @throws StartFailure for a folder that is closed, read-only or full.
 */
export async function prepareDataFolder(dataDir: string): Promise<void> {
  const probe = join(dataDir, `.write-probe-${process.pid}`);
  try {
    await mkdir(dataDir, { recursive: true });
    await mkdir(join(dataDir, "logs"), { recursive: true });
    await mkdir(join(dataDir, "secrets"), { recursive: true, mode: 0o700 });
    await writeFile(probe, "x".repeat(4096));
  } catch (error) {
    throw new StartFailure(explain(dataDir, error));
  } finally {
    await rm(probe, { force: true }).catch(() => undefined);
  }
  const { bavail, bsize } = await statfs(dataDir);
  if (bavail * bsize < LEAST_FREE_BYTES)
    throw new StartFailure(
      `The disk of ${dataDir} is full: ${Math.floor((bavail * bsize) / 2 ** 20)} MB are free, ` +
        `${LEAST_FREE_BYTES / 2 ** 20} MB are needed. Free some space or set LUNG_IRIS_DATA to a folder on another disk.`,
    );
}

function explain(dataDir: string, error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : "";
  const remedy = "Set LUNG_IRIS_DATA to a folder that this user may write.";
  switch (code) {
    case "EACCES":
    case "EPERM":
      return `The data folder ${dataDir} cannot be written by this user. ${remedy}`;
    case "EROFS":
      return `The data folder ${dataDir} is on a read-only disk. ${remedy}`;
    case "ENOTDIR":
    case "EEXIST":
      return `${dataDir} is not a folder. ${remedy}`;
    case "ENOSPC":
      return `The disk of ${dataDir} is full. Free some space or set LUNG_IRIS_DATA to a folder on another disk.`;
    default:
      return `The data folder ${dataDir} cannot be used: ${String(error)}. ${remedy}`;
  }
}
