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
  const change = useCallback(
    (part: Partial<AuditFilters>) => {
      const next = { ...filters, ...part };
      // Typing replaces the entry, or going back would undo single letters.
      const isTyping = Object.keys(part).join() === "search";
      const address = `${routes.audit()}${writeFilters(next)}`;
      if (isTyping) window.history.replaceState(null, "", address);
      else window.history.pushState(null, "", address);
    },
    [filters],
  );
  const clear = useCallback(() => change(NO_FILTERS), [change]);
  return { filters, change, clear };
}
