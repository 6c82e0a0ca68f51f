"use client";

import { createContext, type ReactNode, useContext, useMemo } from "react";
import type { AuditEventRow } from "./use-audit-events.ts";

type Names = ReadonlyMap<string, string>;

const NamesContext = createContext<Names>(new Map());

interface AuditNamesProps {
  events: readonly AuditEventRow[];
  children: ReactNode;
}

/**
 * Lets events name people of whom they hold only the identifier, by what the
 * other events on screen call them.
 */
export function AuditNames({ events, children }: AuditNamesProps) {
  const names = useMemo(() => namesIn(events), [events]);
  return <NamesContext value={names}>{children}</NamesContext>;
}

function namesIn(events: readonly AuditEventRow[]): Names {
  const names = new Map<string, string>();
  for (const event of events) {
    names.set(event.actorId, event.actorName);
    if (event.subjectName) names.set(event.subjectId, event.subjectName);
    if (event.patientId && event.patientName) {
      names.set(event.patientId, event.patientName);
    }
  }
  return names;
}

/** Gives a function that knows what an identifier is called, or null. */
export function useAuditNames(): (id: string) => string | null {
  const names = useContext(NamesContext);
  return (id) => names.get(id) ?? null;
}
