"use client";

import type { Person } from "./use-case-actions.ts";
import { usePerSite } from "../../lib/use-per-site.ts";
import { ASSIGNABLE_USERS } from "../worklist-query/worklist-queries.ts";

interface Assignees {
  /** undefined while they are on their way. */
  people: readonly Person[] | undefined;
  error: unknown;
}

/**
 * Who may be given a case at any of these sites, by name.
 * @param siteIds nothing is asked while it is empty
 */
export function useAssignees(siteIds: readonly string[]): Assignees {
  const { answers, error } = usePerSite(siteIds, ASSIGNABLE_USERS);
  const lists = answers?.map(({ assignableUsers }) => assignableUsers);
  return { people: lists && everybody(lists), error };
}

function everybody(lists: readonly (readonly Person[])[]): Person[] {
  const all = new Map(lists.flat().map(({ id, name }) => [id, { id, name }]));
  return [...all.values()].sort((a, b) => a.name.localeCompare(b.name));
}
