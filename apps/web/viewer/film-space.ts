import type { Types } from "@cornerstonejs/core";
import type {
  Film,
  Point,
  ViewFrame,
} from "../src/features/viewer/viewer-contract.ts";

/** canvas = film × scale + offset, per axis, of the film as it is turned. */
export interface PlainTransform {
  readonly scaleX: number;
  readonly scaleY: number;
  readonly offsetX: number;
  readonly offsetY: number;
}

/** Film coordinates in Cornerstone's world (mm, or px). */
export interface FilmSpace {
  readonly toWorld: (point: Point) => Types.Point3;
  /** undefined while Cornerstone has not drawn the film yet */
  readonly transform: () => PlainTransform | undefined;
}

/**
 * @param backend Cornerstone's WebGL path puts the centre of the first pixel
 * at the world's origin (DICOM PS3.3 C.7.6.2.1.1), its processor path the
 * outer edge; both are half a pixel apart and each is consistent in itself.
 */
export function createFilmSpace(
  viewport: Pick<Types.IStackViewport, "worldToCanvas">,
  film: Film,
  backend: "cpu" | "gpu",
): FilmSpace {
  const [rowSpacing, columnSpacing] = film.pixelSpacing ?? [1, 1];
  const shift = backend === "gpu" ? 0.5 : 0;
  const toWorld = ({ x, y }: Point): Types.Point3 => [
    (x - shift) * columnSpacing,
    (y - shift) * rowSpacing,
    0,
  ];
  return {
    toWorld,
    transform: () => {
      const [left, top] = viewport.worldToCanvas(toWorld({ x: 0, y: 0 }));
      const [right, bottom] = viewport.worldToCanvas(
        toWorld({ x: film.width, y: film.height }),
      );
      const scaleX = (right - left) / film.width;
      const scaleY = (bottom - top) / film.height;
      if (!(scaleX > 0 && scaleY > 0)) return undefined;
      return { scaleX, scaleY, offsetX: left, offsetY: top };
    },
  };
}

/** How far two views may differ, in CSS pixels, and count as the same. */
const SAME_VIEW_PX = 1;

/** Whether the whole film is shown, centred and as large as it can be. */
export function isFitted(
  view: PlainTransform,
  film: Film,
  canvas: { readonly width: number; readonly height: number },
): boolean {
  const drawnWidth = film.width * view.scaleX;
  const drawnHeight = film.height * view.scaleY;
  const slackX = canvas.width - drawnWidth;
  const slackY = canvas.height - drawnHeight;
  return (
    Math.abs(Math.min(slackX, slackY)) < SAME_VIEW_PX &&
    Math.abs(view.offsetX - slackX / 2) < SAME_VIEW_PX &&
    Math.abs(view.offsetY - slackY / 2) < SAME_VIEW_PX
  );
}

/** What a transform shows of a film, without its size or the canvas's. */
export function frameOf(
  view: PlainTransform,
  film: Pick<Film, "width" | "height">,
  canvas: { readonly width: number; readonly height: number },
): ViewFrame {
  const fits = Math.min(
    canvas.width / (film.width * view.scaleX),
    canvas.height / (film.height * view.scaleY),
  );
  return {
    zoom: 1 / fits,
    x: (canvas.width / 2 - view.offsetX) / view.scaleX / film.width,
    y: (canvas.height / 2 - view.offsetY) / view.scaleY / film.height,
  };
}
