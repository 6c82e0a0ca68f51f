import { DicomError } from "../errors.ts";
import { TAG, tagName } from "./tags.ts";

/** How the elements of a data set are written (PS3.5 7.1 and 7.3). */
export interface Encoding {
  explicitVr: boolean;
  littleEndian: boolean;
}

/** One element; `bytes` is a view on the file, nothing is copied. */
export interface Element {
  tag: number;
  /** Null where the encoding is implicit. */
  vr: string | null;
  bytes: Uint8Array;
  undefinedLength: boolean;
  /** Encoding of what is nested inside. */
  encoding: Encoding;
}

export type Elements = ReadonlyMap<number, Element>;

const IMPLICIT_LITTLE: Encoding = { explicitVr: false, littleEndian: true };
const UNDEFINED_LENGTH = 0xffffffff;
/** Real films nest four or five deep; a file that nests further attacks the stack. */
const MAX_DEPTH = 16;
/** Real films have a few hundred elements. */
const MAX_ELEMENTS = 100_000;
/** VRs with a 16-bit length (PS3.5 table 7.1-2); all others have 32. */
const SHORT_VRS = new Set(
  "AE AS AT CS DA DS DT FL FD IS LO LT PN SH SL SS ST TM UI UL US".split(" "),
);

interface ElementHeader {
  tag: number;
  vr: string | null;
  length: number;
  valueAt: number;
}

/**
 * Reads elements in one bounded pass: every length is compared with what is
 * really there, depth and number are limited, values stay views on the input.
 * A general reader decodes every value and inflates without a limit, which a
 * file from outside must not be allowed to ask for.
 */
export class ElementReader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #elementsLeft = MAX_ELEMENTS;
  /** True where something had to be passed over that the standard forbids. */
  repaired = false;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /**
   * Elements from `start` until `stop` says no, the end of the file, or the
   * pixel data (which is included: nothing after it is of use here).
   *
   * @returns the elements, and where reading stopped.
   * @throws DicomError `unreadable` naming the element that is broken.
   */
  read(
    start: number,
    encoding: Encoding,
    keepGoing: (tag: number) => boolean = () => true,
  ): { elements: Map<number, Element>; next: number } {
    const elements = new Map<number, Element>();
    let at = start;
    while (at + 8 <= this.#bytes.length) {
      const tag = this.#tag(at, encoding);
      if (!keepGoing(tag)) break;
      if (tag === TAG.itemDelimitation || tag === TAG.sequenceDelimitation) {
        // Left over from a sequence whose length was written as well.
        this.repaired = true;
        at += 8;
        continue;
      }
      const header = this.#header(at, encoding);
      const element = this.#element(header, encoding, 0);
      elements.set(header.tag, element.element);
      at = element.next;
      if (header.tag === TAG.pixelData) break;
    }
    return { elements, next: at };
  }

  /** The data sets inside a sequence element's bytes. */
  items(sequence: Element): Elements[] {
    const items: Elements[] = [];
    let at = 0;
    while (at + 8 <= this.#bytes.length) {
      const header = this.#header(at, sequence.encoding);
      if (header.tag !== TAG.item) break;
      const end =
        header.length === UNDEFINED_LENGTH
          ? this.#endOfItem(header.valueAt, sequence.encoding, 1)
          : header.valueAt + header.length;
      this.#mustFit(header, end);
      const inner = new ElementReader(
        this.#bytes.subarray(header.valueAt, end),
      ).read(0, sequence.encoding, (tag) => tag !== TAG.itemDelimitation);
      items.push(inner.elements);
      at = end;
    }
    return items;
  }

  #tag(at: number, { littleEndian }: Encoding): number {
    return (
      this.#view.getUint16(at, littleEndian) * 0x10000 +
      this.#view.getUint16(at + 2, littleEndian)
    );
  }

  #header(at: number, encoding: Encoding): ElementHeader {
    if (--this.#elementsLeft < 0) {
      throw unreadable(`has more than ${String(MAX_ELEMENTS)} elements`);
    }
    const { littleEndian } = encoding;
    const tag = this.#tag(at, encoding);
    const isDelimiter = tag >= TAG.item;
    if (!encoding.explicitVr || isDelimiter) {
      const length = this.#view.getUint32(at + 4, littleEndian);
      return { tag, vr: null, length, valueAt: at + 8 };
    }
    const vr = String.fromCharCode(
      this.#bytes[at + 4] ?? 0,
      this.#bytes[at + 5] ?? 0,
    );
    if (!/^[A-Z]{2}$/u.test(vr)) return this.#withoutVr(at, tag, encoding);
    if (SHORT_VRS.has(vr)) {
      const length = this.#view.getUint16(at + 6, littleEndian);
      return { tag, vr, length, valueAt: at + 8 };
    }
    if (at + 12 > this.#bytes.length) {
      throw unreadable(`ends inside ${tagName(tag)}`);
    }
    const length = this.#view.getUint32(at + 8, littleEndian);
    return { tag, vr, length, valueAt: at + 12 };
  }

  /** A value type of blanks or zeros: the length is where the next tag fits. */
  #withoutVr(at: number, tag: number, encoding: Encoding): ElementHeader {
    const { littleEndian } = encoding;
    const layouts = [
      { length: this.#view.getUint16(at + 6, littleEndian), valueAt: at + 8 },
      { length: this.#view.getUint32(at + 4, littleEndian), valueAt: at + 8 },
      ...(at + 12 <= this.#bytes.length
        ? [
            {
              length: this.#view.getUint32(at + 8, littleEndian),
              valueAt: at + 12,
            },
          ]
        : []),
    ];
    const fitting = layouts.find(({ length, valueAt }) => {
      const end = valueAt + length;
      if (end === this.#bytes.length) return true;
      return end + 8 <= this.#bytes.length && this.#tag(end, encoding) > tag;
    });
    if (fitting === undefined) {
      throw unreadable(
        `has no value type in ${tagName(tag)} at byte ${String(at)}`,
      );
    }
    this.repaired = true;
    return { tag, vr: null, ...fitting };
  }

  #element(
    header: ElementHeader,
    encoding: Encoding,
    depth: number,
  ): { element: Element; next: number } {
    const { tag, vr, length, valueAt } = header;
    if (tag >= TAG.item) {
      throw unreadable(`has a stray delimiter ${tagName(tag)}`);
    }
    // PS3.5 6.2.2: an unknown VR of undefined length is implicit little endian.
    const nested = vr === "UN" ? IMPLICIT_LITTLE : encoding;
    const undefinedLength = length === UNDEFINED_LENGTH;
    if (undefinedLength && tag === TAG.pixelData) {
      // An icon's fragments end at their own delimiter; the picture's are last.
      const end =
        depth > 0 ? this.#endOfFragments(valueAt) : this.#bytes.length;
      const bytes = this.#bytes.subarray(valueAt, end);
      const element = { tag, vr, bytes, undefinedLength, encoding };
      return { element, next: end };
    }
    const end = undefinedLength
      ? this.#endOfSequence(valueAt, nested, depth + 1)
      : valueAt + length;
    this.#mustFit(header, end);
    const bytes = this.#bytes.subarray(valueAt, end);
    const element = { tag, vr, bytes, undefinedLength, encoding: nested };
    return { element, next: end };
  }

  #endOfSequence(start: number, encoding: Encoding, depth: number): number {
    if (depth > MAX_DEPTH) {
      throw unreadable(`nests more than ${String(MAX_DEPTH)} sequences`);
    }
    let at = start;
    while (at + 8 <= this.#bytes.length) {
      const header = this.#header(at, encoding);
      if (header.tag === TAG.sequenceDelimitation) return header.valueAt;
      if (header.tag !== TAG.item) {
        throw unreadable(`has ${tagName(header.tag)} where an item must be`);
      }
      at =
        header.length === UNDEFINED_LENGTH
          ? this.#endOfItem(header.valueAt, encoding, depth)
          : header.valueAt + header.length;
    }
    throw unreadable("ends inside a sequence");
  }

  #endOfItem(start: number, encoding: Encoding, depth: number): number {
    let at = start;
    while (at + 8 <= this.#bytes.length) {
      const header = this.#header(at, encoding);
      if (header.tag === TAG.itemDelimitation) return header.valueAt;
      at = this.#element(header, encoding, depth).next;
    }
    throw unreadable("ends inside an item of a sequence");
  }

  /** Behind the delimiter of encapsulated pixel data (PS3.5 A.4). */
  #endOfFragments(start: number): number {
    let at = start;
    while (at + 8 <= this.#bytes.length) {
      const tag = this.#tag(at, { explicitVr: true, littleEndian: true });
      const length = this.#view.getUint32(at + 4, true);
      if (tag === TAG.sequenceDelimitation) return at + 8;
      if (tag !== TAG.item) break;
      at += 8 + length;
    }
    throw unreadable("ends inside the fragments of an icon");
  }

  #mustFit(header: ElementHeader, end: number): void {
    if (end <= this.#bytes.length) return;
    const missing = end - this.#bytes.length;
    throw unreadable(
      `is cut off: ${tagName(header.tag)} claims ${String(header.length)} bytes, ${String(missing)} more than there are`,
    );
  }
}

function unreadable(what: string): DicomError {
  return new DicomError("unreadable", `The DICOM file ${what}.`);
}
