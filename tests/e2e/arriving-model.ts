import { createHash } from "node:crypto";
import { cp, mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const PRODUCT = fileURLToPath(
  new URL("../../packages/inference/models/lung-iris-3", import.meta.url),
);
const SEALED = ["manifest.json", "model.json", "weights.bin"] as const;

interface Manifest {
  id: string;
  training: Record<string, unknown>;
  findings: { calibration: Record<string, { intercept: number }> }[];
}

/** The product's own model, and the folder that a candidate arrives in. */
export async function arrivingFolders(): Promise<{
  product: string;
  candidate: string;
}> {
  const candidate = await mkdtemp(join(tmpdir(), "lung-iris-candidate-"));
  await cp(PRODUCT, candidate, { recursive: true });
  await arrive(candidate, "before-the-journey", 0.001);
  return { product: PRODUCT, candidate };
}

/**
 * Puts another candidate into the folder: the product's weights, calibrated a
 * hair's breadth apart, sealed as `sha256sum` would.
 *
 * @param patients whom its manifest says that it learnt from, as models name them
 */
export async function arrive(
  folder: string,
  id: string,
  shift: number,
  patients: readonly string[] = [],
): Promise<void> {
  const text = await readFile(join(PRODUCT, "manifest.json"), "utf8");
  const manifest = JSON.parse(text) as Manifest;
  for (const { calibration } of manifest.findings)
    for (const group of Object.values(calibration)) group.intercept += shift;
  await writeFile(
    join(folder, "manifest.json"),
    JSON.stringify({
      ...{ ...manifest, id },
      training: { ...manifest.training, journey: { patients } },
    }),
  );
  const lines: string[] = [];
  for (const name of SEALED) {
    const bytes = await readFile(join(folder, name));
    const hash = createHash("sha256").update(bytes).digest("hex");
    lines.push(`${hash}  ${name}\n`);
  }
  await writeFile(join(folder, "SHA256SUMS"), lines.join(""));
}

/** Ends the desk's worker, which the launcher starts again. */
export async function restartWorker(dataDir: string): Promise<void> {
  const text = await readFile(join(dataDir, "run.json"), "utf8");
  const { children } = JSON.parse(text) as {
    children: { name: string; pid: number }[];
  };
  const worker = children.find(({ name }) => name === "worker");
  if (worker === undefined) throw new Error("the desk has no worker");
  process.kill(worker.pid, "SIGTERM");
}
