import type { Readable } from "node:stream";
import type { StudyDetails } from "./study-details.ts";

/** What became of one film that somebody sent. */
export interface FilmOutcome {
  file: string;
  outcome: "accepted" | "duplicate" | "refused";
  caseId: string | null;
  imageId: string | null;
  studyId: string | null;
  /** Refusal code, or a note: `unknown-patient`, `patient-mismatch`. */
  code: string | null;
  message: string | null;
}

export interface IncomingFilm {
  siteId: string;
  fileName: string;
  body: Readable;
  details: StudyDetails;
  signal?: AbortSignal;
}
