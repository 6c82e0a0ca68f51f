import { z } from "zod";

/** What kind of thing was found where none may be. */
export const LEAK_KINDS = [
  /** A patient's, reader's or physician's name, or a part of it. */
  "NAME",
  "RECORD_NUMBER",
  "ACCESSION_NUMBER",
  "DATE",
  "UID",
  /** An id of the desk's own tables. */
  "INTERNAL_ID",
  /** A user's address for signing in. */
  "ACCOUNT",
  /** Words that somebody typed. */
  "FREE_TEXT",
  "FILE_NAME",
  /** A hospital, department or machine. */
  "PLACE",
  /** The checksum of an original film, by which it can be known again. */
  "CHECKSUM",
  /** Something that the format of an export does not provide for. */
  "UNEXPECTED",
  /** Bytes that no reader of the format shows. */
  "HIDDEN_BYTES",
  /** Letters in a picture. */
  "PICTURE_TEXT",
] as const;
export type LeakKind = (typeof LEAK_KINDS)[number];

/** One place of an export where something stands that may not leave. */
export interface Leak {
  /** Path in the archive, or "file 12" where the path itself may tell. */
  entry: string;
  /** "line 3, view", "chunk tEXt", "element 00100010"; never the value. */
  place: string;
  kind: LeakKind;
}

/** Places that are kept; the rest is counted. */
const KEPT = 50;

/** What a scan found: the first places one by one, and how many in all. */
export class Leaks {
  readonly found: Leak[] = [];
  total = 0;

  add(entry: string, place: string, kind: LeakKind): void {
    const isKnown = this.found.some(
      (leak) =>
        leak.entry === entry && leak.place === place && leak.kind === kind,
    );
    if (isKnown) return;
    this.total += 1;
    if (this.found.length < KEPT) this.found.push({ entry, place, kind });
  }
}

/** Leaks as they stand in the row of a dataset. */
export const leaksSchema = z.array(
  z.object({ entry: z.string(), place: z.string(), kind: z.enum(LEAK_KINDS) }),
);
