"use client";

import { useSearchParams } from "next/navigation";
import { useCallback, useMemo } from "react";
import { routes } from "../../lib/routes.ts";
import {
  type AuditFilters,
  NO_FILTERS,
  readFilters,
  writeFilters,
} from "./audit-filters.ts";

export interface FilterControl {
  filters: AuditFilters;
  change: (part: Partial<AuditFilters>) => void;
  clear: () => void;
}

/** The filters in the address; changing them is a step one can go back from. */
export function useAuditFilters(): FilterControl {
  const query = useSearchParams();
  const text = query.toString();
  const filters = useMemo(() => readFilters(new URLSearchParams(text)), [text]);
  const change = useCallback((part: Partial<AuditFilters>) => {
    // What stands in the address now; a change that comes late, from typing,
    // must not take back what was chosen meanwhile.
    const before = readFilters(new URLSearchParams(window.location.search));
    const address = `${routes.audit()}${writeFilters({ ...before, ...part })}`;
    // Typing replaces the entry, or going back would undo single letters.
    const isTyping = Object.keys(part).join() === "search";
    if (isTyping) window.history.replaceState(null, "", address);
    else window.history.pushState(null, "", address);
  }, []);
  const clear = useCallback(() => change(NO_FILTERS), [change]);
  return { filters, change, clear };
}
