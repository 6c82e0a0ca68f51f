import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { writeBatch, type BatchOptions } from "./batch.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "phantom-batch-"));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

function options(changes: Partial<BatchOptions>): BatchOptions {
  return {
    folder,
    count: 3,
    seed: 50,
    format: "png",
    size: 96,
    healthyShare: 0.5,
    split: "phantom",
    ...changes,
  };
}

describe("writeBatch", { timeout: 60_000 }, () => {
  it("writes films and a manifest whose hashes are those of the files", async () => {
    expect(await writeBatch(options({}))).toBe(3);
    const lines = (await readFile(join(folder, "manifest.csv"), "utf8"))
      .trim()
      .split("\n");
    expect(lines).toHaveLength(4);
    expect(lines[0]).toMatch(/^split,may_train,file,.*,sha1$/u);
    for (const line of lines.slice(1)) {
      const file = /phantom-\d+\.png/u.exec(line)?.[0] ?? "";
      const bytes = await readFile(join(folder, file));
      const sha1 = createHash("sha1").update(bytes).digest("hex");
      expect(line.endsWith(sha1)).toBe(true);
      expect(line.startsWith("phantom,yes,")).toBe(true);
    }
  });

  it("makes only healthy films, without boxes, at a share of 1", async () => {
    await writeBatch(options({ healthyShare: 1 }));
    const text = await readFile(join(folder, "manifest.csv"), "utf8");
    expect(text).not.toContain("pneumonia");
    expect(text).not.toContain("Lung Opacity");
  });

  it("makes only sick films, with boxes, at a share of 0", async () => {
    await writeBatch(options({ healthyShare: 0 }));
    const lines = (await readFile(join(folder, "manifest.csv"), "utf8"))
      .trim()
      .split("\n")
      .slice(1);
    for (const line of lines) {
      expect(line).toContain(",pneumonia,");
      expect(line).toContain('""label"":""Lung Opacity""');
    }
  });

  it("writes DICOM files when asked to", async () => {
    await writeBatch(options({ format: "dicom", count: 1 }));
    expect((await readdir(folder)).sort()).toEqual([
      "manifest.csv",
      "phantom-50.dcm",
    ]);
    const bytes = await readFile(join(folder, "phantom-50.dcm"));
    expect(bytes.subarray(128, 132).toString("latin1")).toBe("DICM");
  });
});
