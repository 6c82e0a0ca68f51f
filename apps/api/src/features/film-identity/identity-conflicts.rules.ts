import { STAND_IN_NAME } from "@lung-iris/audit-words";

/** Kept where a film came without a name; pages and papers say it in words. */
export const UNKNOWN_NAME = STAND_IN_NAME;

export type SexName = "FEMALE" | "MALE" | "OTHER" | "UNKNOWN";

/** What two records of one person must not contradict each other in. */
export interface Person {
  name: string;
  /** ISO date, yyyy-mm-dd. */
  birthDate: string | null;
  sex: SexName;
}

/** What makes two films of one record number different people. */
export type IdentityConflict = "name" | "birth-date" | "sex";

/** Compares what a film says with the patient on record. */
export function identityConflicts(
  known: Person,
  film: Person,
): IdentityConflict[] {
  const conflicts: IdentityConflict[] = [];
  if (!sameName(known.name, film.name)) conflicts.push("name");
  const bothDated = known.birthDate !== null && film.birthDate !== null;
  if (bothDated && known.birthDate !== film.birthDate) {
    conflicts.push("birth-date");
  }
  // OTHER and UNKNOWN are also what senders write who do not ask.
  const sexes = new Set([known.sex, film.sex]);
  if (sexes.has("FEMALE") && sexes.has("MALE")) conflicts.push("sex");
  return conflicts;
}

/**
 * Whether two spellings may be one person: the same words in any order,
 * without accents and case, or one with fewer of the other's words. A name
 * that was once read in the wrong character set is no other name.
 */
function sameName(a: string, b: string): boolean {
  if (a === UNKNOWN_NAME || b === UNKNOWN_NAME) return true;
  if (haveSameWords(a, b)) return true;
  return haveSameWords(readAgain(a), b) || haveSameWords(a, readAgain(b));
}

function haveSameWords(a: string, b: string): boolean {
  return FOLDINGS.some((left) =>
    FOLDINGS.some((right) =>
      areWordsOf(nameWords(left(a)), nameWords(right(b))),
    ),
  );
}

function areWordsOf(left: Set<string>, right: Set<string>): boolean {
  if (left.size === 0 || right.size === 0) return true;
  const [few, many] = left.size <= right.size ? [left, right] : [right, left];
  return [...few].every((word) => many.has(word));
}

/**
 * UTF-8 that was taken for Latin-1 (or Windows-1252), read as what it is. The
 * control characters of such a reading were blanks in former releases, so
 * that only some of its letters may be left: then it stays as it was.
 */
function readAgain(text: string): string {
  const bytes = Buffer.from(text, "latin1");
  // What has another letter loses it on the way to Latin-1 and back.
  const isLatin = bytes.toString("latin1") === text;
  if (!isLatin) return text;
  const again = bytes.toString("utf8");
  return again.includes("\uFFFD") ? text : again;
}

/** Letters that are no letter with a mark, as systems without them write them. */
const PLAIN_LETTERS: readonly (readonly [RegExp, string])[] = [
  [/[đðÐĐ]/gu, "d"],
  [/ß/gu, "ss"],
  [/[æÆ]/gu, "ae"],
  [/[œŒ]/gu, "oe"],
  [/[øØ]/gu, "o"],
  [/[łŁ]/gu, "l"],
  [/[ıİ]/gu, "i"],
];
/** The same as German and Nordic countries write them without marks. */
const SPELT_OUT: readonly (readonly [RegExp, string])[] = [
  [/ä/giu, "ae"],
  [/[öø]/giu, "oe"],
  [/ü/giu, "ue"],
  [/å/giu, "aa"],
];
/** Two spellings of one name fit by one of these at least. */
const FOLDINGS: readonly ((name: string) => string)[] = [
  (name) => name,
  (name) => folded(name.normalize("NFC"), SPELT_OUT),
];

function folded(
  name: string,
  letters: readonly (readonly [RegExp, string])[],
): string {
  return letters.reduce(
    (text, [pattern, plain]) => text.replace(pattern, plain),
    name,
  );
}

function nameWords(name: string): Set<string> {
  const plain = folded(name, PLAIN_LETTERS)
    .normalize("NFD")
    // "O'Brien" is written with and without its sign, never as two words.
    .replace(/[\p{M}'’ʼ`´]/gu, "")
    .toLowerCase();
  return new Set(plain.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== ""));
}
