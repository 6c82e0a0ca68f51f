import { inflateRawSync, inflateSync } from "node:zlib";

import { DicomError } from "../errors.ts";
import type { PictureLimits } from "../picture-limits.ts";
import { DataSet } from "./data-set.ts";
import { ElementReader, type Encoding } from "./reader.ts";
import { TAG } from "./tags.ts";
import { TRANSFER_SYNTAX, encodingOf } from "./transfer-syntaxes.ts";

/** A DICOM file taken apart as far as its pixel data. */
export interface DicomFile {
  transferSyntaxUid: string;
  /** Group 0002: what the file says of itself. */
  meta: DataSet;
  dataSet: DataSet;
  /** True where the file's own description of itself was wrong. */
  repaired: boolean;
}

const META_ENCODING: Encoding = { explicitVr: true, littleEndian: true };
const PREAMBLE = 132;
const GROUP_META = 0x0002;

/**
 * Reads file meta information and data set (PS3.10 7).
 *
 * @throws DicomError `unreadable` or, for a deflated file that grows
 *   beyond the limit, `too-large`.
 */
export function readDicomFile(
  bytes: Uint8Array,
  limits: PictureLimits,
): DicomFile {
  const start = hasPreamble(bytes) ? PREAMBLE : 0;
  const meta = new ElementReader(bytes).read(
    start,
    realEncoding(bytes.subarray(start), META_ENCODING),
    (tag) => tag >>> 16 === GROUP_META,
  );
  const metaSet = new DataSet(meta.elements);
  const declared = metaSet.code(TAG.transferSyntaxUid);
  const transferSyntaxUid = declared ?? guessSyntax(bytes, meta.next);
  const declaredEncoding = encodingOf(transferSyntaxUid);
  const { body, isAsSaid } = bodyOf(
    bytes.subarray(meta.next),
    transferSyntaxUid === TRANSFER_SYNTAX.deflated,
    limits,
  );
  const encoding = realEncoding(body, declaredEncoding);
  const reader = new ElementReader(body);
  const { elements } = reader.read(0, encoding);
  if (elements.size === 0) {
    throw new DicomError("unreadable", "The DICOM file has no data set.");
  }
  return {
    transferSyntaxUid,
    meta: metaSet,
    dataSet: new DataSet(elements),
    repaired:
      declared === undefined ||
      encoding !== declaredEncoding ||
      !isAsSaid ||
      reader.repaired,
  };
}

function hasPreamble(bytes: Uint8Array): boolean {
  return (
    bytes.length >= PREAMBLE &&
    String.fromCharCode(...bytes.subarray(128, PREAMBLE)) === "DICM"
  );
}

function guessSyntax(bytes: Uint8Array, at: number): string {
  return hasVr(bytes.subarray(at))
    ? TRANSFER_SYNTAX.explicitLittle
    : TRANSFER_SYNTAX.implicitLittle;
}

/**
 * Some writers state explicit and write implicit, or the reverse, and some
 * state an order of bytes that is not theirs: the first tag shows both.
 */
function realEncoding(body: Uint8Array, declared: Encoding): Encoding {
  if (body.length < 8) return declared;
  const littleEndian = startsWithTag(body, declared.littleEndian)
    ? declared.littleEndian
    : startsWithTag(body, !declared.littleEndian)
      ? !declared.littleEndian
      : declared.littleEndian;
  const explicitVr = hasVr(body);
  const isDeclared =
    explicitVr === declared.explicitVr &&
    littleEndian === declared.littleEndian;
  return isDeclared ? declared : { explicitVr, littleEndian };
}

/** Data sets begin with a group that is not larger than a byte (0002 to 0088). */
function startsWithTag(body: Uint8Array, littleEndian: boolean): boolean {
  const [first = 0, second = 0] = body;
  const [high, low] = littleEndian ? [second, first] : [first, second];
  return high === 0 && low > 0 && low % 2 === 0;
}

/**
 * The data set's bytes, inflated where they are deflated: what the syntax says
 * goes before, and where the first tag contradicts it, that.
 */
function bodyOf(
  bytes: Uint8Array,
  isSaidDeflated: boolean,
  limits: PictureLimits,
): { body: Uint8Array; isAsSaid: boolean } {
  const isPlain =
    bytes.length >= 8 &&
    (startsWithTag(bytes, true) || startsWithTag(bytes, false));
  if (isSaidDeflated) {
    if (isPlain && hasVr(bytes)) return { body: bytes, isAsSaid: false };
    return { body: inflate(bytes, limits), isAsSaid: true };
  }
  if (isPlain || bytes.length < 8) return { body: bytes, isAsSaid: true };
  const body = inflated(bytes, limits);
  return body === null || !(startsWithTag(body, true) && hasVr(body))
    ? { body: bytes, isAsSaid: true }
    : { body, isAsSaid: false };
}

/** Null for bytes that are not deflated, or too many of them. */
function inflated(bytes: Uint8Array, limits: PictureLimits): Uint8Array | null {
  try {
    return inflate(bytes, limits);
  } catch {
    return null;
  }
}

function hasVr(body: Uint8Array): boolean {
  const vr = String.fromCharCode(body[4] ?? 0, body[5] ?? 0);
  return /^[A-Z]{2}$/u.test(vr);
}

function inflate(bytes: Uint8Array, limits: PictureLimits): Uint8Array {
  const options = { maxOutputLength: limits.maxInflatedBytes };
  try {
    // PS3.5 A.5 asks for a raw stream; some writers add the zlib header.
    const zlibHeader =
      bytes[0] === 0x78 && ((bytes[1] ?? 0) + 0x7800) % 31 === 0;
    return zlibHeader
      ? inflateSync(bytes, options)
      : inflateRawSync(bytes, options);
  } catch (cause) {
    if (isTooLarge(cause)) {
      throw new DicomError(
        "too-large",
        `The deflated DICOM file grows beyond ${String(limits.maxInflatedBytes >> 20)} MiB.`,
        { cause },
      );
    }
    throw new DicomError(
      "unreadable",
      "The deflated DICOM data set cannot be inflated.",
      { cause },
    );
  }
}

function isTooLarge(cause: unknown): boolean {
  return (
    cause instanceof Error &&
    "code" in cause &&
    cause.code === "ERR_BUFFER_TOO_LARGE"
  );
}
