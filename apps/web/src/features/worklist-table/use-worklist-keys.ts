"use client";

import { useTranslations } from "next-intl";
import type { Shortcut } from "../../components/shortcuts/shortcut-registry.ts";
import { useShortcuts } from "../../components/shortcuts/use-shortcuts.ts";
import type { CaseRowFragment } from "../../gql/graphql.ts";

type Row = CaseRowFragment;

interface WorklistKeys {
  currentRow: Row | undefined;
  selectedRows: readonly Row[];
  move: (by: number) => void;
  open: (row: Row) => void;
  /** Claims the most urgent case and opens it; null for who does not read. */
  openNext: (() => void) | null;
  claim: (row: Row) => void;
  release: (row: Row) => void;
  assign: (rows: readonly Row[]) => void;
  toggle: (row: Row) => void;
  clearSelection: () => void;
  search: () => void;
}

/** The list's keyboard; each key asks the row whether it may. */
export function useWorklistKeys(keys: WorklistKeys): void {
  const t = useTranslations("worklist.keys");
  const { currentRow, selectedRows } = keys;
  const toAssign = selectedRows.length > 0 ? selectedRows : single(currentRow);
  const list = (shortcut: Omit<Shortcut, "group">): Shortcut => ({
    group: "list",
    ...shortcut,
  });
  useShortcuts([
    list({
      id: "list.next",
      keys: "j",
      label: t("next"),
      repeats: true,
      hiddenInPalette: true,
      run: () => keys.move(1),
    }),
    list({
      id: "list.previous",
      keys: "k",
      label: t("previous"),
      repeats: true,
      hiddenInPalette: true,
      run: () => keys.move(-1),
    }),
    list({
      id: "list.open",
      keys: "Enter",
      label: t("open"),
      enabled: currentRow !== undefined,
      run: () => currentRow && keys.open(currentRow),
    }),
    list({
      id: "case.next",
      keys: "n",
      label: t("nextToRead"),
      enabled: keys.openNext !== null,
      run: () => keys.openNext?.(),
    }),
    list({
      id: "case.claim",
      keys: "c",
      label: t("claim"),
      enabled: currentRow?.viewerCanClaim ?? false,
      run: () => currentRow && keys.claim(currentRow),
    }),
    list({
      id: "case.release",
      keys: "u",
      label: t("release"),
      enabled: currentRow?.viewerCanRelease ?? false,
      run: () => currentRow && keys.release(currentRow),
    }),
    list({
      id: "case.assign",
      keys: "a",
      label: t("assign"),
      enabled: toAssign.some((row) => row.viewerCanAssign),
      run: () => keys.assign(toAssign.filter((row) => row.viewerCanAssign)),
    }),
    list({
      id: "list.select",
      keys: "x",
      label: t("select"),
      enabled: currentRow !== undefined,
      run: () => currentRow && keys.toggle(currentRow),
    }),
    list({
      id: "list.unselect",
      keys: "Escape",
      label: t("unselect"),
      enabled: selectedRows.length > 0,
      run: keys.clearSelection,
    }),
    list({
      id: "list.search",
      keys: "/",
      label: t("search"),
      run: keys.search,
    }),
  ]);
}

function single(row: Row | undefined): Row[] {
  return row ? [row] : [];
}
