import { Enums, RenderingEngine, type Types } from "@cornerstonejs/core";
import type {
  Film,
  FilmLook,
  Orientation,
  Point,
  Viewer,
  ViewerOptions,
  ViewFrame,
  ViewerTool,
  ViewState,
  ViewTransform,
  VoiWindow,
} from "../src/features/viewer/viewer-contract.ts";
import {
  rangeToWindow,
  usableWindow,
  windowToRange,
} from "../src/features/film-windows/window-level.ts";
import { holdFilm, releaseFilm, voiFunction } from "./film-loader.ts";
import {
  createFilmSpace,
  frameOf,
  isFitted,
  type FilmSpace,
  type PlainTransform,
} from "./film-space.ts";
import { moveFocus, zoomAround } from "./camera.ts";
import { followSize, sizeOf } from "./element-size.ts";
import { createTurns } from "./in-turn.ts";
import { createListeners } from "./listeners.ts";
import { listenToMouse } from "./mouse.ts";
import { orientationMatrix, orientFilm } from "./orient-film.ts";
import { createPainter, paintBy } from "./painter.ts";
import { startCornerstone } from "./start.ts";
import { createTools } from "./tools.ts";
import { listenToTouch } from "./touch.ts";
import { boundedFactor } from "./zoom-bounds.ts";

const { Events, ViewportType, InterpolationType } = Enums;

interface Shown {
  /** as it was handed in */
  readonly source: Film;
  readonly orientation: Orientation;
  /** turned and mirrored, as it is drawn */
  readonly film: Film;
  readonly imageId: string;
  readonly space: FilmSpace;
}

/** What is to be drawn next. */
interface Request {
  readonly source: Film;
  readonly look: FilmLook;
}

function asItIs({ window, lies }: Film): FilmLook {
  return { window, inverted: false, orientation: lies };
}

let viewerCount = 0;

/**
 * Puts a film viewer into `element`, which must have a size. The viewer
 * follows the element's size; `destroy` gives everything back.
 */
export function createViewer(
  element: HTMLDivElement,
  options: ViewerOptions,
): Viewer {
  const backend = startCornerstone(options.backend);
  viewerCount += 1;
  const viewportId = `film-viewer-${viewerCount}`;
  const engine = new RenderingEngine(`engine-${viewportId}`);
  engine.enableElement({
    viewportId,
    element,
    type: ViewportType.STACK,
    defaultOptions: { background: [0, 0, 0] },
  });
  // Cornerstone makes it focusable and then swallows every key pressed on it;
  // the focus, and the keys, belong to the page's element around it.
  element.removeAttribute("tabindex");
  const viewport = engine.getViewport<Types.IStackViewport>(viewportId);

  let shown: Shown | undefined;
  let drawnCount = 0;
  let lastView: ViewState | null = null;
  // The size that the film was last laid out for; a paint may come between a
  // change of the element and the news of it.
  let size = sizeOf(element);
  const viewChanged = createListeners<ViewState>();
  const tools = createTools(viewportId, engine.id);
  const painter = createPainter();

  const readView = (): ViewState | null => {
    const transform = shown?.space.transform();
    const { voiRange, invert } = viewport.getProperties();
    if (!shown || !transform || !voiRange) return null;
    return {
      filmId: shown.film.id,
      transform: onCanvas(transform, shown),
      scale: transform.scaleX,
      orientation: shown.orientation,
      frame: frameOf(transform, shown.film, size),
      window: rangeToWindow(voiRange),
      inverted: invert ?? false,
      fitted: isFitted(transform, shown.film, size),
    };
  };
  const rendered = () => {
    const view = readView();
    if (!view) return;
    lastView = view;
    viewChanged.tell(view);
  };
  const zoomBy = (factor: number, at?: Point) => {
    zoomAround(viewport, factor, at ?? centreOf(element));
    viewport.render();
  };
  /** What a reader zooms, within bounds. */
  const stepBy = (factor: number, at?: Point) => {
    const transform = shown?.space.transform();
    if (!shown || !transform) return;
    const { zoom } = frameOf(transform, shown.film, size);
    zoomBy(boundedFactor(zoom, factor), at);
  };
  const setWindow = (window: VoiWindow) => {
    const maxValue = shown?.film.maxValue ?? window.center;
    viewport.setProperties({
      voiRange: windowToRange(usableWindow(window, maxValue)),
    });
    viewport.render();
  };
  const fit = () => {
    viewport.resetCamera();
    viewport.render();
  };
  const showFrame = (frame: ViewFrame) => {
    const transform = shown?.space.transform();
    const { parallelScale } = viewport.getCamera();
    if (!shown || !transform || !parallelScale) return;
    const { film, space } = shown;
    const now = frameOf(transform, film, size);
    const [fromX, fromY] = space.toWorld(pointAt(now, film));
    const [toX, toY] = space.toWorld(pointAt(frame, film));
    moveFocus(
      viewport,
      [toX - fromX, toY - fromY],
      (parallelScale * now.zoom) / frame.zoom,
    );
    viewport.render();
  };
  const panBy = (dx: number, dy: number) => {
    const [fromX, fromY] = viewport.canvasToWorld([0, 0]);
    const [toX, toY] = viewport.canvasToWorld([dx, dy]);
    moveFocus(viewport, [fromX - toX, fromY - toY]);
    viewport.render();
  };
  /** Puts a film under the camera; its paint comes in its own time. */
  const lay = async ({ source, look }: Request) => {
    const film = orientFilm(source, look.orientation);
    const space = createFilmSpace(viewport, film, backend);
    drawnCount += 1;
    const name = `${viewportId}/${drawnCount}`;
    const imageId = holdFilm(name, film, paintBy(painter, film, space));
    const previous = shown;
    const painted = nextPaint(element);
    await viewport.setStack([imageId], 0);
    shown = {
      source,
      orientation: look.orientation,
      film,
      imageId,
      space,
    };
    viewport.setProperties({
      // Cornerstone's CPU path knows straight lines only and throws here.
      ...(backend === "gpu" ? { VOILUTFunction: voiFunction(film) } : {}),
      voiRange: windowToRange(usableWindow(look.window, film.maxValue)),
      interpolationType: InterpolationType.LINEAR,
      invert: look.inverted,
    });
    fit();
    return { painted, previous };
  };
  // One after another: what is asked of a film is asked of the one shown then.
  const inTurn = createTurns();
  const draw = async (request: () => Request | null) => {
    const laid = await inTurn(async () => {
      const wanted = request();
      return wanted && lay(wanted);
    });
    if (!laid) return;
    await laid.painted;
    rendered();
    if (laid.previous) releaseFilm(laid.previous.imageId);
  };
  let tool: ViewerTool = "window";
  const doubleTapped = () => {
    // Where the page draws, a second click belongs to what is drawn.
    if (tool !== "none") fit();
  };
  const stopInput = listenToMouse(element, stepBy, doubleTapped);
  const stopTouch = listenToTouch(element, {
    zoomBy: stepBy,
    panBy,
    doubleTapped,
  });
  element.addEventListener(Events.IMAGE_RENDERED, rendered);
  const stopResizing = followSize(element, (next) => {
    const before = lastView;
    size = next;
    engine.resize(true, true);
    const scale = shown?.space.transform()?.scaleX;
    if (!before || !scale) return;
    if (before.fitted) fit();
    else zoomBy(before.scale / scale);
  });

  return {
    backend,
    showFilm: (source, look) =>
      draw(() => ({ source, look: look ?? asItIs(source) })),
    film: () => shown?.source ?? null,
    view: () => lastView,
    setTool: (next) => {
      tool = next;
      tools.activate(next);
    },
    setWindow,
    setInverted: (invert) => {
      viewport.setProperties({ invert });
      viewport.render();
    },
    fit,
    oneToOne: () => {
      const scale = shown?.space.transform()?.scaleX;
      if (scale) zoomBy(1 / (canvasRatio(backend) * scale));
    },
    zoomBy: stepBy,
    showFrame,
    panBy,
    orient: (change) =>
      draw(() => {
        const view = readView();
        if (!shown || !view) return null;
        const { window, inverted } = view;
        const orientation = change(shown.orientation);
        return {
          source: shown.source,
          look: { window, inverted, orientation },
        };
      }),
    onViewChange: viewChanged.add,
    destroy: () => {
      stopResizing();
      stopInput();
      stopTouch();
      element.removeEventListener(Events.IMAGE_RENDERED, rendered);
      viewChanged.clear();
      painter.stop();
      tools.destroy();
      engine.destroy();
      if (shown) releaseFilm(shown.imageId);
    },
  };
}

/** From the film as it was handed in to the canvas. */
function onCanvas(
  { scaleX, scaleY, offsetX, offsetY }: PlainTransform,
  { source, orientation }: Shown,
): ViewTransform {
  const { a, b, c, d, e, f } = orientationMatrix(source, orientation);
  return {
    a: a * scaleX,
    b: b * scaleY,
    c: c * scaleX,
    d: d * scaleY,
    e: e * scaleX + offsetX,
    f: f * scaleY + offsetY,
  };
}

/** Canvas pixels in a CSS pixel; the processor path has one (build-viewer.ts). */
function canvasRatio(backend: Viewer["backend"]): number {
  return backend === "gpu" ? window.devicePixelRatio : 1;
}

/** The film point in the middle of a frame. */
function pointAt({ x, y }: ViewFrame, film: Film): Point {
  return { x: x * film.width, y: y * film.height };
}

function centreOf(element: HTMLElement): Point {
  return { x: element.clientWidth / 2, y: element.clientHeight / 2 };
}

function nextPaint(element: HTMLElement): Promise<void> {
  return new Promise((resolve) => {
    element.addEventListener(Events.IMAGE_RENDERED, () => resolve(), {
      once: true,
    });
  });
}
