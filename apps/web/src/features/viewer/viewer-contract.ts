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

/** How a film is turned, and mirrored after that. */
export interface Orientation {
  /** quarters clockwise */
  readonly turns: 0 | 1 | 2 | 3;
  /** left and right changed, as the turned film lies */
  readonly flipped: boolean;
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
  /**
   * How the file's pixels are laid before a reader turns them, where somebody
   * corrected that; film coordinates stay those of the file
   */
  readonly lies: Orientation;
}

/**
 * From film to canvas, as CSS's `matrix(a, b, c, d, e, f)` has it:
 * x' = a x + c y + e, y' = b x + d y + f. Films are turned by quarters only, so
 * that either a and d or b and c are 0.
 */
export interface ViewTransform {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
  readonly e: number;
  readonly f: number;
}

/** What a reader has done to a film's looks. */
export interface FilmLook {
  readonly window: VoiWindow;
  readonly inverted: boolean;
  readonly orientation: Orientation;
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

export interface ViewState extends FilmLook {
  readonly filmId: string;
  readonly transform: ViewTransform;
  /** CSS pixels a film pixel, across */
  readonly scale: number;
  readonly frame: ViewFrame;
  readonly fitted: boolean;
}

/** What the main button does; nothing where the page itself draws. */
export type ViewerTool = "window" | "zoom" | "pan" | "none";

export interface ViewerOptions {
  /** "auto" draws on the processor where WebGL is missing or emulated */
  readonly backend?: "auto" | "cpu" | "gpu";
}

export interface Viewer {
  readonly backend: "gpu" | "cpu";
  /** Resolves once the film is painted; rejects when it cannot be drawn. */
  readonly showFilm: (film: Film, look?: FilmLook) => Promise<void>;
  /** the film as it was handed in; null until the first one is shown */
  readonly film: () => Film | null;
  /** null until the first film is painted */
  readonly view: () => ViewState | null;
  readonly setTool: (tool: ViewerTool) => void;
  readonly setWindow: (window: VoiWindow) => void;
  readonly setInverted: (inverted: boolean) => void;
  readonly fit: () => void;
  /** one film pixel on one device pixel, around the centre */
  readonly oneToOne: () => void;
  /** zooms by `factor`, within bounds, and keeps the film point under `at` (canvas) in place */
  readonly zoomBy: (factor: number, at?: Point) => void;
  readonly panBy: (dx: number, dy: number) => void;
  /** Shows the same part of this film as another viewer does of its own. */
  readonly showFrame: (frame: ViewFrame) => void;
  /** Turns or mirrors the film, and fits it; resolves once it is painted. */
  readonly orient: (
    change: (before: Orientation) => Orientation,
  ) => Promise<void>;
  /** Called in the frame in which the film was painted anew. */
  readonly onViewChange: (listener: (view: ViewState) => void) => () => void;
  readonly destroy: () => void;
}

/** What the built file exports. */
export interface ViewerBundle {
  readonly createViewer: (
    element: HTMLDivElement,
    options: ViewerOptions,
  ) => Viewer;
}
