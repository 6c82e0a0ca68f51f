"use client";

import { useApolloClient } from "@apollo/client/react";
import { useEffect, useState } from "react";
import type { Person } from "./use-case-actions.ts";
import { ASSIGNABLE_USERS } from "./worklist-queries.ts";

interface Assignees {
  /** undefined while they are on their way. */
  people: readonly Person[] | undefined;
  error: unknown;
}

/**
 * Who may be given a case at these sites, by name.
 * @param siteIds nothing is asked while it is empty
 * @param at whether they must read at every one of the sites, or at any
 */
export function useAssignees(
  siteIds: readonly string[],
  at: "every" | "any",
): Assignees {
  const client = useApolloClient();
  const sites = [...new Set(siteIds)].sort().join(" ");
  const key = sites && `${at} ${sites}`;
  const [state, setState] = useState<Assignees & { key: string }>({
    key: "",
    people: undefined,
    error: undefined,
  });
  useEffect(() => {
    if (!key) return;
    let isCurrent = true;
    const ask = async (siteId: string) => {
      const { data } = await client.query({
        query: ASSIGNABLE_USERS,
        variables: { siteId },
      });
      return data?.assignableUsers ?? [];
    };
    Promise.all(sites.split(" ").map(ask)).then(
      (lists) => {
        if (!isCurrent) return;
        setState({ key, people: people(lists, at), error: undefined });
      },
      (error: unknown) => {
        if (isCurrent) setState({ key, people: undefined, error });
      },
    );
    return () => {
      isCurrent = false;
    };
  }, [client, key, sites, at]);
  return state.key === key ? state : { people: undefined, error: undefined };
}

function people(
  lists: readonly (readonly Person[])[],
  at: "every" | "any",
): Person[] {
  const all = new Map(lists.flat().map(({ id, name }) => [id, { id, name }]));
  return [...all.values()]
    .filter(
      ({ id }) =>
        at === "any" || lists.every((list) => list.some((p) => p.id === id)),
    )
    .sort((a, b) => a.name.localeCompare(b.name));
}
