import { ZoomTool, type Types } from "@cornerstonejs/tools";
import { dragWay } from "./zoom-bounds.ts";

type Dragged = Types.EventTypes.InteractionEventType;

/**
 * Cornerstone's zoom, which knows up and down only: a drag across zooms too.
 * `invert` is to be set, so that up is in.
 */
export class FilmZoomTool extends ZoomTool {
  static override readonly toolName = "FilmZoom";

  constructor(...given: ConstructorParameters<typeof ZoomTool>) {
    super(...given);
    const zoom = this.mouseDragCallback;
    this.mouseDragCallback = (event) => zoom(alongOneWay(event));
    this.touchDragCallback = this.mouseDragCallback;
  }
}

/** The same drag as one up or down. */
function alongOneWay(event: Dragged): Dragged {
  const { deltaPoints } = event.detail;
  const [x, y] = deltaPoints.canvas;
  return new CustomEvent(event.type, {
    detail: {
      ...event.detail,
      deltaPoints: { ...deltaPoints, canvas: [0, dragWay(x, y)] },
    },
  });
}
