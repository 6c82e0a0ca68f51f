/** Whose film it says it is. */
export interface DicomPatient {
  readonly familyName: string;
  readonly givenName: string;
  readonly id: string;
  /** YYYYMMDD. */
  readonly birthDate?: string;
  readonly sex: "F" | "M" | "O";
  readonly ageYears?: number;
  readonly weightKg?: number;
}

/** The examination it belongs to. */
export interface DicomStudy {
  /** YYYYMMDD. */
  readonly date: string;
  /** HHMMSS. */
  readonly time: string;
  readonly accessionNumber: string;
  readonly description: string;
  readonly institution?: string;
  /** Where the patient lies, (0038,0300). */
  readonly ward?: string;
}
