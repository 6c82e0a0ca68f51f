import { createHash } from "node:crypto";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import * as tf from "@tensorflow/tfjs-core";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";

import { openEngine } from "../backend.ts";
import { defaultModelDir } from "./registry.ts";
import { loadModelWeights } from "./engine-weights.ts";
import { readModelManifest } from "./weights.ts";

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
    await expect(readModelManifest(folder)).rejects.toMatchObject({
      code: "model-corrupt",
    });
  });

  it("is called missing when it is not there", async () => {
    await expect(
      readModelManifest(join(folder, "nowhere")),
    ).rejects.toMatchObject({ code: "model-missing" });
  });
});
