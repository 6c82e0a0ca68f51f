import { readSealedManifest } from "@lung-iris/inference";
import type { DatabaseClient, ModelVersion } from "@lung-iris/prisma";
import { systemViewer } from "../../access/viewer.ts";
import type { AuditLog } from "../../audit/audit-log.ts";
import type { Clock } from "../../platform/clock.ts";
import { newId, newRequestId } from "../../platform/ids.ts";
import { findFinding } from "../findings/finding-catalogue.ts";
import { parseModelManifest } from "./model-manifest.ts";
import {
  fingerprintOf,
  hasAnyRole,
  insertRole,
  lockRoles,
  saveVersion,
} from "./model-role.store.ts";

const REGISTRY = "model-registry";

interface RegistryDeps {
  audit: AuditLog;
  clock: Clock;
}

/**
 * Reads the manifest of a model folder.
 *
 * @throws InferenceError `model-corrupt` where anything of the folder was
 *   changed since it was sealed.
 */
export async function readManifestFile(modelFolder: string): Promise<unknown> {
  return (await readSealedManifest(modelFolder)).json;
}

/**
 * What tells the model of a folder, as it lies there now.
 *
 * @throws InferenceError `model-corrupt`, as above.
 */
export async function fingerprintOnDisk(
  client: DatabaseClient,
  modelFolder: string,
): Promise<string> {
  return fingerprintOf(client, await readManifestFile(modelFolder));
}

/**
 * Makes the models known that a worker has, in order. Gives none of them a
 * role, save for the first one of an empty desk, which goes live on record:
 * somebody has to. Safe to run at every start and by several workers at once.
 *
 * @throws Error naming a model whose finding the catalogue does not have.
 */
export async function registerModels(
  { audit, clock }: RegistryDeps,
  manifests: readonly unknown[],
): Promise<ModelVersion[]> {
  const viewer = systemViewer(REGISTRY, newRequestId());
  const now = clock.now();
  for (const manifest of manifests) assertKnownFindings(manifest);
  return audit.changeAndRecord(viewer, async (tx, record) => {
    await lockRoles(tx);
    const rows: ModelVersion[] = [];
    for (const manifest of manifests) {
      const { id: name, weights } = parseModelManifest(manifest);
      const { row, isNew } = await saveVersion(tx, {
        id: newId(now),
        name,
        sha256: weights.sha256,
        manifest: JSON.stringify(manifest),
      });
      if (isNew) record({ type: "model.registered", ...eventOf(row) });
      rows.push(row);
    }
    const [first] = rows;
    if (first && !(await hasAnyRole(tx))) {
      await insertRole(tx, {
        id: newId(now),
        siteId: null,
        modelVersionId: first.id,
        role: "LIVE",
        since: now,
        byId: "SYSTEM",
        byName: REGISTRY,
      });
      record({ type: "model.bootstrapped", ...eventOf(first) });
    }
    return rows;
  });
}

function eventOf(row: ModelVersion) {
  const { id, name, sha256, fingerprint } = row;
  return {
    subject: { type: "model" as const, id },
    siteId: null,
    patientId: null,
    details: { name, sha256, fingerprint },
  };
}

/** What the desk has no words and no code for, it cannot show or export. */
function assertKnownFindings(manifest: unknown): void {
  const { id, findings } = parseModelManifest(manifest);
  const unknown = findings.find(({ code }) => findFinding(code) === null);
  if (unknown === undefined) return;
  throw new Error(
    `The model ${id} speaks of "${unknown.code}", which the catalogue of findings does not have. Add it to features/findings/finding-catalogue.ts.`,
  );
}
