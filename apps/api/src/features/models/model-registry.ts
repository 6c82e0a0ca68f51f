import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { DatabaseClient, ModelVersion } from "@lung-iris/prisma";
import { systemViewer } from "../../access/viewer.ts";
import type { AuditLog } from "../../audit/audit-log.ts";
import type { Clock } from "../../platform/clock.ts";
import { newId, newRequestId } from "../../platform/ids.ts";
import { manifestColumn, parseModelManifest } from "./model-manifest.ts";

/** Reads and checks the manifest of a model folder. */
export async function readManifestFile(modelFolder: string): Promise<unknown> {
  const text = await readFile(join(modelFolder, "manifest.json"), "utf8");
  return JSON.parse(text);
}

/**
 * Makes the model that a worker has loaded known and live. Safe to run at
 * every start and by several workers at once: one row a set of weights, one
 * live version, one event each for what changed.
 */
export async function registerLiveModel(
  deps: { client: DatabaseClient; audit: AuditLog; clock: Clock },
  manifest: unknown,
): Promise<ModelVersion> {
  const { id: name, weights } = parseModelManifest(manifest);
  const viewer = systemViewer("model-registry", newRequestId());
  const now = deps.clock.now();
  return deps.audit.changeAndRecord(viewer, async (tx, record) => {
    // Two workers that start together take turns.
    await tx.$queryRaw`SELECT 1 FROM (SELECT pg_advisory_xact_lock(hashtext('lung-iris model registry'))) AS taken`;
    const event = (version: ModelVersion) => ({
      subject: { type: "model" as const, id: version.id },
      siteId: null,
      patientId: null,
      details: { name: version.name, sha256: version.sha256 },
    });
    let version = await tx.modelVersion.findUnique({
      where: { sha256: weights.sha256 },
    });
    if (!version) {
      version = await tx.modelVersion.create({
        data: {
          id: newId(now),
          name,
          sha256: weights.sha256,
          manifest: manifestColumn(manifest),
        },
      });
      record({ type: "model.registered", ...event(version) });
    }
    if (version.isLive) return version;
    for (const retired of await tx.modelVersion.findMany({
      where: { isLive: true },
    })) {
      await tx.modelVersion.update({
        where: { id: retired.id },
        data: { isLive: false },
      });
      record({ type: "model.retired", ...event(retired) });
    }
    const live = await tx.modelVersion.update({
      where: { id: version.id },
      data: { isLive: true, liveSince: now },
    });
    record({ type: "model.promoted", ...event(live) });
    return live;
  });
}
