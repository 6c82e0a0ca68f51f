import { readFile } from "node:fs/promises";
import { join } from "node:path";

import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, it } from "vitest";

import { availableEngines } from "./engine/open-net.ts";
import { createClassifier, type ChestXrayClassifier } from "./classifier.ts";
import { repositoryRoot } from "./engine/locate.ts";
import { decodeFilm } from "./image/decode-film.ts";
import { defaultModelDir } from "./models/registry.ts";
import type { Assessment, EngineName, Film } from "./types.ts";

const folder = join(repositoryRoot(), "packages/inference/test-data");
const names = [7, 8, 9, 10, 11, 12].map((n) => `phantom-${String(n)}.png`);

interface Golden {
  sha256: string;
  films: Record<string, { probability: number; map: number[] }>;
}

async function film(name: string): Promise<Film> {
  return decodeFilm(await readFile(join(folder, name)));
}

function open(engine: EngineName): Promise<ChestXrayClassifier> {
  return createClassifier({ modelDir: defaultModelDir(), engine });
}

/** Inverted, turned or blanked copies keep the size and the depth. */
function changed(source: Film, to: (at: number) => number): Film {
  return { ...source, pixels: source.pixels.map((_, at) => to(at)) };
}

const engines = availableEngines();
for (const engine of ["onnxruntime", "tensorflow"] as const) {
  if (engines.includes(engine)) continue;
  console.warn(`skipped: tests of the ${engine} engine, which is not here`);
}

describe.each(engines)("the committed model on %s", (engine) => {
  it("gives the golden probabilities and maps", async () => {
    const golden = JSON.parse(
      await readFile(join(folder, "golden.json"), "utf8"),
      // Written by training/write-golden.ts in this shape.
    ) as Golden;
    const classifier = await open(engine);
    expect(classifier.model.sha256).toBe(golden.sha256);
    for (const name of names) {
      const result = await classifier.assess(await film(name), {});
      const expected = golden.films[name];
      expect(result.gate.status).toBe("assessed");
      const probability = result.findings[0]?.probability ?? Number.NaN;
      expect(Math.abs(probability - (expected?.probability ?? 0))).toBeLessThan(
        1e-3,
      );
      const values = result.cam[0]?.values ?? new Float32Array(0);
      expect(values).toHaveLength(expected?.map.length ?? -1);
      const gap = values.reduce(
        (worst, v, at) =>
          Math.max(worst, Math.abs(v - (expected?.map[at] ?? 9))),
        0,
      );
      expect(gap).toBeLessThan(1e-2);
    }
    classifier.dispose();
  });

  // onnxruntime's values are the garbage collector's, not counted.
  it.skipIf(engine === "onnxruntime")(
    "leaves no tensor alive, whatever the film",
    async () => {
      const classifier = await open(engine);
      const good = await film("phantom-7.png");
      const bad = changed(good, () => 0);
      await classifier.assess(good, {});
      const before = tf.memory().numTensors;
      await classifier.assess(good, { ageYears: 3 });
      await classifier.assess(bad, {});
      expect(tf.memory().numTensors).toBe(before);
      classifier.dispose();
      expect(tf.memory().numTensors).toBeLessThan(before);
    },
  );
});

describe("the committed model", () => {
  async function assess(made: Film): Promise<Assessment> {
    const classifier = await open("wasm");
    const result = await classifier.assess(made, {});
    classifier.dispose();
    return result;
  }

  it("tells consolidation from healthy lungs on synthetic films", async () => {
    const healthy = await assess(await film("phantom-9.png"));
    const ill = await assess(await film("phantom-11.png"));
    const p = (result: Assessment): number =>
      result.findings[0]?.probability ?? Number.NaN;
    expect(p(ill)).toBeGreaterThan(p(healthy) + 0.2);
  });

  it("refuses an inverted film and says nothing of pneumonia", async () => {
    const source = await film("phantom-9.png");
    const inverted = changed(
      source,
      (at) => source.maxValue - (source.pixels[at] ?? 0),
    );
    const result = await assess(inverted);
    expect(result.gate).toMatchObject({ reason: "inverted" });
    expect(result.findings).toEqual([]);
    expect(result.cam).toEqual([]);
    expect(result.boxes).toEqual([]);
  });

  it("refuses a film turned by 90° or 180°", async () => {
    const source = await film("phantom-9.png");
    const last = source.width - 1;
    const turned = changed(source, (at) => {
      const x = at % source.width;
      const y = Math.floor(at / source.width);
      return source.pixels[(last - x) * source.width + y] ?? 0;
    });
    expect((await assess(turned)).gate).toMatchObject({ reason: "rotated" });
    const upsideDown = changed(
      source,
      (at) => source.pixels[source.pixels.length - 1 - at] ?? 0,
    );
    expect((await assess(upsideDown)).gate).toMatchObject({
      reason: "rotated",
    });
  });

  it("refuses a blank film and a stamp-sized one", async () => {
    const source = await film("phantom-9.png");
    expect((await assess(changed(source, () => 90))).gate).toMatchObject({
      reason: "blank",
    });
    const stamp = { ...source, width: 40, height: 40 };
    expect((await assess(stamp)).gate).toMatchObject({ reason: "too-small" });
  });

  it("keeps maps and boxes inside the film", async () => {
    const source = await film("phantom-11.png");
    const result = await assess(source);
    const [map] = result.cam;
    expect(map?.values.every((v) => v >= 0 && v <= 1)).toBe(true);
    for (const box of result.boxes) {
      expect(box.x).toBeGreaterThanOrEqual(0);
      expect(box.y).toBeGreaterThanOrEqual(0);
      expect(box.x + box.width).toBeLessThanOrEqual(source.width + 1e-6);
      expect(box.y + box.height).toBeLessThanOrEqual(source.height + 1e-6);
    }
  });

  it("rejects once it was disposed", async () => {
    const classifier = await open("wasm");
    classifier.dispose();
    await expect(
      classifier.assess(await film("phantom-7.png"), {}),
    ).rejects.toThrow("disposed");
  });
});
