"use client";

import { useSearchParams } from "next/navigation";
import { useCallback, useMemo } from "react";
import { routes } from "../../lib/routes.ts";
import {
  readTabText,
  useSearchOutOfAddress,
  useTabText,
  writeTabText,
} from "../../lib/tab-text.ts";
import {
  type AuditFilters,
  NO_FILTERS,
  readFilters,
  writeFilters,
} from "../audit-events/audit-filters.ts";

export interface FilterControl {
  filters: AuditFilters;
  change: (part: Partial<AuditFilters>) => void;
  clear: () => void;
}

/** The filters in the address; changing them is a step one can go back from. */
export function useAuditFilters(): FilterControl {
  const query = useSearchParams();
  const text = query.toString();
  useSearchOutOfAddress("audit-search");
  const [search] = useTabText("audit-search");
  const filters = useMemo(
    () => readFilters(new URLSearchParams(text), search),
    [text, search],
  );
  const change = useCallback((part: Partial<AuditFilters>) => {
    // What stands in the address now; a change that comes late, from typing,
    // must not take back what was chosen meanwhile.
    const before = readFilters(
      new URLSearchParams(window.location.search),
      readTabText("audit-search"),
    );
    if (part.search !== undefined) writeTabText("audit-search", part.search);
    const address = `${routes.audit()}${writeFilters({ ...before, ...part })}`;
    const isElsewhere =
      address !== window.location.pathname + window.location.search;
    if (isElsewhere) window.history.pushState(null, "", address);
  }, []);
  const clear = useCallback(() => change(NO_FILTERS), [change]);
  return { filters, change, clear };
}
