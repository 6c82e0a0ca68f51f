import { looksLikeBareDicom } from "@lung-iris/dicom";

import type { FilmFormat } from "../types.ts";

/** A film format, or in words what else the bytes look like. */
export type FileSignature =
  | { film: FilmFormat }
  | {
      film: null;
      looksLike: string;
      /** True of an archive, in which films may be. */
      isPacked: boolean;
    };

interface Magic {
  at: number;
  bytes: string;
  name: string;
}

/** Signatures people really upload by mistake, so that the refusal can name them. */
const OTHER_FORMATS: readonly Magic[] = [
  { at: 0, bytes: "%PDF", name: "a PDF document" },
  { at: 0, bytes: "II*\0", name: "a TIFF picture" },
  { at: 0, bytes: "MM\0*", name: "a TIFF picture" },
  { at: 0, bytes: "II+\0", name: "a BigTIFF picture" },
  { at: 0, bytes: "GIF8", name: "a GIF picture" },
  { at: 0, bytes: "BM", name: "a BMP picture" },
  { at: 8, bytes: "WEBP", name: "a WebP picture" },
  { at: 4, bytes: "ftyp", name: "a HEIC, AVIF or MP4 file" },
  { at: 4, bytes: "jP  ", name: "a JPEG 2000 picture outside DICOM" },
  { at: 0, bytes: "\xff\x4f\xff\x51", name: "a JPEG 2000 codestream" },
  { at: 0, bytes: "\xff\x0a", name: "a JPEG XL picture" },
  { at: 4, bytes: "JXL ", name: "a JPEG XL picture" },
  { at: 0, bytes: "PK\x03\x04", name: "a ZIP archive or office document" },
  { at: 0, bytes: "PK\x05\x06", name: "an empty ZIP archive" },
  { at: 0, bytes: "\x1f\x8b", name: "a gzip archive" },
  { at: 0, bytes: "BZh", name: "a bzip2 archive" },
  { at: 0, bytes: "\xfd7zXZ\0", name: "an xz archive" },
  { at: 0, bytes: "7z\xbc\xaf\x27\x1c", name: "a 7-Zip archive" },
  { at: 0, bytes: "Rar!", name: "a RAR archive" },
  { at: 257, bytes: "ustar", name: "a tar archive" },
  { at: 344, bytes: "n+1\0", name: "a NIfTI volume" },
  { at: 0, bytes: "\xd0\xcf\x11\xe0", name: "an old Office document" },
  { at: 0, bytes: "\x7fELF", name: "a program" },
  { at: 0, bytes: "MZ", name: "a program" },
];

const MARKUP: readonly (readonly [RegExp, string])[] = [
  [/^\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)?<svg\b/isu, "an SVG drawing"],
  [/^\s*<(!doctype html|html|head|body)\b/iu, "a web page"],
  [/^\s*<\?xml\b/iu, "an XML document"],
  [/^\s*[[{]/u, "JSON text"],
];

const PREAMBLE = 128;

/** Says what a file is from its first bytes; its name is never asked. */
export function readSignature(bytes: Uint8Array): FileSignature {
  // First: a DICOM preamble may itself start with the signature of another
  // format (PS3.10 7.1; abused in CVE-2019-11687).
  if (startsWith(bytes, PREAMBLE, "DICM")) return { film: "dicom" };
  if (startsWith(bytes, 0, "\x89PNG\r\n\x1a\n")) return { film: "png" };
  if (startsWith(bytes, 0, "\xff\xd8\xff")) return { film: "jpeg" };
  const other = OTHER_FORMATS.find((m) => startsWith(bytes, m.at, m.bytes));
  if (other !== undefined) return unlike(other.name);
  if (looksLikeBareDicom(bytes)) return { film: "dicom" };
  return unlike(describeUnknown(bytes));
}

function unlike(looksLike: string): FileSignature {
  return { film: null, looksLike, isPacked: looksLike.includes("archive") };
}

function startsWith(bytes: Uint8Array, at: number, magic: string): boolean {
  if (bytes.length < at + magic.length) return false;
  for (let i = 0; i < magic.length; i++) {
    if (bytes[at + i] !== magic.charCodeAt(i)) return false;
  }
  return true;
}

function describeUnknown(bytes: Uint8Array): string {
  if (bytes.length === 0) return "an empty file";
  const head = bytes.subarray(0, 512);
  if (head.every((b) => b === 0)) return "a file of zeros";
  if (!isText(head)) return "a file of no known picture format";
  const text = new TextDecoder().decode(head);
  return MARKUP.find(([pattern]) => pattern.test(text))?.[1] ?? "plain text";
}

function isText(head: Uint8Array): boolean {
  return head.every((b) => b >= 0x20 || b === 9 || b === 10 || b === 13);
}
