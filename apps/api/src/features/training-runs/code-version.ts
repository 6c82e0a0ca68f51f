import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { repositoryRoot } from "../../platform/repository-root.ts";

/** What a run's numbers depend on, of the product's own code. */
const FOLDERS = ["bin", "src", "training"];
const DIGITS = 12;

/**
 * The version of the code that trains: the product's number and a hash of the
 * inference package's sources, which tells two checkouts of one number apart.
 */
export async function codeVersion(): Promise<string> {
  const root = repositoryRoot();
  const { version } = JSON.parse(
    await readFile(join(root, "package.json"), "utf8"),
  ) as { version: string }; // the product's own
  const hash = createHash("sha256");
  for (const folder of FOLDERS) {
    const base = join(root, "packages", "inference", folder);
    const entries = await readdir(base, {
      recursive: true,
      withFileTypes: true,
    });
    const files = entries
      .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((file) => !file.endsWith(".test.ts"))
      .sort();
    for (const file of files) {
      hash.update(`${relative(root, file)}\n`);
      hash.update(await readFile(file));
    }
  }
  return `${version}+${hash.digest("hex").slice(0, DIGITS)}`;
}
