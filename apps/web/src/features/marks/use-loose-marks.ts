"use client";

import { useState } from "react";
import { putBack } from "./mark-steps.ts";
import type { ViewerMark } from "./shape.ts";

interface LooseMark extends ViewerMark {
  imageId: string;
}

export interface LooseMarks {
  of: (imageId: string) => readonly ViewerMark[];
  has: (id: string) => boolean;
  add: (imageId: string, mark: ViewerMark) => void;
  change: (mark: ViewerMark) => void;
  /** Takes one away; what it answers puts it back. */
  remove: (id: string) => () => void;
}

/**
 * Measurements on films of which one keeps nothing: a prior, or a case that is
 * somebody else's. They are gone with the page.
 */
export function useLooseMarks(): LooseMarks {
  const [loose, setLoose] = useState<readonly LooseMark[]>([]);
  return {
    of: (imageId) => loose.filter((one) => one.imageId === imageId),
    has: (id) => loose.some((one) => one.id === id),
    add: (imageId, mark) =>
      setLoose((before) => [...before, { ...mark, imageId }]),
    change: (mark) =>
      setLoose((before) =>
        before.map((one) => (one.id === mark.id ? { ...one, ...mark } : one)),
      ),
    remove: (id) => {
      const place = loose.findIndex((one) => one.id === id);
      const mark = loose[place];
      setLoose((before) => before.filter((one) => one.id !== id));
      return () => {
        if (mark) setLoose((before) => putBack(before, mark, place));
      };
    },
  };
}
