"use client";

import { useState } from "react";
import type { FilmFieldsFragment } from "../../gql/graphql.ts";
import type { PriorFilm } from "./components/film-area.tsx";
import type { OpenCase } from "../cases/use-case.ts";

/** More films beside this one would be too small to compare. */
const MAX_PRIORS = 4;

export interface CaseFilms {
  /** the film on the screen; null for a study without films */
  shown: FilmFieldsFragment | null;
  /** those beside it, in the order in which they were chosen */
  priors: readonly PriorFilm[];
  show: (image: FilmFieldsFragment) => void;
  /** Puts a prior beside the film, or takes it away. */
  toggle: (image: FilmFieldsFragment) => void;
  /** The newest prior, or none of those that are there. */
  toggleCompare: () => void;
  /** null where all priors, or as many as fit, are there */
  more: (() => void) | null;
  /** null where none is there */
  fewer: (() => void) | null;
}

/** Which film of the study is shown, and which priors stand beside it. */
export function useCaseFilms(open: OpenCase): CaseFilms {
  const [shownId, setShownId] = useState<string | null>(null);
  const [priorIds, setPriorIds] = useState<readonly string[]>([]);
  const { images } = open.study;
  // the newest first, which a reader compares with first
  const all = open.priors.flatMap((study) =>
    study.images.map((image) => ({ study, image })),
  );
  const priors = priorIds.flatMap(
    (id) => all.find(({ image }) => image.id === id) ?? [],
  );
  const next = all.find(({ image }) => !priorIds.includes(image.id));
  const add = (id: string) => setPriorIds([...priorIds, id].slice(-MAX_PRIORS));
  return {
    shown: images.find(({ id }) => id === shownId) ?? images[0] ?? null,
    priors,
    show: (image) => setShownId(image.id),
    toggle: ({ id }) => {
      if (priorIds.includes(id)) {
        setPriorIds(priorIds.filter((other) => other !== id));
      } else add(id);
    },
    toggleCompare: () => {
      if (priors.length > 0) setPriorIds([]);
      else if (next) add(next.image.id);
    },
    more: next && priors.length < MAX_PRIORS ? () => add(next.image.id) : null,
    fewer: priors.length > 0 ? () => setPriorIds(priorIds.slice(0, -1)) : null,
  };
}
