"use client";

import { useApolloClient } from "@apollo/client/react";
import { useEffect, useState } from "react";
import type { CaseToReadQuery } from "../../gql/graphql.ts";
import { hasJustChanged } from "../../lib/last-change.ts";
import { CASE } from "./case-queries.ts";

/** What came with the page; null where the page asks itself. */
export type CaseOfPage = Promise<CaseToReadQuery | null> | null;

/**
 * Answers that were taken. The browser draws a page of before again with what
 * came with it then, which may be hours old.
 */
const taken = new WeakSet<Promise<unknown>>();

/**
 * Takes over what the server asked for with the page, unless a change of the
 * page before may have been on its way meanwhile.
 * @returns whether it is still on its way; afterwards it is in the browser's
 * memory, or the page has to ask
 */
export function useCaseOfPage(caseId: string, answer: CaseOfPage): boolean {
  const client = useApolloClient();
  const [isComing, setComing] = useState(
    () => answer !== null && !taken.has(answer),
  );
  useEffect(() => {
    if (answer === null || taken.has(answer)) return;
    let isCurrent = true;
    const take = (data: CaseToReadQuery | null) => {
      if (!isCurrent) return;
      taken.add(answer);
      if (data && !hasJustChanged()) {
        client.writeQuery({ query: CASE, variables: { id: caseId }, data });
      }
      setComing(false);
    };
    answer.then(take, () => take(null));
    return () => {
      isCurrent = false;
    };
  }, [client, caseId, answer]);
  return isComing;
}
