/**
 * What the page and the viewer bundle (`apps/web/viewer`) agree on. Types
 * only: the page never imports the bundle's code, it loads the built file.
 *
 * Coordinates. "Film" coordinates count source pixels from the outer edge of
 * the first pixel: x in 0…width, y in 0…height, y downwards. Predictions and
 * reviews store boxes in them. "Canvas" coordinates are CSS pixels from the
 * top left corner of the viewer's element.
 */

/** VOI window in stored values, DICOM PS3.3 C.11.2.1.2. */
export interface VoiWindow {
  readonly center: number;
  readonly width: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A rectangle in film coordinates. */
export interface FilmBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** One film at full depth, MONOCHROME2 (greater is brighter). */
export interface Film {
  readonly id: string;
  readonly width: number;
  readonly height: number;
  /** row by row, width × height samples */
  readonly pixels: Uint16Array;
  readonly maxValue: number;
  readonly window: VoiWindow;
  /** how values between the window's ends are shown (C.11.2.1.3) */
  readonly windowShape: "linear" | "sigmoid";
  /** mm between rows, mm between columns (PS3.3 10.7.1.3); null: unknown */
  readonly pixelSpacing: readonly [number, number] | null;
}

/** canvas = film × scale + offset, per axis. */
export interface ViewTransform {
  readonly scaleX: number;
  readonly scaleY: number;
  readonly offsetX: number;
  readonly offsetY: number;
}

/** Which part of a film is shown, in terms that another film can follow. */
export interface ViewFrame {
  /** 1 shows the whole film as large as it can be */
  readonly zoom: number;
  /** the film point in the middle of the canvas, in parts of its width… */
  readonly x: number;
  /** …and of its height */
  readonly y: number;
}

export interface ViewState {
  readonly filmId: string;
  readonly transform: ViewTransform;
  readonly frame: ViewFrame;
  readonly window: VoiWindow;
  readonly inverted: boolean;
  readonly fitted: boolean;
}

export interface ViewerMark extends FilmBox {
  readonly id: string;
}

export type ViewerTool = "window" | "zoom" | "pan" | "ruler" | "box";

/** CSS colours, taken from the theme by the page. */
export interface ViewerColors {
  readonly mark: string;
  readonly markActive: string;
  readonly ruler: string;
}

export interface ViewerOptions {
  readonly colors: ViewerColors;
  /** writes a length, for example "41.3 mm" */
  readonly formatLength: (value: number, unit: "mm" | "px") => string;
  /** "auto" draws on the processor where WebGL is missing or emulated */
  readonly backend?: "auto" | "cpu" | "gpu";
}

export interface Viewer {
  readonly backend: "gpu" | "cpu";
  /** Resolves once the film is painted; rejects when it cannot be drawn. */
  readonly showFilm: (film: Film) => Promise<void>;
  /** null until the first film is painted */
  readonly view: () => ViewState | null;
  readonly setTool: (tool: ViewerTool) => void;
  readonly setWindow: (window: VoiWindow) => void;
  /** back to the film's own window */
  readonly resetWindow: () => void;
  readonly setInverted: (inverted: boolean) => void;
  readonly fit: () => void;
  /** one film pixel on one device pixel, around the centre */
  readonly oneToOne: () => void;
  /** zooms by `factor` and keeps the film point under `at` (canvas) in place */
  readonly zoomBy: (factor: number, at?: Point) => void;
  readonly panBy: (dx: number, dy: number) => void;
  /** Shows the same part of this film as another viewer does of its own. */
  readonly showFrame: (frame: ViewFrame) => void;
  /** Replaces the marks drawn on the current film. */
  readonly setMarks: (marks: readonly ViewerMark[], editable: boolean) => void;
  readonly selectMark: (id: string | null) => void;
  readonly clearRulers: () => void;
  /** Called in the frame in which the film was painted anew. */
  readonly onViewChange: (listener: (view: ViewState) => void) => () => void;
  /** Called when the reader drew, moved or resized a mark. */
  readonly onMarksChange: (
    listener: (marks: readonly ViewerMark[]) => void,
  ) => () => void;
  /** Called when the reader finished drawing a new mark. */
  readonly onMarkDrawn: (listener: (mark: ViewerMark) => void) => () => void;
  readonly onMarkSelected: (
    listener: (id: string | null) => void,
  ) => () => void;
  readonly destroy: () => void;
}

/** What the built file exports. */
export interface ViewerBundle {
  readonly createViewer: (
    element: HTMLDivElement,
    options: ViewerOptions,
  ) => Viewer;
}
