import { type MouseEvent, useEffect, useRef } from "react";

/** The second of two quick taps comes sooner than anybody reads a dialog. */
const STRAY_MS = 500;

interface Press {
  /** the how manieth of quick clicks in one place; 0 of a key */
  readonly detail: number;
  readonly timeStamp: number;
  readonly pointerType?: string;
}

/**
 * Whether a click belongs to the tap or double click that opened the dialog it
 * falls on: under a finger the button of one lies where that of the other was.
 */
export function isStrayTap(press: Press, openedAt: number): boolean {
  const isQuick = press.timeStamp - openedAt < STRAY_MS;
  return isQuick && (press.pointerType === "touch" || press.detail > 1);
}

/** The same for a dialog, by when it was opened. */
export function useStrayTaps(isOpen: boolean): (event: MouseEvent) => boolean {
  const openedAt = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    if (isOpen) openedAt.current = performance.now();
  }, [isOpen]);
  // A click is a pointer's event in browsers that say which it was.
  return ({ nativeEvent }) => isStrayTap(nativeEvent, openedAt.current);
}
