"use client";

import type { TypedDocumentNode } from "@apollo/client";
import { useApolloClient } from "@apollo/client/react";
import { useEffect, useState } from "react";

interface PerSite<Data> {
  /** One a site, in the order of their ids; undefined while on their way. */
  answers: readonly Data[] | undefined;
  error: unknown;
}

/**
 * Asks the same of several sites.
 * @param siteIds nothing is asked while it is empty
 */
export function usePerSite<Data>(
  siteIds: readonly string[],
  query: TypedDocumentNode<Data, { siteId: string }>,
): PerSite<Data> {
  const client = useApolloClient();
  const key = [...new Set(siteIds)].sort().join(" ");
  const [state, setState] = useState<PerSite<Data> & { key: string }>({
    key: "",
    answers: undefined,
    error: undefined,
  });
  useEffect(() => {
    if (!key) return;
    let isCurrent = true;
    const ask = async (siteId: string) => {
      const { data } = await client.query({
        query,
        variables: { siteId },
        fetchPolicy: "network-only",
      });
      if (data === undefined) throw new Error("an answer without data");
      return data;
    };
    Promise.all(key.split(" ").map(ask)).then(
      (answers) => {
        if (isCurrent) setState({ key, answers, error: undefined });
      },
      (error: unknown) => {
        if (isCurrent) setState({ key, answers: undefined, error });
      },
    );
    return () => {
      isCurrent = false;
    };
  }, [client, query, key]);
  return state.key === key ? state : { answers: undefined, error: undefined };
}
