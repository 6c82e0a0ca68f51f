import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { beforeAll, describe, expect, it } from "vitest";

import { createClassifier } from "./classifier.ts";
import { repositoryRoot } from "./engine/locate.ts";
import { availableEngines } from "./engine/open-net.ts";
import { readManifest } from "./evaluate/manifest.ts";
import { decodeFilm } from "./image/decode-film.ts";
import { defaultModelDir } from "./models/registry.ts";
import type { Assessment, EngineName } from "./types.ts";

const manifestFile = join(repositoryRoot(), "../shared/data/cxr/manifest.csv");
const native = availableEngines().filter((engine) => engine !== "wasm");
const canRun = existsSync(manifestFile) && native.length > 0;
const STEP = 23;

async function assessAll(
  engine: EngineName,
  files: readonly string[],
): Promise<Assessment[]> {
  const modelDir = defaultModelDir();
  const classifier = await createClassifier({ modelDir, engine });
  expect(classifier.engine).toBe(engine);
  const results: Assessment[] = [];
  for (const file of files) {
    const film = await decodeFilm(await readFile(file));
    results.push(await classifier.assess(film, {}));
  }
  classifier.dispose();
  return results;
}

describe.skipIf(!canRun)(
  "engines on validation films (needs ../shared/data and one beside wasm)",
  () => {
    let files: string[];
    let wasm: Assessment[];
    beforeAll(async () => {
      const rows = await readManifest(
        manifestFile,
        ["val", "adult-val"],
        () => undefined,
      );
      files = rows.filter((_, at) => at % STEP === 0).map((row) => row.path);
      wasm = await assessAll("wasm", files);
      expect(wasm.length).toBeGreaterThan(50);
    }, 120_000);

    it.each(native)(
      "%s agrees with wasm on gate, probabilities and map",
      async (engine) => {
        const results = await assessAll(engine, files);
        for (const [at, a] of wasm.entries()) {
          const b = results[at];
          expect(b?.gate.status).toBe(a.gate.status);
          for (const [finding, { probability }] of a.findings.entries()) {
            const other = b?.findings[finding]?.probability ?? Number.NaN;
            expect(Math.abs(probability - other)).toBeLessThan(1e-3);
          }
          const values = a.cam[0]?.values ?? new Float32Array(0);
          const gap = values.reduce(
            (worst, v, cell) =>
              Math.max(worst, Math.abs(v - (b?.cam[0]?.values[cell] ?? 9))),
            0,
          );
          expect(gap).toBeLessThan(1e-2);
        }
      },
      120_000,
    );
  },
);
