import { createHash } from "node:crypto";

import { z } from "zod";

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

/**
 * Whom a model learnt from before, by what its card says of its training and
 * of every run upon it: a candidate of a candidate keeps the patients of both.
 */
export function patientsBehind(
  training: Readonly<Record<string, unknown>>,
): string[] {
  const run = z.looseObject({ patients: z.array(z.string()) });
  return [training, ...Object.values(training)].flatMap((part) => {
    const parsed = run.safeParse(part);
    return parsed.success ? parsed.data.patients : [];
  });
}
