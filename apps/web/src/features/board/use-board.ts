"use client";

import { skipToken, useQuery } from "@apollo/client/react";
import { useSite } from "../../components/shell/site-context.tsx";
import type { BoardQuery } from "../../gql/graphql.ts";
import { BOARD } from "./board-queries.ts";

export type Board = BoardQuery["board"];

/** A wall is looked at, not clicked: it asks again by itself. */
const REFRESH_MS = 15_000;

export type BoardState =
  | { status: "no-site" }
  | { status: "loading" }
  | { status: "failed"; error: unknown; retry: () => void }
  /** `isStale`: the last try to refresh failed, the numbers are older. */
  | {
      status: "ready";
      board: Board;
      siteId: string;
      siteName: string;
      isStale: boolean;
    };

/** The numbers of the chosen site, or of the viewer's first. */
export function useBoard(): BoardState {
  const { site, sites } = useSite();
  const shown = site ?? sites[0] ?? null;
  const { data, error, refetch } = useQuery(
    BOARD,
    shown === null
      ? skipToken
      : {
          variables: { siteId: shown.id },
          fetchPolicy: "network-only",
          nextFetchPolicy: "network-only",
          pollInterval: REFRESH_MS,
        },
  );
  if (shown === null) return { status: "no-site" };
  if (data) {
    return {
      status: "ready",
      board: data.board,
      siteId: shown.id,
      siteName: shown.name,
      isStale: error !== undefined,
    };
  }
  if (error) {
    const retry = () => void refetch().catch(() => undefined);
    return { status: "failed", error, retry };
  }
  return { status: "loading" };
}
