import { openPromise, type Entry, type ZipFile } from "yauzl";
import type { Leaks } from "./leak.ts";
import { unpacked } from "./unpacked.ts";

/** A file of the archive, unpacked. */
export interface ZipFileFound {
  /** Path, or "file 3" where the path is none that an export has. */
  shown: string;
  path: string;
  bytes: Buffer;
}

/** Paths that an export has; nothing of a person fits into one. */
const PATH =
  /^(?:images\/i-[0-9a-f]{16}\.png|dicom\/i-[0-9a-f]{16}\.dcm|manifest\.csv|labels\.csv|coco\.json|contents\.json|SHA256SUMS)$/;

/** 1 January 1980, 0:00, as ZIP writes it (APPNOTE 4.4.6): says nothing. */
const NO_DATE = 0x0021;

// Lengths of APPNOTE 4.3: central header, end of directory, those of ZIP64.
const CENTRAL = 46;
const END = 22;
const END_64 = 56 + 20;
/** Data descriptors with their signature, of 32 and 64 bits (APPNOTE 4.3.9). */
const DESCRIPTORS = [16, 24];
/** General purpose bit 3: a descriptor follows the data. */
const HAS_DESCRIPTOR = 0x8;
const ZIP64_FIELD = 1;
/** Larger files are none of an export: a film has 200 MiB at most. */
const MOST_BYTES = 512 * 2 ** 20;
const MOST_BYTES_64 = 2 ** 32 - 1;

/**
 * Opens a ZIP and gives each of its files, one in memory at a time. Every byte
 * of the archive must belong to a file or to the directory: comments, extra
 * fields, dates, and bytes before, between and behind are noted as leaks.
 *
 * @throws Error of a ZIP that cannot be read.
 */
export async function* walkZip(
  path: string,
  leaks: Leaks,
): AsyncGenerator<ZipFileFound> {
  const zip = await openPromise(path, {
    autoClose: false,
    strictFileNames: true,
    validateEntrySizes: true,
  });
  try {
    if (zip.comment !== "") leaks.add("archive", "comment", "HIDDEN_BYTES");
    let end = 0;
    let directory = 0;
    let between: readonly number[] = [0];
    const seen = new Set<string>();
    for await (const entry of zip.eachEntry()) {
      const { fileName } = entry;
      const isKnown = PATH.test(fileName) && !seen.has(fileName);
      seen.add(fileName);
      const shown = isKnown ? fileName : `file ${String(seen.size)}`;
      if (!isKnown) leaks.add(shown, "path", "UNEXPECTED");
      const local = await zip.readLocalFileHeaderPromise(entry);
      noteHeaders(entry, local, shown, leaks);
      const gap = entry.relativeOffsetOfLocalHeader - end;
      if (!between.includes(gap))
        leaks.add("archive", `before ${shown}`, "HIDDEN_BYTES");
      end = local.fileDataStart + entry.compressedSize;
      between =
        (entry.generalPurposeBitFlag & HAS_DESCRIPTOR) === 0
          ? [0]
          : DESCRIPTORS;
      directory +=
        CENTRAL +
        entry.fileNameLength +
        entry.extraFieldLength +
        entry.fileCommentLength;
      yield {
        shown,
        path: fileName,
        bytes: await unpack(zip, entry, shown, leaks),
      };
    }
    const rest = zip.fileSize - end - directory - END;
    if (!between.includes(rest) && !between.includes(rest - END_64))
      leaks.add("archive", "end", "HIDDEN_BYTES");
  } finally {
    zip.close();
  }
}

function noteHeaders(
  entry: Entry,
  local: Awaited<ReturnType<ZipFile["readLocalFileHeaderPromise"]>>,
  shown: string,
  leaks: Leaks,
): void {
  if (!("fileName" in local)) throw new Error("a local header without a name");
  const isOther =
    !local.fileName.equals(entry.fileNameRaw) || local.extraFieldLength > 0;
  if (isOther) leaks.add(shown, "local header", "HIDDEN_BYTES");
  if (entry.fileCommentLength > 0) leaks.add(shown, "comment", "HIDDEN_BYTES");
  const isZip64 =
    entry.extraFields.every(({ id }) => id === ZIP64_FIELD) &&
    (entry.relativeOffsetOfLocalHeader >= MOST_BYTES_64 ||
      entry.uncompressedSize >= MOST_BYTES_64);
  if (entry.extraFieldLength > 0 && !isZip64)
    leaks.add(shown, "extra field", "HIDDEN_BYTES");
  for (const { lastModFileDate, lastModFileTime } of [entry, local])
    if (lastModFileDate !== NO_DATE || lastModFileTime !== 0)
      leaks.add(shown, "time", "DATE");
}

async function unpack(
  zip: ZipFile,
  entry: Entry,
  shown: string,
  leaks: Leaks,
): Promise<Buffer> {
  if (Math.max(entry.compressedSize, entry.uncompressedSize) > MOST_BYTES)
    throw new Error(`${shown} is larger than any film`);
  const stream = await zip.openReadStreamPromise(entry, {
    decodeFileData: false,
  });
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer); // no encoding is set
  const packed = Buffer.concat(chunks);
  if (entry.compressionMethod === 0) return packed;
  const { bytes, hasMore } = unpacked(packed, "raw", MOST_BYTES);
  if (hasMore) leaks.add(shown, "behind its packed data", "HIDDEN_BYTES");
  return bytes;
}
