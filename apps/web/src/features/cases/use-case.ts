"use client";

import {
  skipToken,
  useApolloClient,
  useQuery,
  useSubscription,
} from "@apollo/client/react";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import { useIsOnline } from "../../components/shell/graphql-provider.tsx";
import type { CaseToReadQuery } from "../../gql/graphql.ts";
import { KEPT_TEXTS_OF_CASE } from "../kept-texts/kept-text-queries.ts";
import { CASE, CASE_CHANGED, CASE_PREDICTIONS } from "./case-queries.ts";
import { useForgottenCases } from "./forget-cases.ts";
import { isSettled } from "./further-reading.ts";
import { type CaseOfPage, useCaseOfPage } from "./use-case-of-page.ts";
import { wasJustAsked } from "./use-open-ahead.ts";
import { useReturn } from "./use-return.ts";

export type OpenCase = NonNullable<CaseToReadQuery["case"]>;

export type CaseState =
  | { status: "loading" }
  | { status: "failed"; error: unknown; retry: () => void }
  | { status: "missing" }
  | { status: "open"; case: OpenCase; refetch: () => Promise<unknown> };

/**
 * A case, kept up to date while others work on it too.
 * @param answer what came with the page
 */
export function useCase(caseId: string, answer: CaseOfPage): CaseState {
  const client = useApolloClient();
  useForgottenCases(caseId);
  const isComing = useCaseOfPage(caseId, answer);
  const [isAsked] = useState(() => isComing || wasJustAsked(caseId));
  const { data, error, refetch } = useQuery(CASE, {
    variables: { id: caseId },
    fetchPolicy: isComing
      ? "standby"
      : isAsked
        ? "cache-first"
        : "cache-and-network",
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
  useReturn(() => {
    if (open === null) return;
    // Of a signed case only what one types oneself changes by itself.
    const asked: Promise<unknown> = isSettled(open)
      ? client.query({
          query: KEPT_TEXTS_OF_CASE,
          variables: { id: open.id },
          fetchPolicy: "network-only",
        })
      : refetch();
    asked.catch(() => undefined);
  });
  // What the line cut off is asked again: a query that failed shows nothing of
  // what is done here since.
  useLineBack(() => {
    if (open !== null && error) refetch().catch(() => undefined);
  });
  if (open) return { status: "open", case: open, refetch: () => refetch() };
  if (data) return { status: "missing" };
  if (error) {
    const retry = () => void refetch().catch(() => undefined);
    return { status: "failed", error, retry };
  }
  return { status: "loading" };
}

/** Calls when the line was away and is back. */
function useLineBack(onBack: () => void): void {
  const isOnline = useIsOnline();
  const wasAway = useRef(false);
  const called = useEffectEvent(onBack);
  useEffect(() => {
    if (isOnline && wasAway.current) called();
    wasAway.current = !isOnline;
  }, [isOnline]);
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
