"use client";

import { useLocalStorage } from "@mantine/hooks";
import { useMemo } from "react";
import { useReadsBlind } from "../../components/shell/use-reads-blind.ts";
import { useViewer } from "../../components/shell/viewer-context.tsx";
import {
  type ColumnChoice,
  choiceOfColumns,
  repairChoice,
  visibleColumns,
  withoutColumn,
} from "../worklist-query/worklist-columns.ts";
import type { WorklistChoice } from "../worklist-query/worklist-url.ts";

/**
 * The columns of the address, else those chosen last on this machine. What is
 * changed of a saved view is not remembered: it is the view's.
 */
export function useColumnChoice(
  { columns, saved }: WorklistChoice,
  change: (change: Partial<WorklistChoice>) => void,
): [ColumnChoice, (choice: ColumnChoice) => void] {
  const { user } = useViewer();
  const [stored, setStored] = useLocalStorage<unknown>({
    key: `lung-iris:worklist-columns:${user.id}`,
  });
  const isBlind = useReadsBlind();
  const choice = useMemo(() => {
    const named =
      columns.length > 0 ? choiceOfColumns(columns) : repairChoice(stored);
    return isBlind ? withoutColumn(named, "ai") : named;
  }, [columns, stored, isBlind]);
  const choose = (next: ColumnChoice) => {
    if (saved === null) setStored(next);
    change({ columns: visibleColumns(next) });
  };
  return [choice, choose];
}
