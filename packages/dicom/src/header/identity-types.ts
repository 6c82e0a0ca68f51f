/** One component group of a person's name (PS3.5 6.2.1); "" where empty. */
export interface NameParts {
  family: string;
  given: string;
  middle: string;
  prefix: string;
  suffix: string;
}

/** The groups of a person's name that say something. */
export interface PersonNames {
  alphabetic?: NameParts;
  ideographic?: NameParts;
  phonetic?: NameParts;
}

/** When a film was taken, by the clock on the wall where it was taken. */
export interface ExamTime {
  /** ISO date, yyyy-mm-dd; null where the header names no day. */
  date: string | null;
  /** "HH:MM:SS"; null where unknown: never midnight in its place. */
  time: string | null;
  /** Minutes east of UTC; null where the header does not say. */
  zoneMinutes: number | null;
}

/** The device's own words on the series. */
export interface SeriesHeader {
  description: string | null;
  number: number | null;
  /** L, R or B; null where the header does not say. */
  laterality: string | null;
  station: string | null;
  manufacturer: string | null;
  model: string | null;
}

/** Whose film, from where, when: what other systems name a film by. */
export interface FilmIdentityHeader {
  names: PersonNames;
  /** Who gave out the record number (0010,0021). */
  issuer: string | null;
  examTime: ExamTime;
  /** PatientAge (0010,1010) as it stands. */
  statedAge: string | null;
  /** The same in years; null for "000Y" and its like, which say "unknown". */
  statedAgeYears: number | null;
  sopClassUid: string | null;
  referringPhysician: string | null;
  requestedProcedure: string | null;
  /** Where the patient lay: Current Patient Location (0038,0300). */
  ward: string | null;
  /** The department that the device stands in (0008,1040). */
  department: string | null;
  series: SeriesHeader;
}
