import {
  decodeStrictly,
  decodeWindows1252,
  realSetOfCyrillic,
  realSetOfLatin,
  undoubled,
  utf8Of,
} from "./mislabelled-text.ts";

/** Defined terms of (0008,0005) without code extensions (PS3.3 C.12.1.1.2). */
const SINGLE_BYTE: Readonly<Record<string, string>> = {
  "ISO_IR 6": "utf-8",
  "ISO_IR 13": "shift_jis",
  "ISO_IR 100": "iso-8859-1",
  "ISO_IR 101": "iso-8859-2",
  "ISO_IR 109": "iso-8859-3",
  "ISO_IR 110": "iso-8859-4",
  "ISO_IR 126": "iso-8859-7",
  "ISO_IR 127": "iso-8859-6",
  "ISO_IR 138": "iso-8859-8",
  "ISO_IR 144": "iso-8859-5",
  "ISO_IR 148": "windows-1254",
  "ISO_IR 166": "windows-874",
  "ISO_IR 192": "utf-8",
  "ISO_IR 203": "iso-8859-15",
  GB18030: "gb18030",
  GBK: "gbk",
};

/**
 * Multi-byte sets that are usual as the only value although extensions, also
 * under the single-byte spelling, and names of code pages that are no DICOM
 * terms but are written.
 */
const EXTENDED: Readonly<Record<string, string>> = {
  "ISO_IR 58": "gbk",
  "ISO_IR 149": "euc-kr",
  "ISO_IR 87": "iso-2022-jp",
  "ISO_IR 159": "iso-2022-jp",
  GB2312: "gbk",
  UTF8: "utf-8",
  CP1250: "windows-1250",
  CP1251: "windows-1251",
  CP1252: "windows-1252",
  CP1258: "windows-1258",
  CP936: "gbk",
  CP949: "euc-kr",
  CP874: "windows-874",
  BIG5: "big5",
  LATIN1: "iso-8859-1",
};
/** Text of these is never mistaken for UTF-8: their pairs may look like it. */
const MULTI_BYTE = new Set(["gbk", "gb18030", "euc-kr", "shift_jis", "big5"]);

/** Escape sequences (PS3.3 tables C.12-3 and C.12-4) and what they switch on. */
const ESCAPES: Readonly<Record<string, { set: "G0" | "G1"; to: string }>> = {
  "(B": { set: "G0", to: "ascii" },
  "(J": { set: "G0", to: "ascii" },
  $B: { set: "G0", to: "jis-x-0208" },
  "$@": { set: "G0", to: "jis-x-0208" },
  "$(D": { set: "G0", to: "jis-x-0212" },
  ")I": { set: "G1", to: "shift_jis" },
  "$)C": { set: "G1", to: "euc-kr" },
  "$)A": { set: "G1", to: "gbk" },
  "-A": { set: "G1", to: "iso-8859-1" },
  "-B": { set: "G1", to: "iso-8859-2" },
  "-C": { set: "G1", to: "iso-8859-3" },
  "-D": { set: "G1", to: "iso-8859-4" },
  "-F": { set: "G1", to: "iso-8859-7" },
  "-G": { set: "G1", to: "iso-8859-6" },
  "-H": { set: "G1", to: "iso-8859-8" },
  "-L": { set: "G1", to: "iso-8859-5" },
  "-M": { set: "G1", to: "windows-1254" },
  "-T": { set: "G1", to: "windows-874" },
  "-b": { set: "G1", to: "iso-8859-15" },
};

const ESC = 0x1b;
/** Names and descriptions; the longest text type of a header has 10,240. */
const MAX_TEXT_BYTES = 10_240;

/**
 * Text of an element in the character sets of (0008,0005), code extensions
 * after ISO 2022 included (PS3.5 6.1.2.5). Bytes that fit no set become U+FFFD.
 */
export function decodeText(
  bytes: Uint8Array,
  characterSets: readonly string[],
): string {
  const value = bytes.subarray(0, MAX_TEXT_BYTES);
  const initial = initialLabel(value, characterSets);
  // Windows-1258 writes Vietnamese tones as letters of their own.
  if (!value.includes(ESC)) {
    const plain =
      initial === "utf-8"
        ? undoubled(utf8Of(value) ?? decode(value, initial))
        : decode(value, initial);
    return plain.normalize("NFC");
  }
  const resets = normalised(characterSets[0] ?? "") in SINGLE_BYTE;
  let text = "";
  let g0 = "ascii";
  let g1 = initial;
  let at = 0;
  while (at < value.length) {
    const escape = value[at] === ESC ? escapeAt(value, at + 1) : null;
    if (escape !== null) {
      if (escape.set === "G0") g0 = escape.to;
      else g1 = escape.to;
      at += escape.length + 1;
      continue;
    }
    const end = segmentEnd(value, at, g0);
    text += decodeSegment(value.subarray(at, end), g0, g1);
    // PS3.5 6.1.2.5.3: the initial set is back after a delimiter. One without
    // letters above ASCII could not have meant them: then the last one stays.
    if (resets && g0 === "ascii" && isDelimiter(value[end - 1])) g1 = initial;
    at = end;
  }
  return text.normalize("NFC");
}

/** Behind the next delimiter, or before the next escape. */
function segmentEnd(value: Uint8Array, at: number, g0: string): number {
  for (let end = at; end < value.length; end++) {
    if (end > at && value[end] === ESC) return end;
    // Within two-byte codes these bytes are halves of letters.
    if (g0 === "ascii" && isDelimiter(value[end])) return end + 1;
  }
  return value.length;
}

/** "^", "=", "\\", and the ends of lines. */
function isDelimiter(byte: number | undefined): boolean {
  return byte !== undefined && [0x5e, 0x3d, 0x5c, 0x0a, 0x0d].includes(byte);
}

function initialLabel(
  value: Uint8Array,
  characterSets: readonly string[],
): string {
  const labels = characterSets.map(normalised);
  const [first = ""] = labels;
  const label = EXTENDED[first] ?? SINGLE_BYTE[first];
  const isKnown = label !== undefined && first !== "ISO_IR 6";
  if (isKnown && MULTI_BYTE.has(label)) return label;
  // Of the single-byte sets none makes valid UTF-8 by chance: a file that says
  // Latin-1 and holds it was written by a system that forgot to say so.
  if (utf8Of(value) !== null) return "utf-8";
  const extension = isKnown ? null : extensionOf(value, labels.slice(1));
  if (extension !== null) return extension;
  if (isKnown && label === "iso-8859-5")
    return realSetOfCyrillic(value) ?? label;
  const isLatin =
    !isKnown || label === "utf-8" || label === SINGLE_BYTE["ISO_IR 100"];
  // No set named: ASCII by the standard, Windows-1252 in practice.
  return isLatin ? (realSetOfLatin(value) ?? "windows-1252") : label;
}

/**
 * A set of two bytes that is named as an extension and used without the escape
 * sequence that would switch it on.
 */
function extensionOf(
  value: Uint8Array,
  labels: readonly string[],
): string | null {
  if (value.includes(ESC)) return null;
  for (const name of labels) {
    const label = EXTENDED[name] ?? SINGLE_BYTE[name];
    const isOfTwo = label !== undefined && MULTI_BYTE.has(label);
    if (isOfTwo && decodeStrictly(value, label) !== null) return label;
  }
  return null;
}

/** "ISO_IR 100" from "ISO-IR 100", "iso_ir_100", "ISO 2022 IR 100", "ISO_IR100". */
function normalised(term: string): string {
  const bare = term
    .trim()
    .toUpperCase()
    .replace(/[\s_-]+/gu, "");
  const number = /^(?:ISO)?(?:2022)?IR(\d{1,3})$/u.exec(bare)?.[1];
  if (number !== undefined) return `ISO_IR ${number}`;
  const page = /^(?:WINDOWS|WIN|CP|MS)(\d{3,4})$/u.exec(bare)?.[1];
  return page === undefined
    ? bare.replace(/^ISO8859(?=1$)/u, "LATIN")
    : `CP${page}`;
}

function escapeAt(
  value: Uint8Array,
  at: number,
): { set: "G0" | "G1"; to: string; length: number } | null {
  for (const length of [3, 2]) {
    const code = String.fromCharCode(...value.subarray(at, at + length));
    const escape = ESCAPES[code];
    if (escape !== undefined) return { ...escape, length };
  }
  return null;
}

function decodeSegment(segment: Uint8Array, g0: string, g1: string): string {
  if (g0 === "ascii") return decode(segment, g1);
  if (g0 === "jis-x-0208") {
    return decode(
      Uint8Array.from([ESC, 0x24, 0x42, ...segment, ESC, 0x28, 0x42]),
      "iso-2022-jp",
    );
  }
  // JIS X 0212 is the third code set of EUC-JP: lead byte 8F, high bits set.
  const euc: number[] = [];
  for (let i = 0; i + 1 < segment.length; i += 2) {
    euc.push(0x8f, (segment[i] ?? 0) | 0x80, (segment[i + 1] ?? 0) | 0x80);
  }
  return decode(Uint8Array.from(euc), "euc-jp");
}

function decode(bytes: Uint8Array, label: string): string {
  if (label === "windows-1252" || label === "iso-8859-1")
    return decodeWindows1252(bytes);
  return new TextDecoder(label).decode(bytes);
}
