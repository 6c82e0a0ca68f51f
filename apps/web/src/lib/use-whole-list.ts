import { useEffect } from "react";
import { nextCursor } from "./paged-lists.ts";

/** Loads what a list still has, page by page, as soon as its first is here. */
export function useWholeList(
  page: Parameters<typeof nextCursor>[0],
  fetchMore: (options: { variables: { after: string } }) => Promise<unknown>,
): void {
  const after = nextCursor(page);
  useEffect(() => {
    if (after) fetchMore({ variables: { after } }).catch(() => undefined);
  }, [after, fetchMore]);
}
