"use client";

import { type RefObject, useState } from "react";

export interface CurrentRow {
  id: string | null;
  set: (id: string) => void;
  /** Moves the focus by so many rows; false at the end of what is loaded. */
  move: (by: number) => boolean;
}

/**
 * The row the keys act on. It is remembered by its case, not by its place, so
 * that it stays the same one whatever arrives above it.
 */
export function useCurrentRow(
  ids: readonly string[],
  container: RefObject<HTMLElement | null>,
  remembered: string | null,
): CurrentRow {
  const [chosen, setChosen] = useState<string | null>(remembered);
  const id =
    chosen !== null && ids.includes(chosen) ? chosen : (ids[0] ?? null);
  return {
    id,
    set: setChosen,
    move(by) {
      const link = focusedLink(container.current);
      // The first press only shows where one is.
      const at = id === null ? -1 : ids.indexOf(id);
      const next = ids[link ? at + by : Math.max(at, 0)];
      if (next === undefined) return false;
      setChosen(next);
      focusRow(container.current, next);
      return true;
    },
  };
}

function focusedLink(container: HTMLElement | null): Element | null {
  const active = document.activeElement;
  return container?.contains(active) === true ? active : null;
}

/** Focuses a row's link and brings it into sight, below the fixed headings. */
export function focusRow(container: HTMLElement | null, caseId: string): void {
  const link = container?.querySelector<HTMLElement>(
    `[data-case="${CSS.escape(caseId)}"] [data-row-link]`,
  );
  link?.focus({ preventScroll: true });
  link?.closest("tbody")?.scrollIntoView({ block: "nearest" });
}
