/** Where models lie, and which of them is the product's own. */
import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { InferenceError } from "../errors.ts";
import { DEFAULT_MODEL } from "./default-model.ts";

/** The folder whose subfolders are models. */
export function modelsDirectory(): string {
  return join(dirname(fileURLToPath(import.meta.url)), "..", "..", "models");
}

/** The folder of the committed model that goes live unless told otherwise. */
export function defaultModelDir(): string {
  return join(modelsDirectory(), DEFAULT_MODEL);
}

/**
 * The folder of a model by id, or of a folder given as such.
 *
 * @throws InferenceError `model-missing` naming the models there are.
 */
export function findModelDir(idOrFolder: string): string {
  if (existsSync(join(idOrFolder, "manifest.json"))) return idOrFolder;
  const named = join(modelsDirectory(), idOrFolder);
  if (existsSync(join(named, "manifest.json"))) return named;
  throw new InferenceError(
    "model-missing",
    `there is no model ${idOrFolder}; there are: ${listModels().join(", ")}`,
  );
}

/** Ids of the models that lie in the models folder. */
export function listModels(): string[] {
  return readdirSync(modelsDirectory(), { withFileTypes: true })
    .filter(
      (entry) =>
        entry.isDirectory() &&
        existsSync(join(modelsDirectory(), entry.name, "manifest.json")),
    )
    .map((entry) => entry.name)
    .sort();
}
