import type { NotAChestKind } from "../not-a-chest.ts";
import type { Build, LungSite, Pathology, View } from "../types.ts";
import type { DemoFlag } from "./demo-types.ts";

/** One film as the roster tells it. */
export interface RosterFilm {
  readonly seed: number;
  readonly minutesBeforeNow: number;
  readonly format: "png" | "jpeg" | "dicom";
  readonly view?: View;
  readonly pathology?: Pathology;
  readonly sites?: readonly LungSite[];
  readonly extent?: number;
  readonly density?: number;
  readonly flags?: readonly DemoFlag[];
  readonly note?: string;
  readonly notAChest?: NotAChestKind;
  readonly photometric?: "MONOCHROME1";
  readonly implicit?: true;
  readonly bitsStored?: number;
}

/** One invented patient as the roster tells it. */
export interface RosterPatient {
  readonly family: string;
  readonly given: string;
  readonly sex: "F" | "M";
  /** ISO date. */
  readonly born: string;
  readonly weightKg: number;
  readonly build?: Build;
  readonly films: readonly RosterFilm[];
}
