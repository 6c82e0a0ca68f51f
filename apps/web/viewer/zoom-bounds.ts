/** How small and how large a film may be drawn; 1 shows the whole film. */
export const ZOOM_BOUNDS = { least: 0.5, most: 40 } as const;

/**
 * By how much a step of the wheel, the keys or two fingers may zoom: not past
 * the bounds, where the film would be lost from sight. A film that stands
 * beyond them already, since its own pixels are few, goes no further.
 * @param zoom as it is now, where 1 shows the whole film
 */
export function boundedFactor(zoom: number, factor: number): number {
  const least = Math.min(ZOOM_BOUNDS.least, zoom);
  const most = Math.max(ZOOM_BOUNDS.most, zoom);
  return Math.min(Math.max(zoom * factor, least), most) / zoom;
}

/**
 * The way that a drag zooms, as the tool counts it: up and to the right in, as
 * on other viewers, down and to the left out.
 */
export function dragWay(x: number, y: number): number {
  return y - x;
}
