import { deflateRawSync } from "node:zlib";

/** A value for `writeDicom`: text, 16-bit numbers, bytes, items, or fragments. */
export type DicomValue =
  | string
  | number
  | readonly number[]
  | Uint8Array
  | readonly (readonly DicomElement[])[]
  | Fragments;

/** Encapsulated pixel data (PS3.5 A.4). */
export interface Fragments {
  fragments: readonly Uint8Array[];
  offsetTable?: readonly number[];
}

/** Tag as "GGGGEEEE", value type, value. */
export type DicomElement = readonly [
  tag: string,
  vr: string,
  value: DicomValue,
];

/** How `writeDicom` writes a file. */
export interface DicomWriteOptions {
  transferSyntax?: string;
  /** What the meta information says instead. */
  claimedSyntax?: string;
  preamble?: boolean;
  meta?: boolean;
  /** Further file meta information, in tag order, without length and syntax. */
  metaElements?: readonly DicomElement[];
  /** Sequences and items without a length. */
  undefinedLengths?: boolean;
}

interface Encoding {
  explicit: boolean;
  little: boolean;
  undefinedLengths: boolean;
  text: "utf8" | "latin1";
}

/** UTF-8 as a specific character set (PS3.3 C.12.1.1.2). */
const UTF_8 = "ISO_IR 192";
const LONG_VRS = new Set(["OB", "OW", "SQ", "UN", "UT", "OF"]);
const UNDEFINED = 0xffffffff;

/**
 * Writes a DICOM file, straight from PS3.5 and PS3.10 and sharing no code with
 * the reader. It checks nothing and writes the elements in the order given:
 * tests want broken files. Text is UTF-8 where (0008,0005) says so, else
 * Latin-1.
 */
export function writeDicom(
  elements: readonly DicomElement[],
  options: DicomWriteOptions = {},
): Buffer {
  const uid = options.transferSyntax ?? "1.2.840.10008.1.2.1";
  const encoding: Encoding = {
    explicit: uid !== "1.2.840.10008.1.2",
    little: uid !== "1.2.840.10008.1.2.2",
    undefinedLengths: options.undefinedLengths ?? false,
    text: elements.some(([tag, , v]) => tag === "00080005" && v === UTF_8)
      ? "utf8"
      : "latin1",
  };
  const body = Buffer.concat(elements.map((e) => element(e, encoding)));
  const meta = metaGroup(
    options.claimedSyntax ?? uid,
    options.metaElements ?? [],
  );
  return Buffer.concat([
    ...(options.preamble === false
      ? []
      : [Buffer.alloc(128), Buffer.from("DICM")]),
    ...(options.meta === false ? [] : [meta]),
    uid === "1.2.840.10008.1.2.1.99" ? deflateRawSync(body) : body,
  ]);
}

/** File meta information: its length, which peers insist on, and the syntax. */
function metaGroup(uid: string, more: readonly DicomElement[]): Buffer {
  const plain: Encoding = {
    explicit: true,
    little: true,
    undefinedLengths: false,
    text: "latin1",
  };
  const syntax: DicomElement = ["00020010", "UI", uid];
  const group = Buffer.concat(
    [...more, syntax]
      .sort(([a], [b]) => a.localeCompare(b))
      .map((e) => element(e, plain)),
  );
  const length = u32(group.length, true);
  return Buffer.concat([element(["00020000", "UL", length], plain), group]);
}

function element([tag, vr, value]: DicomElement, encoding: Encoding): Buffer {
  const isSequence = isItems(value);
  const isOpen =
    isFragments(value) || (isSequence && encoding.undefinedLengths);
  const bytes = valueBytes(value, vr, encoding);
  const length = isOpen ? UNDEFINED : bytes.length;
  return Buffer.concat([header(tag, vr, length, encoding), bytes]);
}

function header(
  tag: string,
  vr: string,
  length: number,
  { explicit, little }: Encoding,
): Buffer {
  const head = Buffer.concat([
    u16(Number.parseInt(tag.slice(0, 4), 16), little),
    u16(Number.parseInt(tag.slice(4), 16), little),
  ]);
  if (!explicit) return Buffer.concat([head, u32(length, little)]);
  if (LONG_VRS.has(vr)) {
    return Buffer.concat([head, Buffer.from(`${vr}\0\0`), u32(length, little)]);
  }
  return Buffer.concat([head, Buffer.from(vr), u16(length, little)]);
}

function valueBytes(value: DicomValue, vr: string, encoding: Encoding): Buffer {
  if (typeof value === "string") {
    const bytes = Buffer.from(value, encoding.text);
    if (bytes.length % 2 === 0) return bytes;
    return Buffer.concat([bytes, Buffer.from(vr === "UI" ? "\0" : " ")]);
  }
  if (value instanceof Uint8Array) {
    return value.length % 2 === 0
      ? Buffer.from(value)
      : Buffer.concat([value, Buffer.alloc(1)]);
  }
  if (isFragments(value)) return fragmentBytes(value);
  if (typeof value === "number") return u16(value, encoding.little);
  if (!isItems(value)) {
    return Buffer.concat(value.map((entry) => u16(entry, encoding.little)));
  }
  const items = value.map((entry) => item(entry, encoding));
  return Buffer.concat(
    encoding.undefinedLengths
      ? [...items, delimiter(0xe0dd, 0, encoding.little)]
      : items,
  );
}

function item(elements: readonly DicomElement[], encoding: Encoding): Buffer {
  const bytes = Buffer.concat(elements.map((e) => element(e, encoding)));
  if (!encoding.undefinedLengths) {
    return Buffer.concat([
      delimiter(0xe000, bytes.length, encoding.little),
      bytes,
    ]);
  }
  return Buffer.concat([
    delimiter(0xe000, UNDEFINED, encoding.little),
    bytes,
    delimiter(0xe00d, 0, encoding.little),
  ]);
}

function isFragments(value: DicomValue): value is Fragments {
  return typeof value === "object" && "fragments" in value;
}

function isItems(
  value: DicomValue,
): value is readonly (readonly DicomElement[])[] {
  // An empty list of a sequence has neither items nor a delimiter to write.
  return Array.isArray(value) && Array.isArray(value[0]);
}

function fragmentBytes(value: Fragments): Buffer {
  const table = Buffer.concat(
    (value.offsetTable ?? []).map((offset) => u32(offset, true)),
  );
  const items = [table, ...value.fragments].map((bytes) =>
    Buffer.concat([delimiter(0xe000, bytes.length, true), bytes]),
  );
  return Buffer.concat([...items, delimiter(0xe0dd, 0, true)]);
}

function delimiter(code: number, length: number, little: boolean): Buffer {
  return Buffer.concat([
    u16(0xfffe, little),
    u16(code, little),
    u32(length, little),
  ]);
}

function u16(value: number, little: boolean): Buffer {
  const bytes = Buffer.alloc(2);
  if (little) bytes.writeUInt16LE(value & 0xffff);
  else bytes.writeUInt16BE(value & 0xffff);
  return bytes;
}

function u32(value: number, little: boolean): Buffer {
  const bytes = Buffer.alloc(4);
  if (little) bytes.writeUInt32LE(value >>> 0);
  else bytes.writeUInt32BE(value >>> 0);
  return bytes;
}
