import type { FilmDetails } from "../film-details/film-details.ts";
import type { ByFile } from "./by-files.ts";
import type { FilmKind } from "./film-kind.ts";

/** How far one film is. */
export type FilmStatus =
  /** Its first bytes are being looked at. */
  | { step: "new" }
  /** It lies beside films and is none; it is sent only if a person insists. */
  | { step: "aside"; kind: ByFile }
  /** A picture says nothing of its patient: a person fills in or confirms. */
  | { step: "held" }
  | { step: "queued" }
  /** `sent` 0…1; at 1 the server is looking at it. */
  | { step: "sending"; sent: number }
  /** It will be tried again by itself; `sent` as it was when it broke. */
  | { step: "retrying"; code: string; attempt: number; sent?: number }
  | { step: "done"; result: FilmResult }
  /** Not sent; a person can try again. */
  | { step: "failed"; code: string; message: string | null };

export interface FilmResult {
  outcome: "accepted" | "duplicate" | "refused" | "set-aside";
  caseId: string | null;
  imageId: string | null;
  /** Why it was refused, or a note such as `unknown-patient`. */
  code: string | null;
  message: string | null;
  /** Refused for its modality only; a person may take it as a chest film. */
  canBeTaken: boolean;
  /** The modality that the film states, with `canBeTaken`. */
  modality: string | null;
}

export interface UploadFilm {
  id: string;
  /** With its folders, where it came out of one. */
  name: string;
  bytes: number;
  kind: FilmKind | null;
  status: FilmStatus;
  /** Over the shared details; what is absent takes theirs. */
  details: Partial<FilmDetails>;
  /** A person has said that it is a chest film, whatever its modality is. */
  isTakenAsChest?: boolean;
}

export interface UploadState {
  films: readonly UploadFilm[];
  shared: FilmDetails;
  siteId: string | null;
}

export interface UploadCounts {
  /** Without what was set aside. */
  total: number;
  /** Beside the films and none. */
  aside: number;
  held: number;
  /** Queued, sending or about to be tried again. */
  underWay: number;
  accepted: number;
  duplicate: number;
  refused: number;
  failed: number;
}

export function countFilms(films: readonly UploadFilm[]): UploadCounts {
  const counts: UploadCounts = {
    total: 0,
    aside: 0,
    held: 0,
    underWay: 0,
    accepted: 0,
    duplicate: 0,
    refused: 0,
    failed: 0,
  };
  for (const { status } of films) counts[bucketOf(status)] += 1;
  counts.total = films.length - counts.aside;
  return counts;
}

/** What the table can be narrowed to; what a person must act on comes first. */
export const FILM_GROUPS = [
  "notTaken",
  "held",
  "underWay",
  "accepted",
  "duplicate",
] as const;
export type FilmGroup = (typeof FILM_GROUPS)[number];

/**
 * Refused or not sent: for who brought them it is the same. What was set aside
 * is in no group.
 */
export function groupOf(status: FilmStatus): FilmGroup | null {
  const bucket = bucketOf(status);
  if (bucket === "aside") return null;
  return bucket === "refused" || bucket === "failed" ? "notTaken" : bucket;
}

/** The groups that have films, with how many. */
export function groupFilms(
  films: readonly UploadFilm[],
): ReadonlyMap<FilmGroup, number> {
  const groups = new Map<FilmGroup, number>();
  for (const name of FILM_GROUPS) {
    const count = films.filter(({ status }) => groupOf(status) === name).length;
    if (count > 0) groups.set(name, count);
  }
  return groups;
}

function bucketOf(status: FilmStatus): Exclude<keyof UploadCounts, "total"> {
  switch (status.step) {
    case "held":
      return "held";
    case "new":
    case "queued":
    case "sending":
    case "retrying":
      return "underWay";
    case "aside":
      return "aside";
    case "done":
      return status.result.outcome === "set-aside"
        ? "aside"
        : status.result.outcome;
    case "failed":
      return "failed";
  }
}

/** Whether pictures waited for their patients, and each of them is here now. */
export function areHeldSent(films: readonly UploadFilm[]): boolean {
  const pictures = films.filter(({ kind }) => kind === "picture");
  const isHere = ({ status }: UploadFilm) =>
    status.step === "done" &&
    (status.result.outcome === "accepted" ||
      status.result.outcome === "duplicate");
  return pictures.length > 0 && pictures.every(isHere);
}

/** Whether closing the page now would lose something. */
export function hasUnsent(counts: UploadCounts): boolean {
  return counts.held + counts.underWay > 0;
}

/** Failures that go away by themselves: the line, a server that restarts. */
const PASSING = [
  "NETWORK",
  "API_UNREACHABLE",
  "UNAVAILABLE",
  "RATE_LIMITED",
  "REQUEST_TOO_SLOW",
  "STALLED",
  // Another request of the same upload was first: it is asked how much is here.
  "UPLOAD_OFFSET",
];
/** Pauses before the next tries; after the last one a person decides. */
const RETRY_MS = [2_000, 5_000, 15_000, 30_000];

/** How long to wait before trying again, or null when that is no use. */
export function retryAfter(code: string, attempt: number): number | null {
  return PASSING.includes(code) ? (RETRY_MS[attempt - 1] ?? null) : null;
}
