import { BadInputError, ConflictError } from "../../errors.ts";
import { foldSearch } from "../../platform/search-words.ts";
import type { ErasureObstacle } from "./erasure.record.ts";

/** A shorter number stands in any text by chance. */
const SHORTEST_NUMBER = 3;

const WHY_NOT: Record<ErasureObstacle, string> = {
  "being-read": "A case of this patient is being read.",
  "critical-open": "A critical result of this patient is not read back yet.",
  "export-running": "An export that holds this patient's films is being made.",
  "training-running":
    "A training run on this patient's films is not over. Let it end, or stop it.",
};

/** @throws ERASURE_BARRED with every reason that stands in the way. */
export function assertNothingBars(obstacles: readonly ErasureObstacle[]): void {
  if (obstacles.length === 0) return;
  throw new ConflictError(
    "ERASURE_BARRED",
    obstacles.map((obstacle) => WHY_NOT[obstacle]).join(" "),
    { details: { reasons: [...obstacles] } },
  );
}

/**
 * The reason of an erasure stays for good, in row and trail: it may not say
 * whom it was about.
 *
 * @throws BAD_USER_INPUT where a number stands in it, or two words of a name;
 *   the one word of a name that has no other.
 */
export function assertNamesNobody(
  reason: string,
  { names, numbers }: { names: readonly string[]; numbers: readonly string[] },
): void {
  const words = new Set(wordsOf(reason));
  const folded = foldSearch(reason);
  const isNamed = names.map(wordsOf).some((name) => {
    const said = name.filter((word) => words.has(word)).length;
    return said > 0 && said >= Math.min(2, name.length);
  });
  const isNumbered = numbers.some(
    (number) =>
      number.length >= SHORTEST_NUMBER && folded.includes(foldSearch(number)),
  );
  if (isNamed || isNumbered)
    throw new BadInputError(
      "The reason stays when the record is gone: say it without the patient's name and numbers.",
      ["reason"],
      { problem: "reason-names-patient" },
    );
}

function wordsOf(text: string): string[] {
  return foldSearch(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "");
}
