import { cp, mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { defaultModelDir, sealModel } from "@lung-iris/inference";
import type { ModelVersion } from "@lung-iris/prisma";
import { z } from "zod";
import { AuditLog } from "../../apps/api/src/audit/audit-log.ts";
import {
  readManifestFile,
  registerModels,
} from "../../apps/api/src/features/models/model-registry.ts";
import type { TestServer } from "./server.ts";

/** Makes models known as a worker with these folders does when it starts. */
export async function registerFolders(
  server: TestServer,
  folders: readonly string[] = [defaultModelDir()],
): Promise<ModelVersion[]> {
  const manifests = await Promise.all(folders.map(readManifestFile));
  const audit = new AuditLog(server.database.client, server.clock);
  return registerModels({ audit, clock: server.clock }, manifests);
}

/** The shipped model, which is live from then on, and one beside it. */
export async function registerBeside(
  server: TestServer,
  folder: string,
): Promise<[live: ModelVersion, candidate: ModelVersion]> {
  const [live, candidate] = await registerFolders(server, [
    defaultModelDir(),
    folder,
  ]);
  if (!live || !candidate) throw new Error("two models were not registered");
  return [live, candidate];
}

const calibration = z.looseObject({ intercept: z.number() });
const manifestSchema = z.looseObject({
  id: z.string(),
  weights: z.looseObject({ file: z.string() }),
  findings: z.array(
    z.looseObject({ calibration: z.record(z.string(), calibration) }),
  ),
  training: z.record(z.string(), z.unknown()),
  metrics: z.record(z.string(), z.unknown()),
});
export type TestManifest = z.infer<typeof manifestSchema>;

/**
 * A real model folder of its own: the product's weights, calibrated so that
 * every film comes out far likelier. Returns the folder; the caller removes
 * what lies above it.
 */
export function recalibratedFolder(): Promise<string> {
  return folderCalled("recalibrated", (manifest) => {
    for (const finding of manifest.findings)
      for (const group of Object.values(finding.calibration))
        group.intercept += 4;
  });
}

/** The product's model under another name, changed and sealed. */
export async function folderCalled(
  id: string,
  change: (manifest: TestManifest) => void,
): Promise<string> {
  const folder = join(await mkdtemp(join(tmpdir(), "lung-iris-model-")), id);
  await cp(defaultModelDir(), folder, { recursive: true });
  await changeFolder(folder, (manifest) => {
    manifest.id = id;
    change(manifest);
  });
  return folder;
}

/** Changes what a folder's manifest says, and seals it again. */
export async function changeFolder(
  folder: string,
  change: (manifest: TestManifest) => void,
): Promise<void> {
  const file = join(folder, "manifest.json");
  const manifest = manifestSchema.parse(
    JSON.parse(await readFile(file, "utf8")),
  );
  change(manifest);
  await writeFile(file, JSON.stringify(manifest));
  await sealModel(folder, manifest.weights.file);
}
