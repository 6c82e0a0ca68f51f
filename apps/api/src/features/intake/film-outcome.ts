import type { Readable } from "node:stream";
import type { StudyDetails } from "../film-identity/study-details.ts";
import { z } from "zod";

/** What became of one film that somebody sent. */
export interface FilmOutcome {
  file: string;
  /** Set aside is what lies beside films and is none: a CD's index, a viewer. */
  outcome: "accepted" | "duplicate" | "refused" | "set-aside";
  caseId: string | null;
  imageId: string | null;
  studyId: string | null;
  /** Refusal code, or a note: `unknown-patient`, `patient-mismatch`. */
  code: string | null;
  message: string | null;
  /**
   * Refused for its modality only: whoever looks at it may have it taken as a
   * chest film (`takeAs=chest`).
   */
  canBeTaken: boolean;
  /** The modality that the film states, where it is a matter of `canBeTaken`. */
  modality: string | null;
}

export interface IncomingFilm {
  siteId: string;
  fileName: string;
  body: Readable;
  details: StudyDetails;
  /** Somebody says that it is a chest film, whatever its modality is. */
  takeAsChest?: boolean;
  signal?: AbortSignal;
}

/** An outcome that was kept as JSON. */
export const filmOutcomeSchema: z.ZodType<FilmOutcome> = z.object({
  file: z.string(),
  outcome: z.enum(["accepted", "duplicate", "refused", "set-aside"]),
  caseId: z.string().nullable(),
  imageId: z.string().nullable(),
  studyId: z.string().nullable(),
  code: z.string().nullable(),
  message: z.string().nullable(),
  canBeTaken: z.boolean(),
  modality: z.string().nullable(),
});
