"use client";

import { useState } from "react";
import type { ViewerMark } from "./shape.ts";

interface LooseMark {
  imageId: string;
  mark: ViewerMark;
}

export interface LooseMarks {
  of: (imageId: string) => readonly ViewerMark[];
  has: (id: string) => boolean;
  add: (imageId: string, mark: ViewerMark) => void;
  change: (mark: ViewerMark) => void;
  remove: (id: string) => void;
}

/**
 * Measurements on films of which one keeps nothing: a prior, or a case that is
 * somebody else's. They are gone with the page.
 */
export function useLooseMarks(): LooseMarks {
  const [loose, setLoose] = useState<readonly LooseMark[]>([]);
  return {
    of: (imageId) =>
      loose.filter((one) => one.imageId === imageId).map(({ mark }) => mark),
    has: (id) => loose.some(({ mark }) => mark.id === id),
    add: (imageId, mark) =>
      setLoose((before) => [...before, { imageId, mark }]),
    change: (mark) =>
      setLoose((before) =>
        before.map((one) => (one.mark.id === mark.id ? { ...one, mark } : one)),
      ),
    remove: (id) =>
      setLoose((before) => before.filter(({ mark }) => mark.id !== id)),
  };
}
