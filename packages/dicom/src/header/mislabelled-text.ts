/**
 * What Windows-1252 has at 80 to 9F, where Latin-1 has control characters.
 * Written out: not every runtime's decoder of that name knows them.
 */
const CP1252_LETTERS = Array.from(
  "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ",
);
const CP1252_BYTES: ReadonlyMap<string, number> = new Map(
  CP1252_LETTERS.map((letter, i) => [letter, 0x80 + i]),
);

/** Bytes of Windows-1252, which is what is written where Latin-1 is named. */
export function decodeWindows1252(bytes: Uint8Array): string {
  return Buffer.from(bytes)
    .toString("latin1")
    .replace(
      /[\u0080-\u009f]/gu,
      (letter) => CP1252_LETTERS[letter.charCodeAt(0) - 0x80] ?? letter,
    );
}

/**
 * UTF-8 that a system took for Windows-1252 and wrote as UTF-8 once more, read
 * as what it was; any other text as it is.
 */
export function undoubled(text: string): string {
  const bytes: number[] = [];
  for (const letter of text) {
    const code = letter.codePointAt(0) ?? 0;
    const byte = code < 256 ? code : CP1252_BYTES.get(letter);
    if (byte === undefined) return text;
    bytes.push(byte);
  }
  if (bytes.every((byte) => byte < 0x80)) return text;
  return utf8Of(Uint8Array.from(bytes)) ?? text;
}

/** Fields are padded to an even length. */
const PADDING: readonly number[] = [0x00, 0x20];

/**
 * UTF-8, also where a field's length cut its last letter in two; null where the
 * bytes are none.
 */
export function utf8Of(padded: Uint8Array): string | null {
  let length = padded.length;
  while (length > 0 && PADDING.includes(padded[length - 1] ?? -1)) length -= 1;
  const bytes = padded.subarray(0, length);
  const whole = decodeStrictly(bytes, "utf-8");
  if (whole !== null) return whole;
  for (let cut = 1; cut <= 3 && cut < bytes.length; cut++) {
    const isOfLetter = (bytes[bytes.length - cut] ?? 0) >= 0x80;
    if (!isOfLetter) return null;
    const text = decodeStrictly(bytes.subarray(0, -cut), "utf-8");
    // The part of a letter says nothing; other letters must be there.
    if (text !== null) return /[^\p{ASCII}]/u.test(text) ? text : null;
  }
  return null;
}

/** Null where a byte fits no letter. */
export function decodeStrictly(
  bytes: Uint8Array,
  label: string,
): string | null {
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/**
 * The set in which bytes are written that are said to be Latin-1, or nothing:
 * only where the letters themselves show it. Null where they may be Latin-1.
 */
export function realSetOfLatin(bytes: Uint8Array): string | null {
  if (looksVietnamese(bytes)) return "windows-1258";
  if (!hasWordsOfHighBytes(bytes)) return null;
  if (looksCyrillic(bytes, "windows-1251")) return "windows-1251";
  return looksChinese(bytes) ? "gbk" : null;
}

/** Windows-1251 under the label of ISO 8859-5: its letters make no words there. */
export function realSetOfCyrillic(bytes: Uint8Array): string | null {
  return !looksCyrillic(bytes, "iso-8859-5") &&
    looksCyrillic(bytes, "windows-1251")
    ? "windows-1251"
    : null;
}

const TONE = /[\u0300\u0301\u0303\u0309\u0323]/u;
const TONE_ON_VOWEL = /[aăâeêioôơuưy][\u0300\u0301\u0303\u0309\u0323]/giu;

/**
 * Tones of Windows-1258 stand where Windows-1252 has Ì, Ò, Þ, ì and ò: as tones
 * each of them follows a vowel, as letters hardly any does.
 */
function looksVietnamese(bytes: Uint8Array): boolean {
  const text = new TextDecoder("windows-1258").decode(bytes);
  return TONE.test(text) && !TONE.test(text.replace(TONE_ON_VOWEL, ""));
}

/** No name of Latin letters has a word of four without a plain one, or "¶". */
function hasWordsOfHighBytes(bytes: Uint8Array): boolean {
  const text = Buffer.from(bytes).toString("latin1");
  return /(?<![A-Za-z])[\u00c0-\u00ff]{4,}(?![A-Za-z])|[\u00a1-\u00a9\u00ab\u00ac\u00ae-\u00b6\u00b8\u00b9\u00bb-\u00bf]/u.test(
    text,
  );
}

/** Words of Cyrillic letters alone, in capitals or with one at their start. */
const CYRILLIC_NAME =
  /^(?:[^\p{L}№§]*(?:\p{Lu}+|\p{Lu}?\p{Ll}+)(?!\p{L}))+[^\p{L}№§]*$/u;

function looksCyrillic(bytes: Uint8Array, label: string): boolean {
  const text = new TextDecoder(label).decode(bytes);
  const high = Array.from(text).filter((letter) => letter > "\u007f");
  return (
    high.every((letter) => /\p{Script=Cyrillic}/u.test(letter)) &&
    /\p{Ll}/u.test(high.join("")) &&
    CYRILLIC_NAME.test(text)
  );
}

/**
 * Pairs of the common half of GB 2312 (lead bytes B0 to D7). All of them up to
 * C8 may as well be Korean: then nothing is said.
 */
function looksChinese(bytes: Uint8Array): boolean {
  let isBeyondKorean = false;
  for (let at = 0; at < bytes.length; at++) {
    const lead = bytes[at] ?? 0;
    if (lead < 0x80) continue;
    const trail = bytes[at + 1] ?? 0;
    if (lead < 0xb0 || lead > 0xd7 || trail < 0xa1) return false;
    isBeyondKorean ||= lead > 0xc8;
    at += 1;
  }
  return isBeyondKorean;
}
