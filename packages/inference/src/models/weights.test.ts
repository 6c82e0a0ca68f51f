import { createHash } from "node:crypto";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import * as tf from "@tensorflow/tfjs-core";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";

import { openEngine } from "../backend.ts";
import { createClassifier } from "../classifier.ts";
import { defaultModelDir } from "./registry.ts";
import { loadModelWeights } from "./engine-weights.ts";
import { sealModel } from "./seal.ts";
import { readModelManifest, readSealedManifest } from "./weights.ts";

let folder = "";

beforeAll(async () => {
  await openEngine("wasm");
});

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "lung-iris-model-"));
  await cp(defaultModelDir(), folder, { recursive: true });
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe("a model folder", () => {
  it("names the hash of the weights that lie beside it", async () => {
    const manifest = await readModelManifest(folder);
    const bytes = await readFile(join(folder, manifest.weights.file));
    expect(createHash("sha256").update(bytes).digest("hex")).toBe(
      manifest.weights.sha256,
    );
    expect(bytes.length).toBeLessThanOrEqual(8e6);
    expect(manifest.weights.parameters).toBeLessThanOrEqual(2e6);
  });

  it("does not load weights of which one bit was changed", async () => {
    const manifest = await readModelManifest(folder);
    const path = join(folder, manifest.weights.file);
    const bytes = await readFile(path);
    bytes.writeUInt8(bytes.readUInt8(1000) ^ 1, 1000);
    await writeFile(path, bytes);
    const before = tf.memory().numTensors;
    await expect(loadModelWeights(folder, manifest)).rejects.toMatchObject({
      code: "model-corrupt",
    });
    expect(tf.memory().numTensors).toBe(before);
  });

  it("is refused when its manifest lacks a constant", async () => {
    const path = join(folder, "manifest.json");
    const text = await readFile(path, "utf8");
    await writeFile(path, text.replace('"acceptFrom"', '"acceptSince"'));
    await sealModel(folder, "weights.bin");
    await expect(readModelManifest(folder)).rejects.toMatchObject({
      code: "model-corrupt",
      message: expect.stringContaining("gate.acceptFrom"),
    });
  });

  it("does not load a manifest with a threshold that was changed", async () => {
    const path = join(folder, "manifest.json");
    const text = await readFile(path, "utf8");
    const changed = text.replace(/"balanced": [\d.]+/u, '"balanced": 0.999');
    expect(changed).not.toBe(text);
    await writeFile(path, changed);
    const outcome = createClassifier({ modelDir: folder, engine: "wasm" });
    await expect(outcome).rejects.toMatchObject({
      code: "model-corrupt",
      message: expect.stringContaining("manifest.json was changed since"),
    });
  });

  it("does not load weights that are sealed but not the manifest's", async () => {
    const sums = join(folder, "SHA256SUMS");
    const text = await readFile(sums, "utf8");
    const other = text.replace(
      /^[0-9a-f]{64}(?= {2}weights)/mu,
      "0".repeat(64),
    );
    await writeFile(sums, other);
    await expect(readModelManifest(folder)).rejects.toMatchObject({
      code: "model-corrupt",
      message: expect.stringContaining("weights.bin was changed since"),
    });
  });

  it("does not load without its seal", async () => {
    await rm(join(folder, "SHA256SUMS"));
    await expect(readModelManifest(folder)).rejects.toMatchObject({
      code: "model-corrupt",
      message: expect.stringContaining("has no SHA256SUMS"),
    });
  });

  it("is told apart by one hash when a single byte differs", async () => {
    const before = await readSealedManifest(folder);
    const path = join(folder, "manifest.json");
    const text = await readFile(path, "utf8");
    await writeFile(path, text.replace("\n", "\n\n"));
    await sealModel(folder, "weights.bin");
    const after = await readSealedManifest(folder);
    expect(after.manifest).toEqual(before.manifest);
    expect(after.folderSha256).not.toBe(before.folderSha256);
  });

  it("is called missing when it is not there", async () => {
    await expect(
      readModelManifest(join(folder, "nowhere")),
    ).rejects.toMatchObject({ code: "model-missing" });
  });
});
