import { DicomError } from "../errors.ts";
import type { Encoding } from "./reader.ts";

/** Which decoder the pixel data of a transfer syntax needs. */
export type PixelCodec = "native" | "rle" | "jpeg" | "jpeg-2000" | "htj2k";

interface TransferSyntax {
  name: string;
  codec: PixelCodec;
  encoding: Encoding;
}

export const TRANSFER_SYNTAX = {
  implicitLittle: "1.2.840.10008.1.2",
  explicitLittle: "1.2.840.10008.1.2.1",
  deflated: "1.2.840.10008.1.2.1.99",
  explicitBig: "1.2.840.10008.1.2.2",
} as const;

const EXPLICIT: Encoding = { explicitVr: true, littleEndian: true };
const IMPLICIT: Encoding = { explicitVr: false, littleEndian: true };
const BIG: Encoding = { explicitVr: true, littleEndian: false };

/** PS3.6 annex A. All JPEG kinds share a codec: the stream says which it is. */
const SYNTAXES: ReadonlyMap<string, TransferSyntax> = new Map([
  [
    "1.2.840.10008.1.2",
    syntax("Implicit VR Little Endian", "native", IMPLICIT),
  ],
  ["1.2.840.10008.1.2.1", syntax("Explicit VR Little Endian", "native")],
  ["1.2.840.10008.1.2.1.99", syntax("Deflated Explicit VR", "native")],
  ["1.2.840.10008.1.2.2", syntax("Explicit VR Big Endian", "native", BIG)],
  ["1.2.840.10008.1.2.5", syntax("RLE Lossless", "rle")],
  ["1.2.840.10008.1.2.4.50", syntax("JPEG Baseline", "jpeg")],
  ["1.2.840.10008.1.2.4.51", syntax("JPEG Extended", "jpeg")],
  ["1.2.840.10008.1.2.4.57", syntax("JPEG Lossless", "jpeg")],
  ["1.2.840.10008.1.2.4.70", syntax("JPEG Lossless SV1", "jpeg")],
  ["1.2.840.10008.1.2.4.80", syntax("JPEG-LS Lossless", "jpeg")],
  ["1.2.840.10008.1.2.4.81", syntax("JPEG-LS Near-lossless", "jpeg")],
  ["1.2.840.10008.1.2.4.90", syntax("JPEG 2000 Lossless", "jpeg-2000")],
  ["1.2.840.10008.1.2.4.91", syntax("JPEG 2000", "jpeg-2000")],
  ["1.2.840.10008.1.2.4.201", syntax("HTJ2K Lossless", "htj2k")],
  ["1.2.840.10008.1.2.4.202", syntax("HTJ2K Lossless RPCL", "htj2k")],
  ["1.2.840.10008.1.2.4.203", syntax("HTJ2K", "htj2k")],
]);

function syntax(
  name: string,
  codec: PixelCodec,
  encoding: Encoding = EXPLICIT,
): TransferSyntax {
  return { name, codec, encoding };
}

/** How the data set is written; unknown syntaxes are explicit little endian (PS3.5 A.4). */
export function encodingOf(uid: string): Encoding {
  return SYNTAXES.get(uid)?.encoding ?? EXPLICIT;
}

/**
 * The decoder for a transfer syntax.
 *
 * @throws DicomError `unsupported-format` naming the syntax.
 */
export function codecOf(uid: string): PixelCodec {
  const found = SYNTAXES.get(uid);
  if (found !== undefined) return found.codec;
  throw new DicomError(
    "unsupported-format",
    `The DICOM transfer syntax ${uid} is not supported; supported are ${[...SYNTAXES.values()].map((s) => s.name).join(", ")}.`,
  );
}
