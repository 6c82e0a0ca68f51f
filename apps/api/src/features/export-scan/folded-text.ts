/** Letters that Unicode does not take apart into a base and its marks. */
const PLAIN: Readonly<Record<string, string>> = {
  đ: "d",
  ð: "d",
  ø: "o",
  ł: "l",
  ı: "i",
  ß: "ss",
  æ: "ae",
  œ: "oe",
  þ: "th",
};

/** Lower case without accents: "NGUYỄN Đức" and "nguyen duc" are one. */
export function fold(text: string): string {
  return text
    .normalize("NFKD")
    .toLowerCase()
    .replace(/\p{M}/gu, "")
    .replace(/[đðøłıßæœþ]/g, (letter) => PLAIN[letter] ?? letter);
}

/** The runs of letters and of digits in a folded text: "mrn-77x" is three. */
export function wordsOf(folded: string): string[] {
  return folded.match(/\p{L}+|\p{N}+/gu) ?? [];
}

/** Letters and digits only, in order: what separators cannot hide. */
export function compact(folded: string): string {
  return folded.replace(/[^\p{L}\p{N}]+/gu, "");
}
