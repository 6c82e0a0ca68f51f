import { createReadStream } from "node:fs";
import { access, constants, mkdir, rename, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import {
  ObjectStoreError,
  assertObjectKey,
  type ObjectStore,
  type StagedObject,
} from "./object-store.ts";
import {
  errorCode,
  stageToFolder,
  storeErrorFrom,
  syncPath,
  type StagedFile,
} from "./object-store-staging.ts";
import { openStagingFolder } from "./staging-folder.ts";

/**
 * Objects as files of one folder. An object appears under its key only when
 * it is whole and on the disk: written aside, synced, then renamed.
 */
export async function createFolderObjectStore(options: {
  folder: string;
}): Promise<ObjectStore> {
  const objects = join(options.folder, "stored");
  await mkdir(objects, { recursive: true });
  // Beside the objects: a move into place must not cross disks.
  const staging = await openStagingFolder(join(options.folder, "staging"));
  const pathOf = (key: string): string => {
    assertObjectKey(key);
    return join(objects, key);
  };
  return {
    async stage(body, stageOptions = {}) {
      const file = await stageToFolder(staging, body, stageOptions);
      return stagedObject(file, (key) => moveIntoPlace(file.path, pathOf(key)));
    },
    async read(key, range) {
      const path = pathOf(key);
      try {
        const { size } = await stat(path);
        return { bytes: size, stream: createReadStream(path, range) };
      } catch (error) {
        throw storeErrorFrom(error);
      }
    },
    async size(key) {
      const found = await stat(pathOf(key)).catch(() => null);
      return found?.size ?? null;
    },
    async remove(key) {
      await rm(pathOf(key), { force: true });
    },
    async check() {
      try {
        await access(objects, constants.W_OK);
      } catch (error) {
        throw new ObjectStoreError(
          "unavailable",
          "The folder for films cannot be written to.",
          { cause: error },
        );
      }
    },
  };
}

/** A staged file with its two endings, of which only the first counts. */
export function stagedObject(
  file: StagedFile,
  move: (key: string) => Promise<void>,
): StagedObject {
  let ended = false;
  return {
    ...file,
    async commit(key) {
      if (ended) return;
      try {
        await move(key);
        ended = true;
      } catch (error) {
        throw storeErrorFrom(error);
      }
    },
    async discard() {
      if (ended) return;
      ended = true;
      await rm(file.path, { force: true });
    },
  };
}

async function moveIntoPlace(from: string, to: string): Promise<void> {
  const folder = dirname(to);
  await syncPath(from);
  await rename(from, to).catch(async (error: unknown) => {
    if (errorCode(error) !== "ENOENT") throw error;
    await mkdir(folder, { recursive: true });
    await rename(from, to);
  });
  // The rename itself lives in the folder; without this a power cut may
  // forget it after the database has been told of the object.
  await syncPath(folder);
}
