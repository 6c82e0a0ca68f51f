import type { DataSet } from "../file/data-set.ts";
import { readDicomFile } from "../file/file-format.ts";
import type { Element } from "../file/reader.ts";
import { tagName } from "../file/tags.ts";
import type { PictureLimits } from "../picture-limits.ts";
import { dictionaryEntry } from "./dictionary.ts";
import { namesSomebodyElse } from "./other-people.ts";

/** Whom or what an element is about, for those who may see only some. */
export type HeaderSubject = "film" | "other-person" | "private";

/** One element of a header, for people to read. */
export interface HeaderElement {
  /** "(0010,0010)". */
  tag: string;
  /** As PS3.6 names it; null for a private or unknown element. */
  keyword: string | null;
  /** As written, else as PS3.6 has it; null where neither says. */
  vr: string | null;
  /** Null for bytes that are no text and no numbers, and for a sequence. */
  value: string | null;
  /** Length of the value in the file. */
  bytes: number;
  /** 0 at the top, one more inside each sequence. */
  depth: number;
  subject: HeaderSubject;
}

export interface HeaderList {
  elements: HeaderElement[];
  /** True where there are more than are listed. */
  isCut: boolean;
}

/** Real headers have a few hundred; more is no page to read. */
const MAX_LISTED = 3_000;
/** The longest text type in ordinary use (LT) has 10,240. */
const MAX_VALUE = 1_000;
const MAX_NUMBERS = 32;

/**
 * The elements of a DICOM file in order, those of sequences behind theirs. The
 * pixels are not decoded.
 *
 * @throws DicomError `unreadable` or `too-large`.
 */
export function listHeader(
  bytes: Uint8Array,
  limits: PictureLimits,
): HeaderList {
  const { meta, dataSet } = readDicomFile(bytes, limits);
  const elements: HeaderElement[] = [];
  const top = { depth: 0, subject: "film" } as const;
  const isWhole =
    addElements(elements, meta, top) && addElements(elements, dataSet, top);
  return { elements, isCut: !isWhole };
}

interface Place {
  depth: number;
  /** What the sequence around it is about. */
  subject: HeaderSubject;
}

/** @returns false where the list is full. */
function addElements(
  list: HeaderElement[],
  data: DataSet,
  place: Place,
): boolean {
  for (const element of data.elements()) {
    if (list.length >= MAX_LISTED) return false;
    const entry = dictionaryEntry(element.tag);
    const vr = element.vr ?? entry?.vr ?? null;
    const subject = subjectOf(element, entry, place.subject);
    const isOfItems = isSequence(vr, entry);
    list.push({
      tag: tagName(element.tag),
      keyword: entry?.keyword ?? null,
      vr,
      value: isOfItems ? null : valueOf(data, element, vr),
      bytes: element.bytes.length,
      depth: place.depth,
      subject,
    });
    if (!isOfItems) continue;
    const inside = { depth: place.depth + 1, subject };
    for (const item of data.items(element.tag)) {
      if (!addElements(list, item, inside)) return false;
    }
  }
  return true;
}

/** Whether an element holds items, by the file or by the standard. */
export function isSequence(
  vr: string | null,
  entry: { vr: string } | undefined,
): boolean {
  return vr === "SQ" || entry?.vr === "SQ";
}

/** Whom or what an element is about, inside a sequence that is about `around`. */
export function subjectOf(
  { tag, vr }: Pick<Element, "tag" | "vr">,
  entry: { vr: string; keyword: string } | undefined,
  around: HeaderSubject,
): HeaderSubject {
  // PS3.5 7.8: odd groups are private.
  if ((tag >>> 16) % 2 === 1) return "private";
  if (around !== "film") return around;
  return namesSomebodyElse({ tag, vr, entry }) ? "other-person" : "film";
}

const TEXT_VRS = new Set(
  "AE AS CS DA DS DT IS LO LT PN SH ST TM UC UI UR UT".split(" "),
);

function valueOf(
  data: DataSet,
  { tag, bytes, encoding }: Element,
  vr: string | null,
): string | null {
  if (vr !== null && TEXT_VRS.has(vr)) {
    const text = data.text(tag) ?? "";
    return text.length > MAX_VALUE ? `${text.slice(0, MAX_VALUE)}…` : text;
  }
  const number = NUMBERS[vr ?? ""];
  if (number === undefined) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const count = Math.floor(bytes.length / number.size);
  const values = Array.from({ length: Math.min(count, MAX_NUMBERS) }, (_, at) =>
    number.read(view, at * number.size, encoding.littleEndian),
  );
  return `${values.join("\\")}${count > MAX_NUMBERS ? "\\…" : ""}`;
}

interface NumberType {
  size: number;
  read: (view: DataView, at: number, isLittle: boolean) => number | string;
}

/** Binary numbers of PS3.5 table 6.2-1. */
const NUMBERS: Readonly<Record<string, NumberType>> = {
  US: { size: 2, read: (view, at, isLittle) => view.getUint16(at, isLittle) },
  SS: { size: 2, read: (view, at, isLittle) => view.getInt16(at, isLittle) },
  UL: { size: 4, read: (view, at, isLittle) => view.getUint32(at, isLittle) },
  SL: { size: 4, read: (view, at, isLittle) => view.getInt32(at, isLittle) },
  FL: { size: 4, read: (view, at, isLittle) => view.getFloat32(at, isLittle) },
  FD: { size: 8, read: (view, at, isLittle) => view.getFloat64(at, isLittle) },
  AT: {
    size: 4,
    read: (view, at, isLittle) =>
      tagName(
        view.getUint16(at, isLittle) * 0x10000 +
          view.getUint16(at + 2, isLittle),
      ),
  },
};
