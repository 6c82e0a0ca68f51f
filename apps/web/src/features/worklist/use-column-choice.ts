"use client";

import { useLocalStorage } from "@mantine/hooks";
import { useMemo } from "react";
import { useViewer } from "../../components/shell/viewer-context.tsx";
import { type ColumnChoice, repairChoice } from "./worklist-columns.ts";

/** The columns somebody chose, remembered on this machine. */
export function useColumnChoice(): [
  ColumnChoice,
  (choice: ColumnChoice) => void,
] {
  const { user } = useViewer();
  const [stored, setStored] = useLocalStorage<unknown>({
    key: `lung-iris:worklist-columns:${user.id}`,
  });
  return [useMemo(() => repairChoice(stored), [stored]), setStored];
}
