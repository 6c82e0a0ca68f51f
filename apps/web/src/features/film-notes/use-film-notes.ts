"use client";

import { skipToken, useQuery } from "@apollo/client/react";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { useViewer } from "../../components/shell/viewer-context.tsx";
import { useReasonKeeper } from "../kept-reasons/use-kept-reason.ts";
import { KEPT_REASONS } from "../kept-reasons/kept-reason-queries.ts";
import { hashOfFilm } from "./film-hash.ts";
import {
  useUploadManager,
  useUploadState,
} from "../uploads/upload-context.tsx";
import { areHeldSent } from "../uploads/upload-state.ts";

/** Where films go that are chosen now; null until somebody said where. */
export function useUploadSite(): string | null {
  const { sites } = useViewer();
  const { siteId } = useUploadState();
  const only = sites.length === 1 ? sites[0]?.id : null;
  return siteId ?? only ?? null;
}

/** What a film is known by on the server; null until that is counted. */
export function useFilmHash(filmId: string): string | null {
  const manager = useUploadManager();
  const [counted, setCounted] = useState<{ of: string; hash: string | null }>();
  useEffect(() => {
    let isOver = false;
    const file = manager.file(filmId);
    if (file)
      void hashOfFilm(file).then((hash) => {
        if (!isOver) setCounted({ of: filmId, hash });
      });
    return () => {
      isOver = true;
    };
  }, [manager, filmId]);
  return counted?.of === filmId ? counted.hash : null;
}

/**
 * Gives films that are chosen again, after a crash or at another desk, the note
 * that was typed for them; a film is known by its bytes.
 */
export function useNotesTakenUp(siteId: string | null): void {
  const manager = useUploadManager();
  const { films } = useUploadState();
  const { data } = useQuery(
    KEPT_REASONS,
    siteId === null
      ? skipToken
      : {
          variables: { kind: "FILM_NOTE", aboutId: siteId },
          fetchPolicy: "network-only",
        },
  );
  const looked = useRef(new Set<string>());
  const notes = new Map(
    (data?.keptReasons ?? []).flatMap(({ part, text }) =>
      part === "" ? [] : [[part, text] as const],
    ),
  );
  const held = films.filter(({ status }) => status.step === "held");
  const ids = held.map(({ id }) => id).join(" ");
  const look = useEffectEvent(async () => {
    for (const { id, details } of held) {
      if (looked.current.has(id)) continue;
      looked.current.add(id);
      const file = details.clinicalNote ? undefined : manager.file(id);
      const note = file && notes.get((await hashOfFilm(file)) ?? "");
      // Meanwhile it may have been sent, or somebody types another.
      const film = manager.read().films.find((one) => one.id === id);
      if (note && film?.status.step === "held" && !film.details.clinicalNote)
        manager.setDetails(id, { clinicalNote: note });
    }
  });
  useEffect(() => {
    // Counting over all films costs: only where there is a note for some.
    if (notes.size > 0) void look();
  }, [ids, notes.size]);
}

/**
 * What was typed for all films goes with the last of them: the next ones are
 * other patients.
 */
export function useForgetOnceSent(siteId: string | null): void {
  const manager = useUploadManager();
  const isAllSent = areHeldSent(useUploadState().films);
  const { keep, knows } = useReasonKeeper();
  const forget = useEffectEvent(() => {
    if (siteId === null) return;
    manager.setShared({ clinicalNote: "" });
    for (const kind of ["FILM_NOTE", "DETAILS_TABLE"] as const) {
      const about = { kind, aboutId: siteId, part: "" };
      // It is forgotten after a month all the same.
      if (knows(about)) keep(about, "").catch(() => undefined);
    }
  });
  useEffect(() => {
    if (isAllSent) forget();
  }, [isAllSent]);
}
