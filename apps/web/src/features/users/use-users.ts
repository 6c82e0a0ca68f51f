"use client";

import { useQuery } from "@apollo/client/react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useNotify } from "../../components/ui/use-notify.tsx";
import type { UserRow } from "./user-form-state.ts";
import { USERS } from "./user-queries.ts";
import { nextCursor } from "../../lib/paged-lists.ts";

export interface UserList {
  users: readonly UserRow[];
  isLoading: boolean;
  isLoadingMore: boolean;
  error: unknown;
  retry: () => void;
  /** null when there are no more. */
  loadMore: (() => void) | null;
}

/** Users by name or address, page by page. */
export function useUsers(search: string): UserList {
  const t = useTranslations("users");
  const notify = useNotify();
  const [isLoadingMore, setLoadingMore] = useState(false);
  const query = useQuery(USERS, {
    variables: { search: search === "" ? null : search },
    fetchPolicy: "cache-and-network",
  });
  // While another search is under way the last result stays on screen.
  const shown = query.error ? query.data : (query.data ?? query.previousData);
  const connection = shown?.users;
  const after = nextCursor(query.data?.users);
  const more = async (cursor: string) => {
    setLoadingMore(true);
    try {
      await query.fetchMore({ variables: { after: cursor } });
    } catch (error) {
      notify.failed(t("moreFailed"), error);
    } finally {
      setLoadingMore(false);
    }
  };
  return {
    users: connection?.edges.map((edge) => edge.node) ?? [],
    isLoading: query.loading && !connection,
    isLoadingMore,
    error: query.error,
    retry: () => void query.refetch(),
    loadMore: after ? () => void more(after) : null,
  };
}
