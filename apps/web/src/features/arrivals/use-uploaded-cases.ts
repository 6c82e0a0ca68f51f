"use client";

import { skipToken, useQuery } from "@apollo/client/react";
import { useEffect, useState } from "react";
import type { UploadedCasesQuery } from "../../gql/graphql.ts";
import { UPLOADED_CASES } from "./upload-queries.ts";
import type { UploadFilm } from "../uploads/upload-state.ts";

export type UploadedCase =
  UploadedCasesQuery["worklist"]["edges"][number]["node"];

/** The newest of the list; more than anybody looks at, and one page. */
const MAX_CASES = 100;
/** Films come by the dozen: they are asked about together. */
const GATHER_MS = 1_500;
/** When to look again for those the AI has not placed yet. */
const PATIENCE_MS = [4_000, 12_000, 40_000];

/**
 * What became of the films that were taken, by case. Each look is in the
 * trail, so there are few: one for all, and up to three more while the AI is
 * at work on some of them.
 */
export function useUploadedCases(films: readonly UploadFilm[]): {
  byCase: ReadonlyMap<string, UploadedCase>;
  refetch: () => void;
} {
  const wanted = useGathered(caseIdsOf(films));
  const { data, previousData, refetch } = useQuery(
    UPLOADED_CASES,
    wanted === ""
      ? skipToken
      : {
          variables: {
            filter: { caseIds: wanted.split(",") },
            first: MAX_CASES,
          },
          fetchPolicy: "cache-and-network",
        },
  );
  const cases =
    (data ?? previousData)?.worklist.edges.map(({ node }) => node) ?? [];
  const isPending = cases.some(({ assessment }) => assessment === "PENDING");
  const again = () => void refetch().catch(() => undefined);
  useEffect(() => {
    if (!isPending) return;
    const timers = PATIENCE_MS.map((ms) => setTimeout(again, ms));
    return () => timers.forEach(clearTimeout);
    // Anew for another set of films, not for each answer.
    // eslint-disable-next-line react-hooks/exhaustive-deps -- see above
  }, [isPending, wanted]);
  return { byCase: new Map(cases.map((one) => [one.id, one])), refetch: again };
}

function caseIdsOf(films: readonly UploadFilm[]): string {
  const ids = films.flatMap(({ status }) =>
    status.step === "done" ? (status.result.caseId ?? []) : [],
  );
  return [...new Set(ids)].slice(-MAX_CASES).join(",");
}

/** The value once it has been the same for a moment; at first at once. */
function useGathered(value: string): string {
  const [gathered, setGathered] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setGathered(value), GATHER_MS);
    return () => clearTimeout(timer);
  }, [value]);
  return gathered;
}
