"use client";

import { useLocalStorage } from "@mantine/hooks";
import { useMemo } from "react";
import { useReadsBlind } from "../../components/shell/use-reads-blind.ts";
import { useViewer } from "../../components/shell/viewer-context.tsx";
import {
  type ColumnChoice,
  repairChoice,
  withoutColumn,
} from "./worklist-columns.ts";

/** The columns somebody chose, remembered on this machine. */
export function useColumnChoice(): [
  ColumnChoice,
  (choice: ColumnChoice) => void,
] {
  const { user } = useViewer();
  const [stored, setStored] = useLocalStorage<unknown>({
    key: `lung-iris:worklist-columns:${user.id}`,
  });
  const isBlind = useReadsBlind();
  const choice = useMemo(() => {
    const repaired = repairChoice(stored);
    return isBlind ? withoutColumn(repaired, "ai") : repaired;
  }, [stored, isBlind]);
  return [choice, setStored];
}
