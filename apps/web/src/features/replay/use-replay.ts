"use client";

import { skipToken, useQuery } from "@apollo/client/react";
import { useState } from "react";
import type { ReplayQuery } from "../../gql/graphql.ts";
import type { PolicyDraft } from "../policy-draft/policy-draft.ts";
import { REPLAY } from "./replay-queries.ts";

export type Replay = ReplayQuery["replay"];

/** What is played; `weeks` of the site's own work, or null: invented. */
export interface ReplayChoice {
  weeks: number | null;
  readers: number;
  minutesPerCase: number;
  casesPerDay: number;
  seed: number;
}

const AT_FIRST: ReplayChoice = {
  weeks: null,
  readers: 1,
  minutesPerCase: 6,
  casesPerDay: 180,
  seed: 1,
};

/**
 * Plays work through several orders, each time the choice changes, once it
 * was started.
 * @param draft a policy being edited, to be compared; null where none is
 */
export function useReplay(siteId: string, draft: PolicyDraft | null) {
  const [choice, setChoice] = useState(AT_FIRST);
  const [isStarted, setStarted] = useState(false);
  const { weeks, ...rest } = choice;
  const { data, previousData, error, loading } = useQuery(
    REPLAY,
    isStarted
      ? {
          variables: {
            input: { siteId, ownWeeks: weeks, ...rest, document: draft },
          },
          fetchPolicy: "network-only",
        }
      : skipToken,
  );
  return {
    choice,
    isStarted,
    start: () => setStarted(true),
    change: (changed: Partial<ReplayChoice>) =>
      setChoice((before) => ({ ...before, ...changed })),
    replay: (data ?? previousData)?.replay ?? null,
    isLoading: loading,
    error,
  };
}
