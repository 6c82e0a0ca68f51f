"use client";

import { useMutation } from "@apollo/client/react";
import { useEffect, useEffectEvent, useState } from "react";
import { useSaver } from "../../components/shell/use-saver.ts";
import { mayOutliveThePage } from "../../lib/outlive-page.ts";
import type { OpenCase } from "../cases/use-case.ts";
import { findingsUnder } from "../findings/draft-findings.ts";
import {
  draftFrom,
  draftFromElsewhere,
  EMPTY_DRAFT,
  forgetLocalDrafts,
  isEmptyDraft,
  type ReadingDraft,
  takenAt,
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
  /** when the server last took something that this browser knows of */
  const [knownAt, setKnownAt] = useState(() => takenAt(open.viewerReading));
  // What the reader did in another browser meanwhile; what was typed here
  // since stands above it.
  const elsewhere =
    draft === kept
      ? draftFromElsewhere(open.viewerReading, draft, knownAt)
      : null;
  if (elsewhere) {
    setDraft(elsewhere);
    setKept(elsewhere);
    setKnownAt(takenAt(open.viewerReading));
  }
  const [saveDraft] = useMutation(SAVE_DRAFT);
  const savedAt = open.viewerReading?.draftSavedAt ?? null;

  const saver = useSaver(async (next: ReadingDraft) => {
    const input = toDraftInput(next);
    const { data } = await saveDraft({
      variables: { caseId: open.id, input },
      context: { fetchOptions: { keepalive: mayOutliveThePage(input) } },
    });
    const at = takenAt(data?.saveReadingDraft.viewerReading);
    setKept(next);
    setKnownAt((before) => Math.max(before ?? 0, at ?? 0));
  }, SAVE_AFTER_MS);
  const saveLatest = useEffectEvent((next: ReadingDraft) => saver.save(next));
  useEffect(() => {
    if (isMine && draft !== kept) saveLatest(draft);
  }, [draft, kept, isMine]);
  useEffect(() => {
    forgetLocalDrafts(window.localStorage);
  }, []);

  return {
    draft,
    update: (change) => setDraft((before) => ({ ...before, ...change })),
    savedAt: savedAt === null ? null : Date.parse(savedAt),
    isRestored: !isEmptyDraft(found) && draft === found,
    isUnkept: saver.isUnsent,
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
