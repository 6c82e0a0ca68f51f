/** How a table's letters were read. */
export type TableEncoding =
  "utf-8" | "utf-16le" | "utf-16be" | "windows-1252" | "windows-1258";

export interface TableText {
  text: string;
  encoding: TableEncoding;
}

/**
 * The text of a table as spreadsheets save it: UTF-8, UTF-16 ("Unicode text"),
 * or one of the single-byte sets of Windows where the bytes are neither. The
 * caller says which one it was, since single bytes can be read in many ways.
 */
export function readTableText(bytes: Uint8Array): TableText {
  const encoding = encodingOf(bytes);
  const text = new TextDecoder(encoding).decode(bytes);
  // Windows-1258 writes a letter and its tone one after the other.
  return { text: text.normalize("NFC"), encoding };
}

function encodingOf(bytes: Uint8Array): TableEncoding {
  const [first = 0, second = 0] = bytes;
  if (first === 0xff && second === 0xfe) return "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  // Without a byte-order mark: the headings are Latin letters.
  if (bytes.length > 3 && first !== 0 && second === 0) return "utf-16le";
  if (bytes.length > 3 && first === 0 && second !== 0) return "utf-16be";
  if (isUtf8(bytes)) return "utf-8";
  return looksVietnamese(bytes) ? "windows-1258" : "windows-1252";
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

const TONE = /[\u0300\u0301\u0303\u0309\u0323]/u;
const TONE_ON_VOWEL = /[aăâeêioôơuưy][\u0300\u0301\u0303\u0309\u0323]/giu;

/**
 * Tones of Windows-1258 stand where Windows-1252 has Ì, Ò, Þ, ì and ò: as tones
 * each of them follows a vowel, as letters hardly any does.
 */
function looksVietnamese(bytes: Uint8Array): boolean {
  const text = new TextDecoder("windows-1258").decode(bytes);
  if (!TONE.test(text)) return false;
  return !TONE.test(text.replace(TONE_ON_VOWEL, ""));
}
