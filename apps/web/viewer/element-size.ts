interface Size {
  readonly width: number;
  readonly height: number;
}

/** Its inner size in CSS pixels. */
export function sizeOf(element: HTMLElement): Size {
  return { width: element.clientWidth, height: element.clientHeight };
}

/** Tells each new size of an element; @returns the way to stop. */
export function followSize(
  element: HTMLElement,
  resized: (size: Size) => void,
): () => void {
  let known = sizeOf(element);
  const observer = new ResizeObserver(() => {
    const now = sizeOf(element);
    const isSame = now.width === known.width && now.height === known.height;
    // a hidden element has no size; the film comes back with the old one
    if (isSame || now.width * now.height === 0) return;
    known = now;
    resized(now);
  });
  observer.observe(element);
  return () => observer.disconnect();
}
