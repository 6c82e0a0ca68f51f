import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

import { readManifest } from "./evaluate/manifest.ts";
import { hasNativeEngine } from "./engine/locate.ts";
import { createClassifier } from "./classifier.ts";
import { repositoryRoot } from "./engine/locate.ts";
import { decodeFilm } from "./image/decode-film.ts";
import { defaultModelDir } from "./models/registry.ts";
import type { Assessment, EngineName } from "./types.ts";

const manifestFile = join(repositoryRoot(), "../shared/data/cxr/manifest.csv");
const canRun = existsSync(manifestFile) && hasNativeEngine();
const STEP = 23;

describe.skipIf(!canRun)(
  "both engines on validation films (needs ../shared/data and engine:native)",
  () => {
    it("agree on gate, probability and map", async () => {
      const rows = await readManifest(
        manifestFile,
        ["val", "adult-val"],
        () => undefined,
      );
      const files = rows
        .filter((_, at) => at % STEP === 0)
        .map((row) => row.path);
      const run = async (engine: EngineName): Promise<Assessment[]> => {
        const classifier = await createClassifier({
          modelDir: defaultModelDir(),
          engine,
        });
        expect(classifier.engine).toBe(engine);
        const results: Assessment[] = [];
        for (const file of files) {
          const film = await decodeFilm(await readFile(file));
          results.push(await classifier.assess(film, {}));
        }
        classifier.dispose();
        return results;
      };
      const wasm = await run("wasm");
      const native = await run("tensorflow");
      expect(wasm.length).toBeGreaterThan(50);
      for (const [at, a] of wasm.entries()) {
        const b = native[at];
        expect(b?.gate.status).toBe(a.gate.status);
        const pa = a.findings[0]?.probability ?? 0;
        const pb = b?.findings[0]?.probability ?? 0;
        expect(Math.abs(pa - pb)).toBeLessThan(1e-3);
        const gap = (a.cam[0]?.values ?? new Float32Array(0)).reduce(
          (worst, v, cell) =>
            Math.max(worst, Math.abs(v - (b?.cam[0]?.values[cell] ?? 9))),
          0,
        );
        expect(gap).toBeLessThan(1e-2);
      }
    }, 120_000);
  },
);
