import type { DatabaseClient } from "@lung-iris/prisma";
import { systemViewer } from "../../access/viewer.ts";
import type { AuditLog } from "../../audit/audit-log.ts";
import type { Clock } from "../../platform/clock.ts";
import { newRequestId } from "../../platform/ids.ts";
import type { ObjectStore } from "../../platform/object-store.ts";
import { expiryBefore } from "./resumable-upload.service.ts";
import {
  deleteUpload,
  expiredUploads,
  notedParts,
} from "./resumable-upload.store.ts";

const BATCH = 100;

/**
 * Removes uploads that are over with their pieces; what never became whole is
 * on record by that. How many.
 */
export async function purgeUploads(deps: {
  client: DatabaseClient;
  audit: AuditLog;
  clock: Clock;
  objectStore: ObjectStore;
}): Promise<number> {
  const { client, audit, clock, objectStore } = deps;
  const viewer = systemViewer("upload-keeper", newRequestId());
  let purged = 0;
  for (;;) {
    const before = expiryBefore(clock.now());
    const rows = await expiredUploads(client, before, BATCH);
    for (const row of rows) {
      // The bytes first: a row that is left is found again.
      for (const { key } of await notedParts(client, row.id))
        await objectStore.remove(key);
      await audit.changeAndRecord(viewer, async (tx, record) => {
        await deleteUpload(tx, row.id);
        if (row.outcome !== null) return;
        record({
          type: "upload.expired",
          siteId: row.siteId,
          patientId: null,
          subject: { type: "upload", id: row.id },
          details: {
            fileName: row.fileName,
            userId: row.userId,
            bytes: Number(row.offset),
            length: Number(row.length),
          },
        });
      });
      purged += 1;
    }
    if (rows.length < BATCH) return purged;
  }
}
