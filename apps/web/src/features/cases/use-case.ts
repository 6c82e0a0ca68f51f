"use client";

import { skipToken, useQuery, useSubscription } from "@apollo/client/react";
import type { CaseToReadQuery } from "../../gql/graphql.ts";
import { CASE, CASE_CHANGED, CASE_PREDICTIONS } from "./case-queries.ts";

export type OpenCase = NonNullable<CaseToReadQuery["case"]>;

export type CaseState =
  | { status: "loading" }
  | { status: "failed"; error: unknown; retry: () => void }
  | { status: "missing" }
  | { status: "open"; case: OpenCase; refetch: () => Promise<unknown> };

/** A case, kept up to date while others work on it too. */
export function useCase(caseId: string): CaseState {
  const { data, error, refetch } = useQuery(CASE, {
    variables: { id: caseId },
    fetchPolicy: "cache-and-network",
  });
  const open = data?.case ?? null;
  useSubscription(CASE_CHANGED, {
    variables: { siteId: open?.site.id ?? null },
    skip: open === null,
    // Who holds it and its version come with the news; a signature brings a
    // review, an assessment another reason, so the rest is asked for.
    onData: ({ data: { data: news } }) => {
      const change = news?.worklistChanged;
      if (change?.caseId !== caseId) return;
      if (change.kind === "SIGNED" || change.kind === "CHANGED") {
        refetch().catch(() => undefined);
      }
    },
  });
  if (open) return { status: "open", case: open, refetch: () => refetch() };
  if (data) return { status: "missing" };
  if (error) {
    const retry = () => void refetch().catch(() => undefined);
    return { status: "failed", error, retry };
  }
  return { status: "loading" };
}

export type FilmPrediction = NonNullable<
  ReturnType<typeof usePredictions>["predictions"][number]["prediction"]
>;

/**
 * What the AI says of each film of a case, and which of it the case shows.
 * @param isVisible nothing is asked for before it may be seen
 */
export function usePredictions(caseId: string, isVisible: boolean) {
  const { data, error, refetch } = useQuery(
    CASE_PREDICTIONS,
    isVisible ? { variables: { id: caseId } } : skipToken,
  );
  const images = (isVisible ? data?.case?.study.images : undefined) ?? [];
  return {
    shown: (isVisible ? data?.case?.shownPrediction : undefined) ?? null,
    predictions: images.map(({ id, prediction }) => ({
      imageId: id,
      prediction: prediction ?? null,
    })),
    isLoading: isVisible && !data && !error,
    error: isVisible && !data ? error : undefined,
    refetch,
  };
}
