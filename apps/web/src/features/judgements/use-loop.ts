"use client";

import { skipToken, useQuery } from "@apollo/client/react";
import { useSite } from "../../components/shell/site-context.tsx";
import type {
  ListedJudgementFragment,
  ListedPromotionFragment,
  LoopQuery,
} from "../../gql/graphql.ts";
import { LOOP } from "./promotion-queries.ts";

export type Judgement = ListedJudgementFragment;
export type Promotion = ListedPromotionFragment;
export type JudgementConnection = LoopQuery["judgements"];
export type PromotionConnection = LoopQuery["promotions"];

/** A judgement ends and a second person decides while one looks. */
const REFRESH_MS = 15_000;

/** The newest judgements and promotions of the chosen site, or the first. */
export function useLoop() {
  const { site, sites } = useSite();
  const shown = site ?? sites[0] ?? null;
  const { data, error, refetch } = useQuery(
    LOOP,
    shown === null
      ? skipToken
      : {
          variables: { siteId: shown.id },
          fetchPolicy: "cache-and-network",
          pollInterval: REFRESH_MS,
        },
  );
  return {
    site: shown,
    judgements: data?.judgements,
    promotions: data?.promotions,
    error,
    retry: () => void refetch().catch(() => undefined),
  };
}
