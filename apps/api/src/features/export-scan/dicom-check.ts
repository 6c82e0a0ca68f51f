import type { KnownValues } from "./known-values.ts";
import type { Leaks } from "./leak.ts";
import { DICOM_RULES, METHOD_CODES, type ElementRule } from "./dicom-rules.ts";
import { noteBytes, type PixelBytes } from "./raw-text.ts";

/** Preamble and "DICM" (PS3.10 7.1). */
const PREAMBLE = 128;
const LONG_VRS = new Set(["OB", "OW", "SQ", "UN", "UT"]);
const PIXEL_DATA = "7FE00010";
const METHODS_USED = "00120064";
/** Patient's Sex and Age, which the option 113108 of CID 7050 keeps. */
const CHARACTERISTICS = ["00100040", "00101010"];
const KEEPS_CHARACTERISTICS = "113108";

interface Element {
  tag: string;
  vr: string;
  value: Buffer;
}

/**
 * A DICOM film of an export: explicit VR, little endian, each element one of
 * those that an export has with a value that it may have, and no byte besides.
 * Private, nested and unknown elements are leaks whatever stands in them.
 */
export function checkDicom(
  entry: string,
  file: Buffer,
  {
    known,
    pixels,
    leaks,
  }: {
    known: KnownValues;
    pixels: PixelBytes;
    leaks: Leaks;
  },
): void {
  const note = (place: string, bytes: Uint8Array) =>
    noteBytes(leaks, known, entry, place, bytes, "UNEXPECTED");
  const head = file.subarray(0, PREAMBLE);
  if (head.some((byte) => byte !== 0)) note("preamble", head);
  if (file.toString("latin1", PREAMBLE, PREAMBLE + 4) !== "DICM")
    note("preamble", file.subarray(PREAMBLE, PREAMBLE + 4));
  const { elements, end } = readElements(file, PREAMBLE + 4);
  if (end < file.length) note("behind the end", file.subarray(end));
  const values = new Map<string, Buffer>();
  for (const { tag, vr, value } of elements) {
    const place = `element ${tag}`;
    const rule: ElementRule | undefined = DICOM_RULES[tag];
    if (values.has(tag) || rule?.vr !== vr) note(place, value);
    else if (rule.accepts === "codes")
      checkCodes(value, () => note(place, value));
    else if (rule.accepts !== "pixels" && !rule.accepts(value))
      note(place, value);
    values.set(tag, value);
  }
  const codes = values.get(METHODS_USED)?.toString("latin1") ?? "";
  for (const tag of CHARACTERISTICS)
    // Kept without the option that keeps it: the profile empties it.
    if (values.get(tag)?.length && !codes.includes(KEEPS_CHARACTERISTICS))
      leaks.add(entry, `element ${tag}`, "UNEXPECTED");
  const word = (tag: string) => values.get(tag)?.readUInt16LE(0) ?? 0;
  const samples = values.get(PIXEL_DATA) ?? Buffer.alloc(0);
  const bytes = (word("00280010") * word("00280011") * word("00280100")) / 8;
  if (samples.length !== bytes + (bytes % 2))
    leaks.add(entry, "samples", "HIDDEN_BYTES");
  for (const kind of pixels.find(samples)) leaks.add(entry, "samples", kind);
}

/** Elements one behind the other; `end` is where they stop being any. */
function readElements(
  bytes: Buffer,
  from: number,
): { elements: Element[]; end: number } {
  const elements: Element[] = [];
  let at = from;
  while (at + 8 <= bytes.length) {
    const tag = [at, at + 2]
      .map((place) => bytes.readUInt16LE(place).toString(16).padStart(4, "0"))
      .join("")
      .toUpperCase();
    const vr = bytes.toString("latin1", at + 4, at + 6);
    const isLong = LONG_VRS.has(vr);
    const head = isLong ? 12 : 8;
    if (!/^[A-Z]{2}$/.test(vr) || at + head > bytes.length) break;
    const length = isLong
      ? bytes.readUInt32LE(at + 8)
      : bytes.readUInt16LE(at + 6);
    if (at + head + length > bytes.length) break;
    if (isLong && bytes.readUInt16LE(at + 6) !== 0) break;
    const value = bytes.subarray(at + head, at + head + length);
    elements.push({ tag, vr, value });
    at += head + length;
  }
  return { elements, end: at };
}

/** Item (FFFE,E000) with its length. */
const ITEM = 0xe000fffe;

/** (0012,0064): items of code value, scheme and meaning of closed lists. */
function checkCodes(sequence: Buffer, refuse: () => void): void {
  let at = 0;
  while (at + 8 <= sequence.length) {
    const length = sequence.readUInt32LE(at + 4);
    const body = sequence.subarray(at + 8, at + 8 + length);
    if (sequence.readUInt32LE(at) !== ITEM || body.length !== length) break;
    const { elements, end } = readElements(body, 0);
    const said = elements.map(({ tag, vr, value }) =>
      [tag, vr, value.toString("latin1").replace(/ $/, "")].join(" "),
    );
    if (end !== length || !METHOD_CODES.has(said.join("|"))) break;
    at += 8 + length;
  }
  if (at !== sequence.length) refuse();
}
