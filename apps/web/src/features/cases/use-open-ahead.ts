"use client";

import { useApolloClient } from "@apollo/client/react";
import { useCallback } from "react";
import { useViewer } from "../../components/shell/viewer-context.tsx";
import { useFilmStore } from "../film-viewport/film-store-context.tsx";
import { CASE } from "./case-queries.ts";
import type { CaseOfPage } from "./use-case-of-page.ts";

/** A page takes this long from the click to its own question at most. */
const JUST_NOW_MS = 3_000;

const askedAt = new Map<string, number>();

/** Whether a case was asked for by the click that opens its page. */
export function wasJustAsked(caseId: string): boolean {
  const at = askedAt.get(caseId);
  return at !== undefined && performance.now() - at < JUST_NOW_MS;
}

/** @param answer the case that came with the page, and is not asked for */
type OpenAhead = (caseId: string, answer?: CaseOfPage) => void;

/**
 * Asks for a case and its film in the moment in which somebody opens it, while
 * its page is still on the way. To be called for a case that is opened in any
 * case: both are looks, and recorded as such.
 */
export function useOpenAhead(): OpenAhead {
  const client = useApolloClient();
  const store = useFilmStore();
  const { can } = useViewer();
  const seesFilms = can("image:read");
  return useCallback(
    (caseId, answer = null) => {
      if (wasJustAsked(caseId)) return;
      askedAt.clear();
      askedAt.set(caseId, performance.now());
      if (seesFilms) store.expect(caseId);
      if (answer !== null) return;
      client
        .query({
          query: CASE,
          variables: { id: caseId },
          fetchPolicy: "network-only",
        })
        // The page asks again, and says what is wrong.
        .catch(() => askedAt.delete(caseId));
    },
    [client, store, seesFilms],
  );
}
