import type { FilmSet } from "../bars/bars-document.ts";

/** A rectangle in pixels of the film. */
export interface Region {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** A film whose answer is known. */
export interface KnownFilm {
  set: FilmSet;
  /** Whose it is: films of one patient are drawn together. */
  patient: string;
  isSick: boolean;
  ageYears: number | null;
  sex: "F" | "M" | "O" | null;
  /** Which machine, or which collection, it comes from. */
  source: string;
  /** Where the finding was marked; empty where nothing was. */
  regions: readonly Region[];
}
