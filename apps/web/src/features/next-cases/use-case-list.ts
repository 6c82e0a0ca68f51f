"use client";

import { useApolloClient, useQuery } from "@apollo/client/react";
import { useSearchParams } from "next/navigation";
import { useMemo, useState } from "react";
import { useSite } from "../../components/shell/site-context.tsx";
import { useReadsBlind } from "../../components/shell/use-reads-blind.ts";
import { useViewer } from "../../components/shell/viewer-context.tsx";
import type { CaseRowFragment } from "../../gql/graphql.ts";
import { routes } from "../../lib/routes.ts";
import { useTabText } from "../../lib/tab-text.ts";
import { WORKLIST } from "../worklist-query/worklist-queries.ts";
import { allowedChoice, readChoice } from "../worklist-query/worklist-url.ts";
import { variablesFor } from "../worklist-query/worklist-variables.ts";
import { nextCase } from "./next-case.ts";

/** As many as the worklist shows at once, so that its answer is at hand. */
const PAGE_SIZE = 50;

export interface CaseList {
  /** Where the case stands in the list it was opened from, from 1. */
  place: { number: number; total: number; isCapped: boolean } | null;
  backHref: string;
  hrefOf: (caseId: string) => string;
  /** It was opened from the list of second reads. */
  isSecondReads: boolean;
  /** The next of the list for who looks through it; asks the server anew. */
  findNext: () => Promise<CaseRowFragment | null>;
}

/** The worklist that a case was opened from, as address and tab remember it. */
export function useCaseList(caseId: string): CaseList {
  const list = useSearchParams().get("list") ?? "";
  const [search] = useTabText("worklist-search");
  const { user } = useViewer();
  const { site } = useSite();
  const isBlind = useReadsBlind();
  const client = useApolloClient();
  const siteId = site?.id ?? null;
  const [nowMs] = useState(() => Date.now());
  const variables = useMemo(() => {
    const choice = allowedChoice(
      readChoice(new URLSearchParams(list), search),
      isBlind,
    );
    const context = { viewerId: user.id, siteId, nowMs };
    return { ...variablesFor(choice, context), first: PAGE_SIZE };
  }, [list, search, user.id, siteId, nowMs, isBlind]);
  const { data } = useQuery(WORKLIST, { variables });
  const rows = data?.worklist.edges.map(({ node }) => node) ?? [];
  const index = rows.findIndex(({ id }) => id === caseId);
  // Signing takes the case off the list; the next one moves to its place.
  const [lastIndex, setLastIndex] = useState<number | null>(null);
  if (index >= 0 && index !== lastIndex) setLastIndex(index);

  const query = list ? { list } : {};
  return {
    place:
      data && index >= 0
        ? {
            number: index + 1,
            total: data.worklist.totalCount,
            isCapped: data.worklist.totalCountIsCapped,
          }
        : null,
    backHref: routes.worklist(Object.fromEntries(new URLSearchParams(list))),
    isSecondReads: new URLSearchParams(list).get("view") === "second-reads",
    hrefOf: (id) => routes.case(id, query),
    findNext: async () => {
      const answer = await client.query({
        query: WORKLIST,
        variables,
        fetchPolicy: "network-only",
      });
      const fresh = answer.data?.worklist.edges.map(({ node }) => node) ?? [];
      return nextCase(fresh, caseId, lastIndex);
    },
  };
}
