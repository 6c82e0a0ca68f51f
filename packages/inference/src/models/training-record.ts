import { createHash } from "node:crypto";

/** Hex digits that are kept: among 100,000 patients two meet once in 10^9. */
const DIGITS = 16;

/**
 * How a model folder names a patient that it learnt from: a hash of the name
 * in the manifest of the films, which in an export is a pseudonym. Whoever has
 * the pseudonyms can look one up; the folder, which travels, gives none away.
 */
export function trainingPatient(name: string): string {
  return createHash("sha256")
    .update(`lung-iris training patient:${name}`)
    .digest("hex")
    .slice(0, DIGITS);
}
