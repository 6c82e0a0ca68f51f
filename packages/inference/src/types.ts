/**
 * The words of the inference package: what goes in, what comes out.
 * `design.md` "Inference contract" is the source of the shapes.
 */

import type {
  DicomHeader,
  DisplayWindow,
  ModalityRule,
  SpacingKind,
} from "@lung-iris/dicom";

export type { DicomHeader, DisplayWindow, ModalityRule };

/** What the file's first bytes say it is; the name is never asked. */
export type FilmFormat = "png" | "jpeg" | "dicom";

/** Something about the film that a human should know; never silently repaired. */
export type FilmWarning =
  /** Tag says MONOCHROME1, pixels look like MONOCHROME2, or the reverse. */
  | "photometric-tag-contradicts-pixels"
  /** Its modality is no radiograph's; a person took it as a chest film. */
  | "modality-overruled"
  | "colour-converted-to-grey"
  | "several-frames-first-used"
  /** The picture's data is damaged: shown, but not assessed. */
  | "damaged-picture"
  /** Its codec (HTJ2K, RLE, JPEG of 12 bits) has nothing by which all damage would be noticed. */
  | "damage-would-not-show"
  /** The header says that letters, perhaps a name, are burnt into the pixels. */
  | "burned-in-annotation"
  /** Lines of letters were found in the pixels; a side marker alone is none. */
  | "text-in-picture"
  | "age-contradicts-birth-date"
  /** Drawings over the picture (group 60xx): a layer of its own, not assessed. */
  | "overlay-planes"
  /** Some of them cannot be read, and are not drawn. */
  | "overlay-left-out"
  /** Pixels that are not square were made so, to show true proportions. */
  | "pixels-made-square"
  | "header-repaired";

/**
 * A decoded film: grey, one sample a pixel, row by row from the top left,
 * a larger value is brighter on screen (MONOCHROME2 sense).
 */
export interface Film {
  width: number;
  height: number;
  /** `width * height` samples in 0…`maxValue`. */
  pixels: Uint16Array;
  /** 255 for 8-bit sources, 2^bits − 1 otherwise. */
  maxValue: number;
  bitsStored: number;
  format: FilmFormat;
  window: DisplayWindow;
  /** Millimetres a pixel [row, column], where the header tells. */
  pixelSpacing?: [number, number];
  /** Where the spacing holds; with `pixelSpacing` only. */
  spacingKind?: SpacingKind;
  /** What is damaged, in words; with the warning `damaged-picture` only. */
  damage?: string;
  header?: DicomHeader;
  warnings: FilmWarning[];
}

/** All of a film except its pixels. */
export type FilmInfo = Omit<Film, "pixels">;

/** Why a film was not assessed; in front of a human, never "normal". */
export const GATE_REASONS = [
  "not-a-chest-film",
  "lateral",
  "inverted",
  "rotated",
  "cut-off",
  "blank",
  "too-small",
  "damaged",
  "unreadable",
] as const;
export type GateReason = (typeof GATE_REASONS)[number];

/** The gate's verdict. */
export type Gate =
  | { status: "assessed"; reason: null }
  | { status: "not-assessed"; reason: GateReason; detail: string };

/**
 * What is known of the patient beside the film. An absent field is filled in
 * from the film's header; `null` says that nobody knows it, whatever the
 * header says: somebody looked and took it back.
 */
export interface AssessContext {
  ageYears?: number | null;
  sex?: "F" | "M" | "O" | null;
  /**
   * Somebody said that it is a lateral film, which goes before what the gate
   * sees: the net knows frontal films alone.
   */
  isLateral?: boolean;
}

/** One finding with its calibrated probability. */
export interface Finding {
  /** "pneumonia" and others named by the model's manifest. */
  code: string;
  /** SNOMED CT or RadLex concept. */
  concept: { system: "SNOMED CT" | "RadLex"; code: string; display: string };
  /** What the net said before calibration, on the scale of log odds. */
  score: number;
  /** Calibrated, 0…1: of films given 0.8, 80 % have it. */
  probability: number;
  /** 95 % interval of `probability` from the calibration fit. */
  interval: { low: number; high: number };
  /**
   * The model's own balanced operating point on the probability scale, for
   * the command line and evaluation. A site decides by its policy's.
   */
  threshold: number;
  positive: boolean;
  /**
   * Between the model's two cut-offs around its threshold: an answer that is
   * wrong too often to be taken for one.
   */
  unsure: boolean;
  /** False while its measured accuracy does not earn it a reader's eye. */
  shown: boolean;
  /** Which group's calibration was used, and how it was known. */
  group: { name: "child" | "adult"; from: "age" | "film" | "default" };
}

/**
 * Activation map of one finding: a non-negative grid in 0…1, row by row,
 * that covers the rectangle `rect` of the source film (source pixels).
 */
export interface ActivationMap {
  finding: string;
  width: number;
  height: number;
  values: Float32Array;
  rect: { x: number; y: number; width: number; height: number };
}

/**
 * A region in source pixels; `score` 0…1 is the map's mean inside it, `chance`
 * how likely its middle lies where a radiologist marks the finding, null of a
 * model that does not say.
 */
export interface Box {
  finding: string;
  x: number;
  y: number;
  width: number;
  height: number;
  score: number;
  chance: number | null;
}

export type EngineName = "onnxruntime" | "tensorflow" | "wasm";

/** What the film is like, measured on its way in; for the watch over drift. */
export interface InputFigures {
  /** Mean grey of the decoded samples, 0…1 of full scale: the exposure. */
  greyMean: number;
  /** From the 1st to the 99th percentile, 0…1 of full scale. */
  greySpan: number;
  /**
   * Squared distance from the films the model was trained on, about 1 for one
   * of them; null where the film did not come as far as the net.
   */
  gateDistance: number | null;
}

/** Everything that one forward pass says of one film. */
export interface Assessment {
  gate: Gate;
  /** Empty when the film was not assessed. */
  findings: Finding[];
  /** One map for every finding that is shown, its own. */
  cam: ActivationMap[];
  /** Of every finding shown: which of them count is for the threshold to say. */
  boxes: Box[];
  /** Null for a film whose pixels could not be read. */
  input: InputFigures | null;
  model: { id: string; sha256: string };
  engine: EngineName;
  /** Wall time of preprocess, forward pass, map and boxes. */
  milliseconds: number;
}
