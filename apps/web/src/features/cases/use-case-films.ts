"use client";

import { useState } from "react";
import type { FilmFieldsFragment } from "../../gql/graphql.ts";
import type { PriorFilm } from "./components/film-area.tsx";
import type { OpenCase } from "./use-case.ts";

export interface CaseFilms {
  /** the film on the screen; null for a study without films */
  shown: FilmFieldsFragment | null;
  prior: PriorFilm | null;
  show: (image: FilmFieldsFragment) => void;
  compare: (image: FilmFieldsFragment | null) => void;
  toggleCompare: () => void;
}

/** Which film of the study is shown, and which prior stands beside it. */
export function useCaseFilms(open: OpenCase): CaseFilms {
  const [shownId, setShownId] = useState<string | null>(null);
  const [priorId, setPriorId] = useState<string | null>(null);
  const { images } = open.study;
  const priors = open.priors.flatMap((study) =>
    study.images.map((image) => ({ study, image })),
  );
  return {
    shown: images.find(({ id }) => id === shownId) ?? images[0] ?? null,
    prior: priors.find(({ image }) => image.id === priorId) ?? null,
    show: (image) => setShownId(image.id),
    compare: (image) => setPriorId(image?.id ?? null),
    // the newest prior is the one a reader compares with first
    toggleCompare: () =>
      setPriorId((before) =>
        before === null ? (priors[0]?.image.id ?? null) : null,
      ),
  };
}
