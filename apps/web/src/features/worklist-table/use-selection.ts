"use client";

import { useCallback, useState } from "react";

export interface Selection {
  ids: ReadonlySet<string>;
  toggle: (id: string, withRange: boolean) => void;
  setAll: (isOn: boolean) => void;
  clear: () => void;
}

/** Which rows are ticked; shift ticks all from the one before to this one. */
export function useSelection(allIds: readonly string[]): Selection {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set());
  const [anchor, setAnchor] = useState<string | null>(null);
  // Kept between two renders: every row takes it, and few of them change.
  const toggle = useCallback(
    (id: string, withRange: boolean) => {
      setAnchor(id);
      setIds((before) =>
        withRange && anchor
          ? new Set([...before, ...between(allIds, anchor, id)])
          : toggled(before, id),
      );
    },
    [allIds, anchor],
  );
  return {
    ids,
    toggle,
    setAll: (isOn) => setIds(new Set(isOn ? allIds : [])),
    clear: () => setIds(new Set()),
  };
}

/** A set with one member more or less. */
export function toggled(
  before: ReadonlySet<string>,
  id: string,
): ReadonlySet<string> {
  const after = new Set(before);
  if (!after.delete(id)) after.add(id);
  return after;
}

/** The ids from one to another, both included, in either direction. */
export function between(
  ids: readonly string[],
  from: string,
  to: string,
): string[] {
  const [a, b] = [ids.indexOf(from), ids.indexOf(to)];
  if (a < 0 || b < 0) return [to];
  return ids.slice(Math.min(a, b), Math.max(a, b) + 1);
}
