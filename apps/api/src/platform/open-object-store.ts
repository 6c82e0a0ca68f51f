import { createFolderObjectStore } from "./object-store-folder.ts";
import type { ObjectStore } from "./object-store.ts";

/** Which of the two stores, and where. */
export type ObjectStoreSettings =
  { kind: "folder"; folder: string } | { kind: "s3"; url: string };

/**
 * Opens the store that the configuration names. Films on their way to a
 * bucket wait in `stagingFolder`.
 */
export async function openObjectStore(
  settings: ObjectStoreSettings,
  stagingFolder: string,
): Promise<ObjectStore> {
  if (settings.kind === "folder") {
    return createFolderObjectStore({ folder: settings.folder });
  }
  // Only then: the S3 client costs memory and time that a folder does not.
  const { createS3ObjectStore, parseS3Location } =
    await import("./object-store-s3.ts");
  return createS3ObjectStore({
    location: parseS3Location(settings.url),
    stagingFolder,
  });
}
