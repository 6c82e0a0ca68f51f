import type { FilmIdentityHeader } from "./header/identity-types.ts";

/** Header values of a DICOM film, cleaned; absent where the header has none. */
export interface DicomHeader {
  patientId?: string;
  /** Person name as display text: "FAMILY, Given". */
  patientName?: string;
  /** ISO date, yyyy-mm-dd. */
  patientBirthDate?: string;
  patientSex?: "F" | "M" | "O";
  /**
   * Years; fractions for days, weeks and months (0010,1010). From the dates
   * where the age says nothing or contradicts them.
   */
  patientAgeYears?: number;
  /** Age and birth date differ by more than a year; the dates were taken. */
  ageContradictsBirthDate?: true;
  patientWeightKg?: number;
  studyInstanceUid?: string;
  seriesInstanceUid?: string;
  sopInstanceUid?: string;
  accessionNumber?: string;
  /**
   * ISO date-time without zone, or only the date where the time is unknown.
   * Both come from one source: study, acquisition, content or series.
   */
  studyDateTime?: string;
  /** "+07:00", where the header states the zone of its times. */
  timezone?: string;
  /** The header says that letters are burnt into the pixels (0028,0301). */
  burnedInAnnotation?: true;
  studyDescription?: string;
  modality?: string;
  bodyPart?: string;
  viewPosition?: string;
  institution?: string;
  /** Name in its parts, time of the examination, series: for other systems. */
  identity: FilmIdentityHeader;
  photometricInterpretation: string;
  transferSyntaxUid: string;
}

/**
 * Display window in the units of `pixels` (DICOM PS3.3 C.11.2). `shape` is how
 * values between its ends are shown; linear where absent.
 */
export interface DisplayWindow {
  center: number;
  width: number;
  shape?: "linear" | "linear-exact" | "sigmoid" | undefined;
}
