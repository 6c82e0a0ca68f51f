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

/** Multi-byte sets that are usual as the only value although extensions. */
const EXTENDED: Readonly<Record<string, string>> = {
  "ISO 2022 IR 58": "gbk",
  "ISO 2022 IR 149": "euc-kr",
};

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
  if (!value.includes(ESC)) return decode(value, initial);
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
    const next = value.indexOf(ESC, at + 1);
    const end = next === -1 ? value.length : next;
    text += decodeSegment(value.subarray(at, end), g0, g1);
    at = end;
  }
  return text;
}

function initialLabel(
  value: Uint8Array,
  characterSets: readonly string[],
): string {
  const first = characterSets[0]?.trim() ?? "";
  const single = first.replace(/^ISO 2022 IR /u, "ISO_IR ");
  const label = EXTENDED[first] ?? SINGLE_BYTE[single];
  if (label !== undefined && single !== "ISO_IR 6") return label;
  // No set named: ASCII by the standard, UTF-8 or Latin-1 in practice.
  return isUtf8(value) ? "utf-8" : "iso-8859-1";
}

function isUtf8(value: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(value);
    return true;
  } catch {
    return false;
  }
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
  return new TextDecoder(label).decode(bytes);
}
