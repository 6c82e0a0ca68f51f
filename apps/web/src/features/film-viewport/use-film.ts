"use client";

import { useEffect, useMemo, useState } from "react";
import type { FilmFieldsFragment } from "../../gql/graphql.ts";
import type { StoredFilm } from "./film-pixels.ts";
import type { FilmStore } from "./film-store.ts";
import { storedOrientation } from "../viewer/stored-orientation.ts";
import type { Film } from "../viewer/viewer-contract.ts";

export type FilmState =
  | { status: "loading" }
  | { status: "ready"; film: Film }
  | { status: "failed"; error: unknown };

const LOADING: FilmState = { status: "loading" };

interface Answer {
  image: FilmFieldsFragment;
  attempt: number;
  state:
    | { status: "ready"; film: StoredFilm }
    | { status: "failed"; error: unknown };
}

/** The pixels of a film, and a way to ask for them again. */
export function useFilm(
  store: FilmStore,
  image: FilmFieldsFragment,
): { state: FilmState; retry: () => void } {
  const [attempt, setAttempt] = useState(0);
  const [answer, setAnswer] = useState<Answer | null>(null);
  useEffect(() => {
    let isCurrent = true;
    const settle = (state: Answer["state"]) => {
      if (isCurrent) setAnswer({ image, attempt, state });
    };
    store.load(image).then(
      (film) => settle({ status: "ready", film }),
      (error: unknown) => settle({ status: "failed", error }),
    );
    return () => {
      isCurrent = false;
    };
    // The same film comes as a new object whenever its case is read again.
    // eslint-disable-next-line react-hooks/exhaustive-deps -- id names a film
  }, [store, image.id, attempt]);
  const isAnswer = answer?.image.id === image.id && answer.attempt === attempt;
  const loaded =
    isAnswer && answer.state.status === "ready" ? answer.state.film : null;
  const { quarterTurns, isMirrored } = image;
  // A film that was corrected since is laid anew; its pixels are the same.
  const film = useMemo(
    () =>
      loaded && {
        ...loaded,
        lies: storedOrientation({ quarterTurns, isMirrored }),
      },
    [loaded, quarterTurns, isMirrored],
  );
  return {
    state: film
      ? { status: "ready", film }
      : isAnswer && answer.state.status === "failed"
        ? answer.state
        : LOADING,
    retry: () => setAttempt((before) => before + 1),
  };
}
