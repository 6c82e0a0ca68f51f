import type { DatasetFailure } from "@lung-iris/prisma";
import { ObjectStoreError } from "../../platform/object-store.ts";
import type { ScanResult } from "../export-scan/export-scan.service.ts";

/** Why an export ended without a file. */
export interface ExportFailure {
  /** What a page says in its own words. */
  code: DatasetFailure;
  /** The sentence of the log, the trail and the command line. */
  reason: string;
}

/** The queue gave up on it: it took its worker along each time. */
export const WORKER_ENDED: ExportFailure = {
  code: "WORKER_ENDED",
  reason: "The export ended its worker each time.",
};

/** Asked for by a release that did not write down which films it took. */
export class NoMembersError extends Error {
  override readonly name = "NoMembersError";
  constructor() {
    super(
      "This dataset was asked for in an earlier release. Make it again from its choice.",
    );
  }
}

/** Letters were found in every film that was chosen. */
export class NothingLeftError extends Error {
  override readonly name = "NothingLeftError";
  constructor() {
    super(
      "Letters were found in the picture of every film, so that none is left. Look at the films, or have the letters blanked.",
    );
  }
}

/** The second look found something that may not leave. */
export class HeldBackError extends Error {
  override readonly name = "HeldBackError";
  readonly result: ScanResult;
  constructor(result: ScanResult) {
    super("held back");
    this.result = result;
  }
}

/** What an export's last error says to people. */
export function failureOf(error: unknown): ExportFailure {
  if (error instanceof NoMembersError)
    return { code: "NO_MEMBERS", reason: error.message };
  if (error instanceof NothingLeftError)
    return { code: "NOTHING_LEFT", reason: error.message };
  if (error instanceof ObjectStoreError)
    return { code: STORE_CODES[error.code], reason: error.message };
  const detail = error instanceof Error ? error.name : "unknown error";
  return {
    code: "FILM_FAILED",
    reason: `A film could not be exported (${detail}). The log has the details.`,
  };
}

const STORE_CODES: Record<ObjectStoreError["code"], DatasetFailure> = {
  full: "STORE_FULL",
  missing: "FILM_MISSING",
  unavailable: "STORE_AWAY",
  // Neither is said of what an export reads or writes.
  "too-large": "FILM_FAILED",
  aborted: "FILM_FAILED",
};
