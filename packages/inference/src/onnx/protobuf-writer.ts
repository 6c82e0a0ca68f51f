/**
 * Writes protocol buffers, as much of them as an ONNX file needs
 * (protobuf.dev "Encoding"). A message is the concatenation of its fields.
 */

/** Encoded fields of a message. */
export type Fields = Uint8Array;

const VARINT = 0;
const LENGTH_DELIMITED = 2;
const FIXED_32 = 5;

/** Joins fields to a message. */
export function message(...fields: readonly Fields[]): Fields {
  return Buffer.concat(fields);
}

/** A non-negative whole number of up to 53 bits. */
export function whole(field: number, value: number): Fields {
  return Buffer.concat([tag(field, VARINT), varint(value)]);
}

/** A 32-bit float. */
export function float(field: number, value: number): Fields {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatLE(value);
  return Buffer.concat([tag(field, FIXED_32), bytes]);
}

/** Bytes, or a message inside a message. */
export function bytes(field: number, value: Uint8Array): Fields {
  return Buffer.concat([
    tag(field, LENGTH_DELIMITED),
    varint(value.length),
    value,
  ]);
}

/** UTF-8 text. */
export function text(field: number, value: string): Fields {
  return bytes(field, Buffer.from(value, "utf8"));
}

/** Several whole numbers, packed. */
export function wholes(field: number, values: readonly number[]): Fields {
  return bytes(field, Buffer.concat(values.map(varint)));
}

function tag(field: number, wireType: number): Uint8Array {
  return varint(field * 8 + wireType);
}

/** Seven bits a byte, lowest first, the top bit says that more follow. */
function varint(value: number): Uint8Array {
  if (!Number.isSafeInteger(value) || value < 0) {
    throw new RangeError(`${String(value)} is no whole number from 0`);
  }
  const out: number[] = [];
  let rest = value;
  while (rest > 0x7f) {
    out.push((rest % 0x80) + 0x80);
    rest = Math.floor(rest / 0x80);
  }
  out.push(rest);
  return Uint8Array.from(out);
}
