"use client";

import type { RefObject } from "react";
import { useShortcuts } from "../shortcuts/use-shortcuts.ts";

interface RowKeysOptions {
  /** Prefix of the shortcut names, for example "audit". */
  id: string;
  /** Holds the rows: focusable elements with `data-row`. */
  list: RefObject<HTMLElement | null>;
  search?: RefObject<HTMLInputElement | null>;
  labels: {
    next: string;
    previous: string;
    open: string;
    close?: string;
    search?: string;
  };
  /** Told the `data-row` of the row that the keys moved to. */
  onMove?: (row: string) => void;
  /** Escape; returning false lets others have the key. */
  onClose?: () => boolean;
}

/**
 * j and k move the focus through a list's rows, Enter presses the row, Escape
 * goes back and / goes to the search field. Escape leaves the search field, too.
 */
export function useRowKeys(options: RowKeysOptions): void {
  const { id, labels, list, search } = options;
  const move = (step: 1 | -1) => {
    const row = neighbour(list.current, step);
    if (!row) return;
    row.focus();
    row.scrollIntoView({ block: "nearest" });
    options.onMove?.(row.dataset["row"] ?? "");
  };
  useShortcuts([
    {
      id: `${id}.next`,
      keys: ["j", "ArrowDown"],
      label: labels.next,
      group: "list",
      repeats: true,
      hiddenInPalette: true,
      run: () => move(1),
    },
    {
      id: `${id}.previous`,
      keys: ["k", "ArrowUp"],
      label: labels.previous,
      group: "list",
      repeats: true,
      hiddenInPalette: true,
      run: () => move(-1),
    },
    {
      id: `${id}.open`,
      keys: "Enter",
      label: labels.open,
      group: "list",
      hiddenInPalette: true,
      // A row that has the focus is pressed by the key itself.
      run: () => currentRow(list.current)?.click(),
    },
    ...(labels.close
      ? [
          {
            id: `${id}.close`,
            keys: "Escape",
            label: labels.close,
            group: "list" as const,
            whileTyping: true,
            hiddenInPalette: true,
            run: () => leaveField() || (options.onClose?.() ?? false),
          },
        ]
      : []),
    ...(labels.search
      ? [
          {
            id: `${id}.search`,
            keys: "/",
            label: labels.search,
            group: "list" as const,
            run: () => search?.current?.select(),
          },
        ]
      : []),
  ]);
}

function rowsOf(list: HTMLElement | null): HTMLElement[] {
  return [...(list?.querySelectorAll<HTMLElement>("[data-row]") ?? [])];
}

/** The row with the focus, or the one that had it last. */
function currentRow(list: HTMLElement | null): HTMLElement | undefined {
  const rows = rowsOf(list);
  return (
    rows.find((row) => row.contains(document.activeElement)) ??
    rows.find((row) => row.tabIndex === 0)
  );
}

function neighbour(
  list: HTMLElement | null,
  step: 1 | -1,
): HTMLElement | undefined {
  const rows = rowsOf(list);
  const focused = rows.findIndex((row) => row.contains(document.activeElement));
  const current = currentRow(list);
  if (focused < 0 && current) return current;
  return rows[Math.min(rows.length - 1, Math.max(0, focused + step))];
}

/** Takes the focus out of a text field, back to the page. */
function leaveField(): boolean {
  const field = document.activeElement;
  if (!(field instanceof HTMLInputElement)) return false;
  field.blur();
  return true;
}
