import type { Decision, Label, Sex } from "@lung-iris/prisma";
import type { Shape } from "../marks/mark-shapes.ts";
import type { Report, ReportLanguage } from "../reports/report.ts";

/** A mark of the key image, in source pixels, and what it shows or measures. */
export interface KeyMark extends Shape {
  number: number;
  name: string;
}

/** The film beside the text; `jpeg` is null where it could not be drawn. */
export interface KeyImage {
  width: number;
  height: number;
  jpeg: Buffer | null;
  marks: KeyMark[];
}

/** What the AI said; there only for whoever may see it. */
export interface AiPart {
  model: string;
  /** Of the leading finding; null where the film was not assessed. */
  answer: {
    name: string;
    probability: number;
    low: number;
    high: number;
    threshold: number;
  } | null;
  decision: Decision;
}

/** Everything that stands on a printed report, ready to be set. */
export interface ReportDocument {
  language: ReportLanguage;
  site: { name: string; code: string; timeZone: string | null };
  patient: {
    name: string;
    mrn: string | null;
    birthDate: Date | null;
    sex: Sex;
    /** The record may be another's: to be said on the paper too. */
    isCertain: boolean;
  };
  study: {
    accessionNumber: string | null;
    description: string | null;
    studyDate: Date | null;
    studyTime: string | null;
    referringPhysician: string | null;
  };
  /** Null where none was written. */
  report: Report | null;
  label: Label;
  signer: string;
  signedAt: Date;
  version: number;
  /** The version that took its place; null for the one that counts. */
  supersededBy: number | null;
  /** Given out before the signature: `signer` and `version` say by whom. */
  preliminary: { isSignedSince: boolean } | null;
  /**
   * Of what a junior signed and a senior has to: who did, with the same; null
   * where no senior has to.
   */
  authorisation: { by: { name: string; signedAt: Date } | null } | null;
  /** A film that the signer had not seen came since. */
  isReopened: boolean;
  amendReason: string | null;
  keyImage: KeyImage | null;
  ai: AiPart | null;
}
