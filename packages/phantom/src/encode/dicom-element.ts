/** The value representations that this writer needs (DICOM PS3.5, 6.2). */
export type TextVr =
  | "AE"
  | "AS"
  | "CS"
  | "DA"
  | "DS"
  | "IS"
  | "LO"
  | "PN"
  | "SH"
  | "ST"
  | "TM"
  | "UI";

/** One data element; several values of a text are given as one, with `\`. */
export type Element =
  | { readonly tag: number; readonly vr: TextVr; readonly text: string }
  | { readonly tag: number; readonly vr: "US" | "SS"; readonly number: number }
  | { readonly tag: number; readonly vr: "UL"; readonly number: number }
  | {
      readonly tag: number;
      readonly vr: "OB" | "OW";
      readonly bytes: Uint8Array;
    }
  | {
      readonly tag: number;
      readonly vr: "SQ";
      readonly items: readonly (readonly Element[])[];
    };

const encoder = new TextEncoder();

/** Value representations whose length field has four bytes (PS3.5, 7.1.2). */
const LONG_FORM = new Set<string>(["OB", "OW", "SQ"]);

function joined(parts: readonly Uint8Array[]): Uint8Array {
  let length = 0;
  for (const part of parts) length += part.length;
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** Values have an even number of bytes: UIDs are filled with 0, texts with blanks. */
function padded(bytes: Uint8Array, filler: number): Uint8Array {
  if (bytes.length % 2 === 0) return bytes;
  const even = new Uint8Array(bytes.length + 1).fill(filler);
  even.set(bytes);
  return even;
}

function numberBytes(value: number, size: 2 | 4): Uint8Array {
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  // Two's complement makes a signed short the same bits as its unsigned twin.
  if (size === 2) view.setUint16(0, value & 0xffff, true);
  else view.setUint32(0, value >>> 0, true);
  return bytes;
}

function valueBytes(element: Element, isExplicit: boolean): Uint8Array {
  switch (element.vr) {
    case "US":
    case "SS":
      return numberBytes(element.number, 2);
    case "UL":
      return numberBytes(element.number, 4);
    case "OB":
    case "OW":
      return padded(element.bytes, 0);
    case "SQ":
      return joined(
        element.items.map((item) => {
          const content = encodeElements(item, isExplicit);
          return joined([
            numberBytes(0xfffe, 2),
            numberBytes(0xe000, 2),
            numberBytes(content.length, 4),
            content,
          ]);
        }),
      );
    default:
      return padded(
        encoder.encode(element.text),
        element.vr === "UI" ? 0x00 : 0x20,
      );
  }
}

function encodeElement(element: Element, isExplicit: boolean): Uint8Array {
  const value = valueBytes(element, isExplicit);
  const tag = [
    numberBytes(element.tag >>> 16, 2),
    numberBytes(element.tag & 0xffff, 2),
  ];
  if (!isExplicit) return joined([...tag, numberBytes(value.length, 4), value]);
  const vr = encoder.encode(element.vr);
  if (LONG_FORM.has(element.vr)) {
    return joined([
      ...tag,
      vr,
      numberBytes(0, 2),
      numberBytes(value.length, 4),
      value,
    ]);
  }
  if (value.length > 0xffff) {
    throw new RangeError(
      `element ${element.tag.toString(16)} is too long for its representation`,
    );
  }
  return joined([...tag, vr, numberBytes(value.length, 2), value]);
}

/** Encodes elements in the order of their tags, little endian (PS3.5, 7.1). */
export function encodeElements(
  elements: readonly Element[],
  isExplicit: boolean,
): Uint8Array {
  const sorted = [...elements].sort((a, b) => a.tag - b.tag);
  return joined(sorted.map((element) => encodeElement(element, isExplicit)));
}

/** Joins a preamble, the file meta group and the data set (PS3.10, 7.1). */
export function encodePart10(
  meta: readonly Element[],
  dataSet: Uint8Array,
): Uint8Array {
  const group = encodeElements(meta, true);
  const length = encodeElements(
    [{ tag: 0x00020000, vr: "UL", number: group.length }],
    true,
  );
  return joined([
    new Uint8Array(128),
    encoder.encode("DICM"),
    length,
    group,
    dataSet,
  ]);
}
