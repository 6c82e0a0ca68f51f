"use client";

import { useMutation } from "@apollo/client/react";
import { useDebouncedCallback } from "@mantine/hooks";
import { useEffect, useEffectEvent, useState } from "react";
import type { OpenCase } from "../cases/use-case.ts";
import { findingsUnder } from "./draft-findings.ts";
import {
  draftFrom,
  EMPTY_DRAFT,
  forgetLocalDrafts,
  isEmptyDraft,
  type ReadingDraft,
  toDraftInput,
} from "./reading-draft.ts";
import { SAVE_DRAFT } from "./reading-mutations.ts";

export interface DraftState {
  draft: ReadingDraft;
  update: (change: Partial<ReadingDraft>) => void;
  /** When the server last kept it, in milliseconds; null when it keeps none. */
  savedAt: number | null;
  /** It was there when the case was opened: another day, desk or browser. */
  isRestored: boolean;
  /** The server could not keep the latest change; it is tried again. */
  isUnkept: boolean;
  discard: () => void;
}

const SAVE_AFTER_MS = 600;
const TRY_AGAIN_MS = 5_000;

/**
 * Browsers let requests outlive their page only up to 64 KiB together (Fetch
 * standard, 4.6); a letter takes 3 bytes at most, and a quoted one 6.
 */
const MOST_KEPT_ALIVE = 10_000;

/** Whether what was typed a moment before a reload still reaches the server. */
function mayOutliveThePage(input: object): boolean {
  return JSON.stringify(input).length <= MOST_KEPT_ALIVE;
}

/**
 * What the reader has done with a case so far. It lies on the server, so
 * that another desk, a crash or the next day finds it; nothing of it stays in
 * the browser.
 * @param isMine only who holds the case may keep a draft of it
 */
export function useReadingDraft(open: OpenCase, isMine: boolean): DraftState {
  const [found] = useState(() => draftFrom(open.viewerReading));
  const [draft, setDraft] = useState(found);
  const [kept, setKept] = useState(found);
  const [isUnkept, setUnkept] = useState(false);
  const [saveDraft] = useMutation(SAVE_DRAFT);
  const savedAt = open.viewerReading?.draftSavedAt ?? null;

  const save = useDebouncedCallback(
    async (next: ReadingDraft) => {
      try {
        const input = toDraftInput(next);
        await saveDraft({
          variables: { caseId: open.id, input },
          context: { fetchOptions: { keepalive: mayOutliveThePage(input) } },
        });
        setKept(next);
        setUnkept(false);
      } catch {
        setUnkept(true);
      }
    },
    { delay: SAVE_AFTER_MS, flushOnUnmount: true },
  );
  const saveLatest = useEffectEvent((next: ReadingDraft) => save(next));
  const flush = useEffectEvent(() => save.flush());
  useEffect(() => {
    if (isMine && draft !== kept) saveLatest(draft);
  }, [draft, kept, isMine]);
  useEffect(() => {
    if (!isUnkept) return;
    const timer = setInterval(() => saveLatest(draft), TRY_AGAIN_MS);
    return () => clearInterval(timer);
  }, [isUnkept, draft]);
  useEffect(() => {
    forgetLocalDrafts(window.localStorage);
    const leave = () => flush();
    window.addEventListener("pagehide", leave);
    return () => window.removeEventListener("pagehide", leave);
  }, []);

  return {
    draft,
    update: (change) => setDraft((before) => ({ ...before, ...change })),
    savedAt: savedAt === null ? null : Date.parse(savedAt),
    isRestored: !isEmptyDraft(found) && draft === found,
    isUnkept,
    // An opinion that was recorded stays; what was typed goes.
    discard: () => {
      const opinion = open.viewerReading?.opinion ?? null;
      setDraft({
        ...EMPTY_DRAFT,
        blindLabel: opinion,
        label: opinion,
        findings: findingsUnder(opinion, []),
      });
    },
  };
}
