import {
  withTransaction,
  type DatabaseClient,
  type Tx,
} from "@lung-iris/prisma";
import type { ObjectStore } from "../../platform/object-store.ts";
import { filmKey, thumbnailKey } from "../films/film-keys.ts";
import { LIES_AS_STORED } from "../films/film-orientation.ts";
import {
  forgetArriving,
  lockOrphan,
  staleArrivals,
} from "./arriving-film.store.ts";

/** No upload takes so long between its bytes and its transaction. */
const STALE_SECONDS = 24 * 60 * 60;
const BATCH = 100;

/**
 * Removes the bytes of films that were put away and never taken in: a process
 * was killed in between, or the database went away. How many.
 */
export async function sweepArrivals({
  client,
  objectStore,
}: {
  client: DatabaseClient;
  objectStore: Pick<ObjectStore, "remove">;
}): Promise<number> {
  let swept = 0;
  for (;;) {
    const stale = await staleArrivals(client, STALE_SECONDS, BATCH);
    for (const film of stale) {
      const wasOrphan = await withTransaction(client, async (tx) => {
        const { sha256 } = film;
        // The bytes first: a note that is left is found again.
        const isOrphan = await removeOrphan(tx, objectStore, film, [
          filmKey(sha256),
          thumbnailKey({ sha256, ...LIES_AS_STORED }),
        ]);
        await forgetArriving(tx, film.id);
        return isOrphan;
      });
      if (wasOrphan) swept += 1;
    }
    if (stale.length < BATCH) return swept;
  }
}

/**
 * Removes objects of a film whose bytes are nobody's; false where a site has
 * the film, or somebody else brings it now. Until the transaction ends nobody
 * begins to.
 *
 * @param film the note by which it is known, and its checksum
 */
export async function removeOrphan(
  tx: Tx,
  objectStore: Pick<ObjectStore, "remove">,
  film: { id: string; sha256: string },
  keys: readonly string[],
): Promise<boolean> {
  if (!(await lockOrphan(tx, film))) return false;
  for (const key of keys) await objectStore.remove(key);
  return true;
}
