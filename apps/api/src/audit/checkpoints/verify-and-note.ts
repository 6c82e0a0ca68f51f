import type { DatabaseClient } from "@lung-iris/prisma";
import type { Viewer } from "../../access/viewer.ts";
import type { AuditLog } from "../audit-log.ts";
import type { CheckpointFolder } from "./checkpoint-folder.ts";
import { verifyTrail, type TrailVerification } from "./verify-trail.ts";

/** Verifies the trail and notes the outcome in it, as done by the viewer. */
export async function verifyAndNote(
  {
    client,
    audit,
    checkpoints: folder,
  }: { client: DatabaseClient; audit: AuditLog; checkpoints: CheckpointFolder },
  viewer: Viewer,
): Promise<TrailVerification> {
  const result = await verifyTrail(client, folder);
  const { ok, count, through, broken, checkpoints } = result;
  await audit.recordLook(viewer, {
    type: "audit.verified",
    siteId: null,
    patientId: null,
    subject: { type: "audit", id: "chain" },
    details: {
      ok,
      count,
      through: through.seq,
      throughHash: through.hash,
      brokenAt: broken?.seq ?? null,
      problem: broken?.problem ?? null,
      checkpoints,
    },
  });
  return result;
}
