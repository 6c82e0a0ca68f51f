/** Words for "nobody knows", in English and Vietnamese, without accents. */
const NO_WORDS = [
  "x+",
  "[-–—_.?*#]+",
  "[({<]?(?:none|null|nil|nan|undefined|empty|blank)[)}>]?",
  "n/?a",
  "not (?:available|applicable|known|given)",
  "unk(?:nown)?",
  "anon(?:ym(?:ous|ized|ised)?)?",
  "de-?identified",
  "removed",
  "redacted",
  "masked",
  "hidden",
  "withheld",
  "patient",
  "test(?:[ ,^]+(?:test|patient))?",
  "dummy",
  "default",
  "vo danh",
  "khong (?:ro|ten|biet|co)",
  "chua (?:ro|co|biet)",
];
/** Numbers that systems and people write where there is none. */
const NO_NUMBER = wholeWord([
  ...NO_WORDS,
  "[0.-]+",
  "-1",
  "9{4,}",
  "no ?id",
  "no ?name",
  "patient ?id",
  "mrn",
  "id",
  "temp",
  "emergency",
  "john,? ?doe",
]);
/** The same with a running number or another tail. */
const NUMBERED = /^(?:anon|unknown|unk|noid|temp)[-_ ]?/iu;
const NO_NAME = wholeWord([
  ...NO_WORDS,
  "unk(?:nown)?(?:[ ,]+(?:unk(?:nown)?|patient|male|female|man|woman))",
  "no ?name",
]);

function wholeWord(words: readonly string[]): RegExp {
  return new RegExp(`^(?:${words.join("|")})$`, "iu");
}

/** Without what may be over and under letters, and around words. */
function plain(text: string): string {
  return text
    .trim()
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replaceAll(/[đĐ]/gu, "d")
    .replace(/[\s^]+/gu, " ")
    .trim();
}

/**
 * Whether a record number names nobody: it is what a device writes when it
 * was not told, or such a word with a tail and neither a name nor a birth
 * date beside it. Films under one are never taken for one person's.
 */
export function isPlaceholderNumber(
  mrn: string,
  beside: { name: string | null; birthDate: string | null },
): boolean {
  if (NO_NUMBER.test(plain(mrn))) return true;
  const saysMore = beside.name !== null || beside.birthDate !== null;
  return !saysMore && NUMBERED.test(mrn.trim());
}

/** Whether a name is only a word for "no name". */
export function isPlaceholderName(name: string): boolean {
  return NO_NAME.test(plain(name));
}
