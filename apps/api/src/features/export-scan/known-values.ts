import { compact, fold, wordsOf } from "./folded-text.ts";
import type { LeakKind } from "./leak.ts";

/** Values of so many letters and digits are found wherever they stand. */
export const LONG = 8;
/** Shorter ones are words of any text: "An", "12". */
const SHORTEST_WORD = 3;
/** A short value may be of so many words: "2 May 26", "A-12-B". */
const MOST_WORDS = 4;

/**
 * Everything that the database knows of the people in an export, to be looked
 * for in its text. Case, accents and separators are no disguise: both sides are
 * folded, and long values are matched across what stands between their letters.
 */
export class KnownValues {
  /** Whole runs of words, for short values. */
  readonly #short = new Map<string, LeakKind>();
  /** By their first letters, for long ones. */
  readonly #long = new Map<string, Map<string, LeakKind>>();
  /** Words of the format itself, run together: no value is looked for in it. */
  readonly #vocabulary: string;
  #size = 0;

  constructor(vocabulary: readonly string[] = []) {
    this.#vocabulary = vocabulary.map((word) => compact(fold(word))).join(" ");
  }

  /** How many different values are looked for. */
  get size(): number {
    return this.#size;
  }

  /** The first letters of the long values, for a quick look at raw bytes. */
  longStarts(): Iterable<string> {
    return this.#long.keys();
  }

  /** Whether a long value begins with these letters, folded and compact. */
  hasLongStart(letters: string): boolean {
    return this.#long.has(letters);
  }

  add(kind: LeakKind, value: string | null | undefined): void {
    if (!value) return;
    const whole = compact(fold(value));
    if (whole.length < SHORTEST_WORD) return;
    if (whole.length < LONG) {
      if (!this.#short.has(whole)) this.#size += 1;
      this.#short.set(whole, this.#short.get(whole) ?? kind);
      return;
    }
    const start = whole.slice(0, LONG);
    const same = this.#long.get(start) ?? new Map<string, LeakKind>();
    if (!same.has(whole)) {
      this.#size += 1;
      same.set(whole, kind);
    }
    this.#long.set(start, same);
  }

  /** Stops looking for a checksum; every other value stays. */
  forgetChecksum(checksum: string): void {
    const same = this.#long.get(checksum.slice(0, LONG));
    if (same?.get(checksum) !== "CHECKSUM") return;
    same.delete(checksum);
    this.#size -= 1;
  }

  /** A name in its parts, and the whole in either order. */
  addName(parts: readonly string[]): void {
    for (const part of parts)
      for (const word of wordsOf(fold(part))) this.add("NAME", word);
    this.add("NAME", parts.join(" "));
    this.add("NAME", [...parts].reverse().join(" "));
  }

  /** What somebody typed: the whole, and each few words of it. */
  addText(text: string | null | undefined): void {
    if (!text) return;
    this.add("FREE_TEXT", text);
    const words = wordsOf(fold(text));
    for (let at = 0; at + MOST_WORDS <= words.length; at += 1)
      this.add("FREE_TEXT", words.slice(at, at + MOST_WORDS).join(" "));
  }

  /** A day in the orders and forms in which people and programs write it. */
  addDay(day: Date | null): void {
    if (day === null) return;
    const [date = ""] = day.toISOString().split("T");
    const [year, month, dayOfMonth] = date.split("-");
    for (const parts of [
      [year, month, dayOfMonth],
      [dayOfMonth, month, year],
      [month, dayOfMonth, year],
    ])
      this.add("DATE", parts.join("-"));
  }

  /** Which kinds of value stand in a text that nothing vouches for. */
  find(text: string): Set<LeakKind> {
    const folded = fold(text);
    const kinds = new Set<LeakKind>();
    const words = wordsOf(folded);
    for (let at = 0; at < words.length; at += 1) {
      let run = "";
      for (let count = 0; count < MOST_WORDS; count += 1) {
        run += words[at + count] ?? "";
        const kind = this.#short.get(run);
        if (kind !== undefined) kinds.add(kind);
      }
    }
    this.#findLong(folded, () => true, kinds);
    return kinds;
  }

  /**
   * Long values in a whole file of the export, whose own words and checksums
   * are no find: neither a disease that is somebody's description of the study
   * nor digits within a checksum that are somebody's number.
   */
  findInFile(text: string): Set<LeakKind> {
    const kinds = new Set<LeakKind>();
    this.#findLong(
      fold(text),
      (value, isWholeWord) =>
        !this.#vocabulary.includes(value) &&
        (isWholeWord || !/^[0-9a-f]+$/.test(value)),
      kinds,
    );
    return kinds;
  }

  #findLong(
    folded: string,
    counts: (value: string, isWholeWord: boolean) => boolean,
    kinds: Set<LeakKind>,
  ): void {
    if (this.#long.size === 0) return;
    const { letters, places } = lettersOf(folded);
    for (let at = 0; at + LONG <= letters.length; at += 1) {
      const same = this.#long.get(letters.slice(at, at + LONG));
      if (same === undefined) continue;
      for (const [value, kind] of same) {
        if (!letters.startsWith(value, at)) continue;
        const from = places[at] ?? 0;
        const to = places[at + value.length - 1] ?? 0;
        const isWholeWord =
          !isLetter(folded[from - 1]) && !isLetter(folded[to + 1]);
        // Digits within other digits are another number.
        if (/^\p{N}+$/u.test(value) && !isWholeWord) continue;
        if (counts(value, isWholeWord)) kinds.add(kind);
      }
    }
  }
}

/** Letters and digits of a text with the place of each. */
function lettersOf(folded: string): { letters: string; places: number[] } {
  const kept: string[] = [];
  const places: number[] = [];
  for (let at = 0; at < folded.length; at += 1) {
    const letter = folded.charAt(at);
    if (!isLetter(letter)) continue;
    kept.push(letter);
    places.push(at);
  }
  return { letters: kept.join(""), places };
}

function isLetter(letter: string | undefined): boolean {
  if (letter === undefined || letter === "") return false;
  const code = letter.charCodeAt(0);
  if (code < 128)
    return (code >= 97 && code <= 122) || (code >= 48 && code <= 57);
  return /[\p{L}\p{N}]/u.test(letter);
}
