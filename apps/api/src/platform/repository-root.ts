import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The folder that holds `apps`, `packages` and `docs`. */
export function repositoryRoot(): string {
  return join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..", "..");
}
