import { greyTable } from "../src/features/film-windows/grey-table.ts";
import type {
  Film,
  VoiWindow,
} from "../src/features/viewer/viewer-contract.ts";
import type { Paint } from "./film-loader.ts";
import type { FilmSpace, PlainTransform } from "./film-space.ts";
import { greyPixels, paintFilm } from "./paint-film.ts";

/** What a canvas is to show. */
export interface Painting {
  readonly canvas: HTMLCanvasElement;
  readonly film: Film;
  readonly view: PlainTransform;
  readonly window: VoiWindow;
  readonly inverted: boolean;
}

export interface Painter {
  readonly paint: (painting: Painting) => void;
  /** nothing is painted behind this */
  readonly stop: () => void;
}

/** A picture that takes longer is painted coarsely while it moves. */
const SLOW_MS = 12;
/** What has not changed for this long is at rest. */
const REST_MS = 120;

/**
 * Paints films on the processor, in place of Cornerstone, which windows every
 * pixel of a film for each change: a fifth of a second for 6000 × 6000. A
 * screen that takes too long is painted at half its size while the film moves,
 * and whole as soon as it rests.
 */
export function createPainter(): Painter {
  const greysOf = rememberGreys();
  const whole = createSheet();
  const half = createSheet();
  let cost = 0;
  let paintedAt = Number.NEGATIVE_INFINITY;
  let resting: ReturnType<typeof setTimeout> | undefined;

  const paintWhole = (painting: Painting) => {
    const begun = performance.now();
    const { canvas, film, view } = painting;
    const sheet = whole(canvas.width, canvas.height);
    paintFilm(film, greysOf(painting), view, sheet);
    canvas.getContext("2d")?.putImageData(sheet.data, 0, 0);
    paintedAt = performance.now();
    cost = paintedAt - begun;
  };
  const paintCoarsely = (painting: Painting) => {
    const { canvas, film, view } = painting;
    const sheet = half(
      Math.ceil(canvas.width / 2),
      Math.ceil(canvas.height / 2),
    );
    paintFilm(film, greysOf(painting), halfView(view), sheet);
    sheet.canvas().getContext("2d")?.putImageData(sheet.data, 0, 0);
    const context = canvas.getContext("2d");
    if (!context) return;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.imageSmoothingEnabled = true;
    context.drawImage(sheet.canvas(), 0, 0, 2 * sheet.width, 2 * sheet.height);
    paintedAt = performance.now();
  };
  return {
    paint: (painting) => {
      clearTimeout(resting);
      const isMoving = performance.now() - paintedAt < REST_MS;
      if (!isMoving || cost <= SLOW_MS) {
        paintWhole(painting);
        return;
      }
      paintCoarsely(painting);
      resting = setTimeout(() => paintWhole(painting), REST_MS);
    },
    stop: () => clearTimeout(resting),
  };
}

/** What Cornerstone calls for a film instead of its own drawing. */
export function paintBy(painter: Painter, film: Film, space: FilmSpace): Paint {
  return ({ canvas, viewport }) => {
    const view = space.transform();
    const { voi, invert = false } = viewport ?? {};
    if (!canvas || !voi || !view) return;
    const { windowCenter: center, windowWidth: width } = voi;
    const window = { center, width };
    painter.paint({ canvas, film, view, window, inverted: invert });
  };
}

function halfView(view: PlainTransform): PlainTransform {
  return {
    scaleX: view.scaleX / 2,
    scaleY: view.scaleY / 2,
    offsetX: view.offsetX / 2,
    offsetY: view.offsetY / 2,
  };
}

/** The greys of the last window: a film that is moved keeps them. */
function rememberGreys(): (painting: Painting) => Uint32Array {
  let of: Painting | undefined;
  let greys: Uint32Array = new Uint32Array();
  return (painting) => {
    const isSame =
      of?.film === painting.film &&
      of.inverted === painting.inverted &&
      of.window.center === painting.window.center &&
      of.window.width === painting.window.width;
    if (!isSame) {
      const { film, window, inverted } = painting;
      greys = greyPixels(greyTable(film, window, inverted));
      of = painting;
    }
    return greys;
  };
}

/** A picture of a canvas's size, made anew when that changes. */
interface Sheet {
  readonly width: number;
  readonly height: number;
  readonly data: ImageData;
  readonly pixels: Uint32Array;
  /** of the same size, for drawing the picture larger */
  readonly canvas: () => HTMLCanvasElement;
}

function createSheet(): (width: number, height: number) => Sheet {
  let sheet: Sheet | undefined;
  return (width, height) => {
    if (sheet?.width !== width || sheet.height !== height) {
      const data = new ImageData(width, height);
      const pixels = new Uint32Array(data.data.buffer);
      let canvas: HTMLCanvasElement | undefined;
      sheet = {
        width,
        height,
        data,
        pixels,
        canvas: () => (canvas ??= canvasOf(width, height)),
      };
    }
    return sheet;
  };
}

function canvasOf(width: number, height: number): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = height;
  return canvas;
}
