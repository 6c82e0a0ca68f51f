import { tmpdir } from "node:os";
import { join } from "node:path";
import { createFolderObjectStore } from "./object-store-folder.ts";
import { createS3ObjectStore, parseS3Location } from "./object-store-s3.ts";
import type { ObjectStore } from "./object-store.ts";

/** Which of the two stores, and where. */
export type ObjectStoreSettings =
  { kind: "folder"; folder: string } | { kind: "s3"; url: string };

/**
 * Opens the store that the configuration names. Films on their way to a
 * bucket wait in `stagingFolder`.
 */
export function openObjectStore(
  settings: ObjectStoreSettings,
  stagingFolder = join(tmpdir(), "lung-iris-staging"),
): Promise<ObjectStore> {
  if (settings.kind === "folder") {
    return createFolderObjectStore({ folder: settings.folder, now: Date.now });
  }
  return createS3ObjectStore({
    location: parseS3Location(settings.url),
    stagingFolder,
    now: Date.now,
  });
}
