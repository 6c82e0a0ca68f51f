"use client";

import { useDebouncedCallback } from "@mantine/hooks";
import { useEffect, useEffectEvent, useState } from "react";
import { useViewer } from "../../components/shell/viewer-context.tsx";
import {
  DraftStore,
  EMPTY_DRAFT,
  isEmptyDraft,
  type ReviewDraft,
} from "./review-draft.ts";

export interface DraftState {
  draft: ReviewDraft;
  update: (change: Partial<ReviewDraft>) => void;
  /** When it was last kept on this computer; null when nothing is kept. */
  savedAt: number | null;
  /** It was found on this computer when the case was opened. */
  isRestored: boolean;
  /** This browser keeps nothing, or has no room. */
  isUnkept: boolean;
  discard: () => void;
}

const SAVE_AFTER_MS = 300;

/** What the reader has done with a case so far; survives a reload. */
export function useReviewDraft(caseId: string): DraftState {
  const { user } = useViewer();
  const [store] = useState(() => new DraftStore(window.localStorage, user.id));
  const [found] = useState(() => store.read(caseId));
  const [draft, setDraft] = useState<ReviewDraft>(found?.draft ?? EMPTY_DRAFT);
  const [savedAt, setSavedAt] = useState(found?.savedAt ?? null);
  const [isUnkept, setUnkept] = useState(false);
  const [isRestored, setRestored] = useState(found !== null);

  const save = useDebouncedCallback(
    (next: ReviewDraft) => {
      const now = Date.now();
      const isKept = store.write(caseId, next, now);
      setUnkept(!isKept);
      setSavedAt(isKept && !isEmptyDraft(next) ? now : null);
    },
    { delay: SAVE_AFTER_MS, flushOnUnmount: true },
  );
  const [first] = useState(draft);
  const saveLatest = useEffectEvent((next: ReviewDraft) => save(next));
  useEffect(() => {
    if (draft !== first) saveLatest(draft);
  }, [draft, first]);
  const flush = useEffectEvent(() => save.flush());
  useEffect(() => {
    store.removeOld(Date.now());
    const leave = () => flush();
    window.addEventListener("pagehide", leave);
    return () => window.removeEventListener("pagehide", leave);
  }, [store]);

  return {
    draft,
    update: (change) => setDraft((before) => ({ ...before, ...change })),
    savedAt,
    isRestored,
    isUnkept,
    discard: () => {
      save.cancel();
      store.forget(caseId);
      // What the AI said has been seen; that cannot be taken back.
      setDraft({
        ...EMPTY_DRAFT,
        isRevealed: draft.isRevealed,
        blindLabel: draft.isRevealed ? draft.blindLabel : null,
      });
      setSavedAt(null);
      setRestored(false);
    },
  };
}
