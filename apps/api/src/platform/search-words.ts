import { BadInputError } from "../errors.ts";

const MAX_LENGTH = 200;
const MAX_WORDS = 6;

/**
 * Latin letters that Unicode does not decompose into letter and mark, and
 * the final sigma, which lower case makes of a sigma by where it stands.
 */
const PLAIN_LETTERS: Readonly<Record<string, string>> = {
  đ: "d",
  ø: "o",
  ł: "l",
  ð: "d",
  þ: "t",
  æ: "a",
  œ: "o",
  ς: "σ",
};

/**
 * Text as searches compare it: lower case, without accents, "Nguyễn" as
 * "nguyen". The database folds names the same way (fold_search).
 */
export function foldSearch(value: string): string {
  return value
    .normalize("NFD")
    .replace(/[\u0300-\u036f]/g, "")
    .toLowerCase()
    .replace(/[đøłðþæœς]/g, (letter) => PLAIN_LETTERS[letter] ?? letter);
}

/** The words of a search, folded, each once. Throws when it is too long. */
export function searchWords(
  search: string | null | undefined,
  field: string,
): string[] {
  if (search === null || search === undefined) return [];
  if (search.length > MAX_LENGTH) {
    throw new BadInputError(
      `A search has at most ${String(MAX_LENGTH)} characters.`,
      [field],
    );
  }
  const words = foldSearch(search)
    .split(/[\s,]+/)
    .filter((word) => word !== "");
  return [...new Set(words)].slice(0, MAX_WORDS);
}
