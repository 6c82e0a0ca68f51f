/** The evergreen test: films that figures are made on and nothing learns from. */
import type { ManifestRow } from "../../src/evaluate/manifest.ts";

/** Its name in a manifest's column `split`. */
export const EVERGREEN = "test";

/**
 * The rows that a run may learn from or choose by: all but those of the
 * evergreen test. A patient of the test who stands in another split as well
 * ends the run, because nobody can say any more which is right.
 *
 * @param note is told how many rows were refused.
 * @throws Error naming the patients of both.
 */
export function withoutEvergreen(
  rows: readonly ManifestRow[],
  note: (line: string) => void,
): ManifestRow[] {
  const refused = rows.filter(({ split }) => split === EVERGREEN);
  if (refused.length === 0) return [...rows];
  const kept = rows.filter(({ split }) => split !== EVERGREEN);
  const patients = new Set(refused.map(({ patient }) => patient));
  const both = new Set(
    kept.map(({ patient }) => patient).filter((name) => patients.has(name)),
  );
  if (both.size > 0) {
    const names = [...both].slice(0, 5).join(", ");
    throw new Error(
      `${String(both.size)} patients of the evergreen test (split ${EVERGREEN}) stand in another split as well, ${names} among them: what is learnt from would be measured on itself`,
    );
  }
  note(
    `${String(refused.length)} films of the evergreen test (split ${EVERGREEN}) are refused: no run learns from them or chooses by them`,
  );
  return kept;
}
