import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const run = promisify(execFile);

it("trains on a site's own films for nobody who does not say who he is", async () => {
  const folder = await mkdtemp(join(tmpdir(), "lung-iris-makers-"));
  const manifest = join(folder, "manifest.csv");
  await writeFile(
    manifest,
    "file,split,label,patient_id\na.png,train,normal,p0\nb.png,train,pneumonia,p1\n",
  );
  const train = (...more: string[]) =>
    run(
      process.execPath,
      [
        ...["--import", "tsx", "packages/inference/bin/train.ts"],
        ...["--manifest", manifest, "--out", join(folder, "model"), ...more],
      ],
      { cwd: root },
    );
  try {
    await expect(train()).rejects.toMatchObject({
      stderr: expect.stringContaining("--by EMAIL") as string,
    });
    await expect(train("--by", "nobody")).rejects.toMatchObject({
      stderr: expect.stringContaining("no email address") as string,
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
