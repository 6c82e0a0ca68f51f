import {
  withTransaction,
  type DatabaseClient,
  type ErasedObject,
} from "@lung-iris/prisma";
import { systemViewer } from "../../access/viewer.ts";
import type { AuditLog } from "../../audit/audit-log.ts";
import type { Clock } from "../../platform/clock.ts";
import { newRequestId } from "../../platform/ids.ts";
import type { ObjectStore } from "../../platform/object-store.ts";
import { everyFilmKey } from "../films/film-keys.ts";
import { removeOrphan } from "../intake/arriving-film.sweep.ts";
import { aboutPatient, whatOf } from "./erasure.events.ts";
import {
  dueObjects,
  emptiedErasures,
  forgetObject,
  noteEmptied,
  noteRemoved,
} from "./erasure.store.ts";

/**
 * So long after an erasure nobody still makes a picture of a film, or finishes
 * an export, that he began before it: a try of either is shorter.
 */
const AGAIN_MS = 15 * 60_000;
const BATCH = 100;

interface RemovalDeps {
  client: DatabaseClient;
  audit: AuditLog;
  clock: Clock;
  objectStore: Pick<ObjectStore, "remove">;
}

/**
 * Takes the bytes of erased patients out of the object store: at once, and
 * once more a quarter of an hour later. What it is killed at is a row still,
 * and the next run goes on. How many objects were gone for good.
 */
export async function removeErased(deps: RemovalDeps): Promise<number> {
  const { client, audit, clock } = deps;
  const again = new Date(clock.now().getTime() - AGAIN_MS);
  let gone = 0;
  for (;;) {
    const due = await dueObjects(client, again, BATCH);
    for (const object of due) if (await remove(deps, object, again)) gone += 1;
    if (due.length < BATCH) break;
  }
  const viewer = systemViewer("erasure-keeper", newRequestId());
  for (const erasure of await emptiedErasures(client))
    await audit.changeAndRecord(viewer, async (tx, record) => {
      if (!(await noteEmptied(tx, erasure.id, clock.now()))) return;
      record({
        type: "erasure.emptied",
        ...aboutPatient(erasure),
        details: whatOf(erasure),
      });
    });
  return gone;
}

/** Whether the object is gone for good: it was removed a while ago already. */
async function remove(
  { client, clock, objectStore }: RemovalDeps,
  object: ErasedObject,
  again: Date,
): Promise<boolean> {
  const { id, sha256, objectKey, removedAt } = object;
  const isLast = removedAt !== null && removedAt < again;
  await withTransaction(client, async (tx) => {
    // The bytes first: a row that is left is found again.
    if (sha256 !== null)
      await removeOrphan(tx, objectStore, { id, sha256 }, everyFilmKey(sha256));
    if (objectKey !== null) await objectStore.remove(objectKey);
    if (isLast) await forgetObject(tx, id);
    else await noteRemoved(tx, id, clock.now());
  });
  return isLast;
}
