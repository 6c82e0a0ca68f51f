/**
 * `npm run model-card [-- --check]`: fills the tables of docs/model-card.md
 * from the default model's manifest, or says whether they are current.
 */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { repositoryRoot } from "../src/engine/locate.ts";
import { defaultModelDir } from "../src/models/registry.ts";
import { readSealedManifest } from "../src/models/weights.ts";
import { cardTables, fillCard } from "../training/report/card-tables.ts";

const cardFile = join(repositoryRoot(), "docs", "model-card.md");
const sealed = await readSealedManifest(defaultModelDir());
const before = await readFile(cardFile, "utf8");
const after = fillCard(
  before,
  cardTables(sealed.manifest, sealed.folderSha256),
);
if (after === before) process.stderr.write("The model card is current.\n");
else if (process.argv.includes("--check")) {
  process.stderr.write(
    "docs/model-card.md differs from the model's manifest: npm run model-card\n",
  );
  process.exitCode = 1;
} else {
  await writeFile(cardFile, after);
  process.stderr.write("Wrote the tables of docs/model-card.md.\n");
}
