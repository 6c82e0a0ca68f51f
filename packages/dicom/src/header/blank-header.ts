import { DicomError } from "../errors.ts";
import type { DataSet } from "../file/data-set.ts";
import { readDicomFile } from "../file/file-format.ts";
import type { Element } from "../file/reader.ts";
import { TAG } from "../file/tags.ts";
import type { PictureLimits } from "../picture-limits.ts";
import { dictionaryEntry } from "./dictionary.ts";
import { isSequence, subjectOf, type HeaderSubject } from "./header-list.ts";

/** Values of these are text, for which a blank is nothing; others are zeros. */
const BINARY_VRS = new Set(
  "AT FL FD OB OD OF OL OV OW SL SS SV UL UN US UV".split(" "),
);
const BLANK = 0x20;

/**
 * A DICOM file without the values of some of its header: as long as before, each
 * such value blanks or zeros, nothing else touched. What stands behind the
 * pixels, which no reader here looks at, is cut off.
 *
 * @param hidden whom or what the values are about that are left out.
 * @returns the very bytes handed in where nothing is hidden.
 * @throws DicomError `unreadable`; `unsupported-format` for a file whose data
 *   set is packed as a whole, in which nothing can be left out.
 */
export function blankHeader(
  bytes: Uint8Array,
  limits: PictureLimits,
  hidden: ReadonlySet<HeaderSubject>,
): Uint8Array {
  const { meta, dataSet } = readDicomFile(bytes, limits);
  const blanks = [meta, dataSet].flatMap((part) =>
    blanksIn(part, "film", hidden),
  );
  const end = endOf(bytes, dataSet);
  if (blanks.length === 0 && end === bytes.length) return bytes;
  const isPacked = dataSet
    .elements()
    .some((element) => element.bytes.buffer !== bytes.buffer);
  if (isPacked) {
    throw new DicomError(
      "unsupported-format",
      "The DICOM file is packed as a whole: nothing can be left out of it.",
    );
  }
  // Not slice: a Buffer's is a view of the very file.
  const copy = new Uint8Array(bytes.subarray(0, end));
  for (const { element, fill } of blanks) {
    const from = element.bytes.byteOffset - bytes.byteOffset;
    copy.fill(fill, from, from + element.bytes.length);
  }
  return copy;
}

interface Blank {
  element: Element;
  fill: number;
}

/** Hidden elements at the ends of all branches: sequences keep their shape. */
function blanksIn(
  data: DataSet,
  around: HeaderSubject,
  hidden: ReadonlySet<HeaderSubject>,
): Blank[] {
  return data.elements().flatMap((element): Blank[] => {
    const entry = dictionaryEntry(element.tag);
    const subject = subjectOf(element, entry, around);
    const vr = element.vr ?? entry?.vr ?? null;
    if (element.undefinedLength || isSequence(vr, entry)) {
      if (element.tag === TAG.pixelData) return [];
      return data
        .items(element.tag)
        .flatMap((item) => blanksIn(item, subject, hidden));
    }
    if (!hidden.has(subject) || element.bytes.length === 0) return [];
    const isBinary = vr === null || BINARY_VRS.has(vr);
    return [{ element, fill: isBinary ? 0 : BLANK }];
  });
}

/** Where the pixels end, their delimiter included. */
function endOf(bytes: Uint8Array, data: DataSet): number {
  const pixels = data.element(TAG.pixelData);
  if (pixels?.bytes.buffer !== bytes.buffer) return bytes.length;
  const start = pixels.bytes.byteOffset - bytes.byteOffset;
  if (!pixels.undefinedLength) return start + pixels.bytes.length;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = start;
  while (at + 8 <= bytes.length) {
    const tag =
      view.getUint16(at, true) * 0x10000 + view.getUint16(at + 2, true);
    if (tag === TAG.sequenceDelimitation) return at + 8;
    if (tag !== TAG.item) break;
    at += 8 + view.getUint32(at + 4, true);
  }
  return bytes.length;
}
