/**
 * Writes `test-data/golden.json`: what the committed model gives on the
 * committed synthetic films, for the tests of both engines.
 */
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { createClassifier } from "../../src/classifier.ts";
import { repositoryRoot } from "../../src/engine/locate.ts";
import { decodeFilm } from "../../src/image/decode-film.ts";

/** Runs the model in `modelDir` on wasm over the films of `test-data`. */
export async function writeGolden(modelDir: string): Promise<void> {
  const folder = join(repositoryRoot(), "packages/inference/test-data");
  const classifier = await createClassifier({ modelDir, engine: "wasm" });
  const names = (await readdir(folder)).filter((name) =>
    /^phantom-\d+\.png$/.test(name),
  );
  const films: Record<string, { probability: number; map: number[] }> = {};
  for (const name of names.sort()) {
    const film = await decodeFilm(await readFile(join(folder, name)));
    const result = await classifier.assess(film, {});
    films[name] = {
      probability: rounded(result.findings[0]?.probability ?? 0),
      map: Array.from(result.cam[0]?.values ?? [], rounded),
    };
  }
  classifier.dispose();
  await writeFile(
    join(folder, "golden.json"),
    `${JSON.stringify({ sha256: classifier.model.sha256, films })}\n`,
  );
}

function rounded(value: number): number {
  return Number(value.toFixed(5));
}
