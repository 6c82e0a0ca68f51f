import type { DicomOptions } from "../encode/dicom.ts";
import type { DicomPatient, DicomStudy } from "../encode/dicom-subject.ts";
import type { NotAChestKind } from "../not-a-chest.ts";
import type { PhantomOptions, View } from "../types.ts";

/** What triage is told of a patient's state; the codes the upload form takes. */
export type DemoFlag =
  | "emergency"
  | "low-spo2"
  | "sepsis"
  | "intensive-care"
  | "fever"
  | "cough"
  | "dyspnoea"
  | "tachypnoea"
  | "immunosuppressed";

/** What a demo film shows: a synthetic chest, or something else by mistake. */
export type DemoContent =
  | { readonly kind: "phantom"; readonly options: PhantomOptions }
  | {
      readonly kind: "not-a-chest";
      readonly what: NotAChestKind;
      readonly seed: number;
    };

/** One film of an invented patient, with all that rendering it needs. */
export interface DemoFilm {
  /** Unique among all demo films. */
  readonly fileName: string;
  readonly format: "png" | "jpeg" | "dicom";
  readonly content: DemoContent;
  readonly view: View;
  /** When it was taken, minutes before "now". */
  readonly minutesBeforeNow: number;
  readonly takenAt: Date;
  /** Age at that time. */
  readonly ageYears: number;
  readonly accessionNumber: string;
  readonly description: string;
  readonly clinicalFlags: readonly DemoFlag[];
  readonly clinicalNote: string | null;
  /** What the DICOM header says; PNG and JPEG carry none of it. */
  readonly patient: DicomPatient;
  readonly study: DicomStudy;
  readonly dicomOptions: DicomOptions;
}

/** An invented patient. Any likeness to a person is chance. */
export interface DemoPatient {
  readonly mrn: string;
  readonly familyName: string;
  readonly givenName: string;
  /** "Family, Given", the way a DICOM header's name is shown. */
  readonly name: string;
  readonly sex: "F" | "M";
  /** ISO date. */
  readonly birthDate: string;
  readonly weightKg: number;
  /** Oldest first. */
  readonly films: readonly DemoFilm[];
}
