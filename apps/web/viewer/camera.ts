import type { Types } from "@cornerstonejs/core";
import type { Point } from "../src/features/viewer/viewer-contract.ts";

/** Zooms by `factor`; the world point under `at` (canvas) stays under it. */
export function zoomAround(
  viewport: Types.IStackViewport,
  factor: number,
  at: Point,
): void {
  const { parallelScale, focalPoint } = viewport.getCamera();
  if (!parallelScale || !focalPoint) return;
  const anchor = viewport.canvasToWorld([at.x, at.y]);
  moveFocus(
    viewport,
    [
      (anchor[0] - focalPoint[0]) * (1 - 1 / factor),
      (anchor[1] - focalPoint[1]) * (1 - 1 / factor),
    ],
    parallelScale / factor,
  );
}

/**
 * Moves the centre of the view by a world vector. Through the camera, because
 * Cornerstone's own `setPan` counts in film pixels on its processor path.
 */
export function moveFocus(
  viewport: Types.IStackViewport,
  [dx, dy]: readonly [number, number],
  parallelScale?: number,
): void {
  const { focalPoint, position } = viewport.getCamera();
  if (!focalPoint || !position) return;
  viewport.setCamera({
    focalPoint: [focalPoint[0] + dx, focalPoint[1] + dy, focalPoint[2]],
    position: [position[0] + dx, position[1] + dy, position[2]],
    ...(parallelScale === undefined ? {} : { parallelScale }),
  });
}
