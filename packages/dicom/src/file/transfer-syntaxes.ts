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
  /** Fragments that hold plain pixels (PS3.5 A.4.11). */
  encapsulated: "1.2.840.10008.1.2.1.98",
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
  // Fragments that hold plain pixels; the bytes show it (read-frame.ts).
  ["1.2.840.10008.1.2.1.98", syntax("Encapsulated Uncompressed", "native")],
  ["1.2.840.10008.1.20", syntax("Papyrus 3", "native", IMPLICIT)],
  ["1.2.840.10008.1.2.5", syntax("RLE Lossless", "rle")],
  ["1.2.840.10008.1.2.4.50", syntax("JPEG Baseline", "jpeg")],
  ["1.2.840.10008.1.2.4.51", syntax("JPEG Extended", "jpeg")],
  // Retired and never common; the stream says whether its kind is read.
  ...["52", "53", "54", "55", "56", "58", "59", "60", "61", "62", "63"].map(
    (last): [string, TransferSyntax] => [
      `1.2.840.10008.1.2.4.${last}`,
      syntax("JPEG, retired", "jpeg"),
    ],
  ),
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
    `The DICOM transfer syntax ${uid} (${nameOf(uid)}) is not read. Ask the sender to send it as Explicit VR Little Endian, or compressed as JPEG, JPEG-LS, JPEG 2000 or RLE.`,
  );
}

/** What is met and not read: pictures that lie elsewhere, video, newer codecs. */
const NOT_READ: readonly (readonly [RegExp, string])[] = [
  [/^1\.2\.840\.10008\.1\.2\.4\.10[0-8](?:\.1)?$/u, "MPEG video"],
  [/^1\.2\.840\.10008\.1\.2\.4\.(?:9[45]|20[45])$/u, "a link to pixels"],
  [/^1\.2\.840\.10008\.1\.2\.4\.11[0-2]$/u, "JPEG XL"],
  [/^1\.2\.840\.10008\.1\.2\.7\./u, "SMPTE video"],
  [/^1\.2\.840\.10008\./u, "no picture"],
  [/^1\.2\.840\.113619\./u, "private to GE"],
  [/^1\.3\.46\.670589\./u, "private to Philips"],
];

function nameOf(uid: string): string {
  const known = NOT_READ.find(([pattern]) => pattern.test(uid));
  return known?.[1] ?? "private to its maker";
}
