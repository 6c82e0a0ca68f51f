"use client";

import { InMemoryCache } from "@apollo/client";
import { useApolloClient } from "@apollo/client/react";
import { useEffect } from "react";

/** So many cases are there at once when a reader goes back to them. */
const KEPT_CASES = 5;

/** Forgetting costs the page one reading of all that it shows. */
const AT_ONCE = 10;

/** Those whose pages were opened and not forgotten, the last one first. */
let opened: readonly string[] = [];

/**
 * Keeps the browser's memory flat over a reader's day: what was asked about a
 * case is forgotten when a good many others were opened after it.
 */
export function useForgottenCases(caseId: string): void {
  const { cache } = useApolloClient();
  useEffect(() => {
    opened = [caseId, ...opened.filter((id) => id !== caseId)];
    if (opened.length < KEPT_CASES + AT_ONCE) return;
    if (cache instanceof InMemoryCache)
      forgetCases(cache, opened.slice(KEPT_CASES));
    opened = opened.slice(0, KEPT_CASES);
  }, [cache, caseId]);
}

/**
 * Takes every answer to a question about these cases out of memory, with all
 * that no other answer refers to. What a list says of them stays.
 */
export function forgetCases(
  cache: InMemoryCache,
  caseIds: readonly string[],
): void {
  cache.modify({
    id: "ROOT_QUERY",
    // Nobody looks at them, so that nothing has to be drawn anew.
    broadcast: false,
    fields: (value: unknown, { storeFieldName, DELETE }) =>
      caseIds.some((id) => storeFieldName.includes(id)) ? DELETE : value,
  });
  // Apollo keeps a place for every answer it ever put together until then.
  cache.gc({ resetResultCache: true });
}
