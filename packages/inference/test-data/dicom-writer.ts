import { deflateRawSync } from "node:zlib";

/** A value for `writeDicom`: text, numbers of 16 or 32 bits, bytes, or items. */
export type TestValue =
  | string
  | number
  | number[]
  | Uint8Array
  | TestElement[][]
  | { fragments: Uint8Array[]; offsetTable?: number[] };

/** Tag as "GGGGEEEE", value type, value. */
export type TestElement = readonly [tag: string, vr: string, value: TestValue];

/** How `writeDicom` writes a file. */
export interface TestFileOptions {
  transferSyntax?: string;
  /** What the meta information says instead. */
  claimedSyntax?: string;
  preamble?: boolean;
  meta?: boolean;
  /** Sequences and items without a length. */
  undefinedLengths?: boolean;
}

interface Encoding {
  explicit: boolean;
  little: boolean;
  undefinedLengths: boolean;
}

const LONG_VRS = new Set(["OB", "OW", "SQ", "UN", "UT", "OF"]);
const UNDEFINED = 0xffffffff;

/**
 * Writes a DICOM file for tests, straight from PS3.5 and PS3.10 and sharing no
 * code with the reader under test. It checks nothing: broken files are wanted.
 */
export function writeDicom(
  elements: readonly TestElement[],
  options: TestFileOptions = {},
): Buffer {
  const uid = options.transferSyntax ?? "1.2.840.10008.1.2.1";
  const encoding: Encoding = {
    explicit: uid !== "1.2.840.10008.1.2",
    little: uid !== "1.2.840.10008.1.2.2",
    undefinedLengths: options.undefinedLengths ?? false,
  };
  const body = Buffer.concat(elements.map((e) => element(e, encoding)));
  const meta = metaElements(options.claimedSyntax ?? uid);
  return Buffer.concat([
    ...(options.preamble === false
      ? []
      : [Buffer.alloc(128), Buffer.from("DICM")]),
    ...(options.meta === false ? [] : [meta]),
    uid === "1.2.840.10008.1.2.1.99" ? deflateRawSync(body) : body,
  ]);
}

/** File meta information: its length, which peers insist on, and the syntax. */
function metaElements(uid: string): Buffer {
  const plain = { explicit: true, little: true, undefinedLengths: false };
  const syntax = element(["00020010", "UI", uid], plain);
  const length = Uint8Array.of(syntax.length, 0, 0, 0);
  return Buffer.concat([element(["00020000", "UL", length], plain), syntax]);
}

function element([tag, vr, value]: TestElement, encoding: Encoding): Buffer {
  const isSequence = Array.isArray(value) && Array.isArray(value[0]);
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

function valueBytes(value: TestValue, vr: string, encoding: Encoding): Buffer {
  if (typeof value === "string") {
    const padding = value.length % 2 === 0 ? "" : vr === "UI" ? "\0" : " ";
    return Buffer.from(value + padding, "latin1");
  }
  if (value instanceof Uint8Array) {
    return value.length % 2 === 0
      ? Buffer.from(value)
      : Buffer.concat([value, Buffer.alloc(1)]);
  }
  if (isFragments(value)) return fragmentBytes(value);
  if (typeof value === "number") return u16(value, encoding.little);
  return Buffer.concat(
    value
      .map((entry) =>
        typeof entry === "number"
          ? u16(entry, encoding.little)
          : item(entry, encoding),
      )
      .concat(
        typeof value[0] !== "number" && encoding.undefinedLengths
          ? [delimiter(0xe0dd, 0, encoding.little)]
          : [],
      ),
  );
}

function item(elements: TestElement[], encoding: Encoding): Buffer {
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

function isFragments(
  value: TestValue,
): value is { fragments: Uint8Array[]; offsetTable?: number[] } {
  return typeof value === "object" && "fragments" in value;
}

function fragmentBytes(value: {
  fragments: Uint8Array[];
  offsetTable?: number[];
}): Buffer {
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
