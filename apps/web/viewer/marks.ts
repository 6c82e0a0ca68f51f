import { eventTarget } from "@cornerstonejs/core";
import { annotation, Enums, utilities, type Types } from "@cornerstonejs/tools";
import { boxFromCorners } from "../src/features/viewer/view-transform.ts";
import type {
  Film,
  ViewerMark,
} from "../src/features/viewer/viewer-contract.ts";
import type { FilmSpace } from "./film-space.ts";
import { createListeners } from "./listeners.ts";
import { MarkTool } from "./mark-tool.ts";

const { Events } = Enums;

/** A click that slipped is not a mark: shorter sides than this are dropped. */
const MIN_SIDE_PX = 8;

export interface MarkLayer {
  readonly set: (marks: readonly ViewerMark[], editable: boolean) => void;
  readonly select: (id: string | null) => void;
  readonly onChange: (
    listener: (marks: readonly ViewerMark[]) => void,
  ) => () => void;
  readonly onDrawn: (listener: (mark: ViewerMark) => void) => () => void;
  readonly onSelected: (listener: (id: string | null) => void) => () => void;
  readonly destroy: () => void;
}

interface Shown {
  readonly film: Film;
  readonly space: FilmSpace;
  readonly imageId: string;
}

/**
 * Keeps Cornerstone's rectangle annotations and the reader's marks the same.
 * @param shown the film on the screen, undefined before the first
 */
export function createMarkLayer(
  viewportId: string,
  shown: () => Shown | undefined,
): MarkLayer {
  const changed = createListeners<readonly ViewerMark[]>();
  const drawn = createListeners<ViewerMark>();
  const selected = createListeners<string | null>();
  /** marks that are finished, in the order they were made */
  const ids = new Set<string>();
  let isSetting = false;
  let isEditable = false;

  const own = (event: Event): Types.Annotation | undefined => {
    const found = annotationOf(event);
    const here = shown();
    return found?.metadata?.toolName === MarkTool.toolName &&
      here &&
      found.metadata.FrameOfReferenceUID === here.imageId
      ? found
      : undefined;
  };
  const marks = (): ViewerMark[] => {
    const here = shown();
    if (!here) return [];
    return [...ids].flatMap(
      (id) => toMark(annotation.state.getAnnotation(id), here) ?? [],
    );
  };
  const render = () =>
    utilities.triggerAnnotationRenderForViewportIds([viewportId]);

  const completed = (event: Event) => {
    const made = own(event);
    const here = shown();
    if (!made?.annotationUID || !here || isSetting) return;
    const mark = toMark(made, here);
    if (!mark || mark.width < MIN_SIDE_PX || mark.height < MIN_SIDE_PX) {
      annotation.state.removeAnnotation(made.annotationUID);
      render();
      return;
    }
    ids.add(made.annotationUID);
    changed.tell(marks());
    drawn.tell(mark);
  };
  const modified = (event: Event) => {
    const id = own(event)?.annotationUID;
    if (id && ids.has(id) && !isSetting) changed.tell(marks());
  };
  const selection = () => {
    const id = annotation.selection
      .getAnnotationsSelected()
      .find((candidate) => ids.has(candidate));
    if (!isSetting) selected.tell(id ?? null);
  };
  const subscriptions: [string, (event: Event) => void][] = [
    [Events.ANNOTATION_COMPLETED, completed],
    [Events.ANNOTATION_MODIFIED, modified],
    [Events.ANNOTATION_SELECTION_CHANGE, selection],
  ];
  for (const [type, listener] of subscriptions) {
    eventTarget.addEventListener(type, listener);
  }
  const removeAll = () => {
    for (const id of ids) annotation.state.removeAnnotation(id);
    ids.clear();
  };

  return {
    set: (next, editable) => {
      const here = shown();
      if (!here) return;
      // The page echoes what the reader drags; replacing it would end the drag.
      const isEcho = editable === isEditable && sameMarks(next, marks());
      isEditable = editable;
      if (isEcho) return;
      isSetting = true;
      try {
        removeAll();
        for (const mark of next) {
          const made = toAnnotation(mark, here, editable);
          annotation.state.addAnnotation(made, here.imageId);
          ids.add(mark.id);
        }
      } finally {
        isSetting = false;
      }
      render();
    },
    select: (id) => {
      isSetting = true;
      try {
        annotation.selection.deselectAnnotation();
        if (id && ids.has(id)) {
          annotation.selection.setAnnotationSelected(id, true, false);
        }
      } finally {
        isSetting = false;
      }
      render();
    },
    onChange: changed.add,
    onDrawn: drawn.add,
    onSelected: selected.add,
    destroy: () => {
      for (const [type, listener] of subscriptions) {
        eventTarget.removeEventListener(type, listener);
      }
      removeAll();
    },
  };
}

/** Less than this is rounding on the way to Cornerstone's world and back. */
const SAME_PX = 0.01;

function sameMarks(
  a: readonly ViewerMark[],
  b: readonly ViewerMark[],
): boolean {
  return (
    a.length === b.length &&
    a.every((mark, index) => {
      const other = b[index];
      return (
        other?.id === mark.id &&
        Math.abs(other.x - mark.x) < SAME_PX &&
        Math.abs(other.y - mark.y) < SAME_PX &&
        Math.abs(other.width - mark.width) < SAME_PX &&
        Math.abs(other.height - mark.height) < SAME_PX
      );
    })
  );
}

function annotationOf(event: Event): Types.Annotation | undefined {
  if (!(event instanceof CustomEvent)) return undefined;
  // Cornerstone's events type their detail as any; this one names it
  const detail = event.detail as { annotation?: Types.Annotation } | undefined;
  return detail?.annotation;
}

/** @param found undefined, whatever its type says, once it is removed */
function toMark(
  found: Types.Annotation | undefined,
  { film, space }: Shown,
): ViewerMark | undefined {
  const annotationUID = found?.annotationUID;
  const points = found?.data.handles?.points;
  const first = points?.[0];
  const opposite = points?.[3];
  if (!annotationUID || !first || !opposite) return undefined;
  const box = boxFromCorners(space.toFilm(first), space.toFilm(opposite), film);
  return { id: annotationUID, ...box };
}

function toAnnotation(
  { id, x, y, width, height }: ViewerMark,
  { space, imageId }: Shown,
  editable: boolean,
): Types.Annotation {
  return {
    annotationUID: id,
    highlighted: false,
    isLocked: !editable,
    isVisible: true,
    invalidated: false,
    metadata: {
      toolName: MarkTool.toolName,
      FrameOfReferenceUID: imageId,
      referencedImageId: imageId,
      viewPlaneNormal: [0, 0, -1],
      viewUp: [0, -1, 0],
    },
    data: {
      cachedStats: {},
      handles: {
        activeHandleIndex: null,
        // order of Cornerstone's rectangle: 0 and 3, 1 and 2 are opposite
        points: [
          space.toWorld({ x, y }),
          space.toWorld({ x: x + width, y }),
          space.toWorld({ x, y: y + height }),
          space.toWorld({ x: x + width, y: y + height }),
        ],
        textBox: {
          hasMoved: false,
          worldPosition: [0, 0, 0],
          worldBoundingBox: {
            topLeft: [0, 0, 0],
            topRight: [0, 0, 0],
            bottomLeft: [0, 0, 0],
            bottomRight: [0, 0, 0],
          },
        },
      },
    },
  };
}
