"use client";

import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useId,
  useMemo,
  useState,
} from "react";

interface UnsavedValue {
  /** What would be lost, in the reader's words; empty when nothing would. */
  labels: readonly string[];
  set: (id: string, label: string | null) => void;
}

const UnsavedContext = createContext<UnsavedValue | null>(null);

/** Knows what on the page is not yet with the server. */
export function UnsavedProvider({ children }: { children: ReactNode }) {
  const [entries, setEntries] = useState<ReadonlyMap<string, string>>(
    new Map(),
  );
  const set = useCallback(
    (id: string, label: string | null) =>
      setEntries((before) => withEntry(before, id, label)),
    [],
  );
  const value = useMemo(
    () => ({ labels: [...entries.values()], set }),
    [entries, set],
  );
  return <UnsavedContext value={value}>{children}</UnsavedContext>;
}

function withEntry(
  before: ReadonlyMap<string, string>,
  id: string,
  label: string | null,
): ReadonlyMap<string, string> {
  if ((before.get(id) ?? null) === label) return before;
  const after = new Map(before);
  if (label === null) after.delete(id);
  else after.set(id, label);
  return after;
}

export function useUnsavedLabels(): readonly string[] {
  return useUnsavedContext().labels;
}

/**
 * While `isUnsaved`, leaving or reloading the page asks first and the offline
 * strip names what is at stake.
 * @param label what is unsaved, for example "the report of NGUYEN, Van A"
 */
export function useUnsaved(label: string, isUnsaved: boolean): void {
  const id = useId();
  const { set } = useUnsavedContext();
  useEffect(() => {
    set(id, isUnsaved ? label : null);
    return () => set(id, null);
  }, [id, label, isUnsaved, set]);
  useEffect(() => {
    if (!isUnsaved) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", ask);
    return () => window.removeEventListener("beforeunload", ask);
  }, [isUnsaved]);
}

function useUnsavedContext(): UnsavedValue {
  const value = useContext(UnsavedContext);
  if (!value) throw new Error("UnsavedProvider is missing above.");
  return value;
}
