import type { Tx } from "@lung-iris/prisma";
import {
  BEHIND_PRIORITY,
  enqueue,
  type JobPayload,
} from "../../platform/job-queue.ts";
import { readCurrentRoles } from "../models/current-roles.ts";
import { roleAt, rolesAt } from "../models/model-roles.rules.ts";
import { notePassedOver, roomForShadows } from "./shadow-load.ts";

type Cause = JobPayload<"assess-image">["cause"];

/** The job's key in the queue, after its name: one a film and model. */
export function filmJobKey(imageId: string, modelVersionId: string): string {
  return `${imageId}:${modelVersionId}`;
}

/**
 * Asks the site's live model about the films, and its shadows behind it, in
 * the transaction of what made it necessary. Without a live model the films
 * wait for the first, which asks for them (`ReconcileService`). Shadows are
 * passed over, and that is noted, while many films wait for a live model.
 */
export async function askModels(
  tx: Tx,
  siteId: string,
  imageIds: readonly string[],
  cause: Cause,
  requestId?: string,
): Promise<void> {
  if (imageIds.length === 0) return;
  const { live, shadows } = rolesAt(siteId, await readCurrentRoles(tx));
  const room = shadows.length === 0 ? 0 : await roomForShadows(tx);
  const behind = room > 0 ? imageIds.slice(0, room) : [];
  for (const imageId of imageIds) {
    const ask = { imageId, cause, requestId };
    if (live !== null) await askModel(tx, { ...ask, modelVersionId: live });
  }
  for (const imageId of behind)
    for (const modelVersionId of shadows) {
      const ask = { imageId, cause, requestId, modelVersionId };
      await askModel(tx, ask, BEHIND_PRIORITY);
    }
  const left = imageIds.slice(behind.length);
  if (shadows.length > 0 && left.length > 0)
    await notePassedOver(tx, shadows, left);
}

async function askModel(
  tx: Tx,
  payload: JobPayload<"assess-image">,
  priority?: number,
): Promise<void> {
  const key = filmJobKey(payload.imageId, payload.modelVersionId);
  await enqueue(tx, "assess-image", key, payload, priority);
}

/**
 * Asks a model that has just gone live about every film that nobody has
 * signed at the site, if it is live there: the worklist is to stand by one
 * model's word. How many films.
 */
export async function askAboutOpenCases(
  tx: Tx,
  modelVersionId: string,
  siteId: string,
  requestId?: string,
): Promise<number> {
  const roles = await readCurrentRoles(tx);
  if (roleAt(siteId, modelVersionId, roles) !== "LIVE") return 0;
  const films = await tx.image.findMany({
    where: {
      siteId,
      removedAt: null,
      study: { case: { state: { not: "SIGNED" } } },
    },
    orderBy: { id: "asc" },
    select: { id: true },
  });
  const cause = "promoted";
  for (const { id: imageId } of films)
    await askModel(tx, { imageId, modelVersionId, cause, requestId });
  return films.length;
}
