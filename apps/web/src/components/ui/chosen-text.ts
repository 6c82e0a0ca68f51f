import type { ReactNode } from "react";

export interface ChoiceItem<T extends string> {
  value: T;
  label: ReactNode;
  /** The label in words, where it is more than a text. */
  text?: string;
}

/** More than these are counted: their names would take the line. */
const MOST_NAMED = 2;

/** The names of what is taken; where these are none or many, the filter's. */
export function chosenText<T extends string>(
  label: string,
  items: readonly ChoiceItem<T>[],
  chosen: readonly T[],
): { text: string; hasNames: boolean } {
  if (chosen.length === 0) return { text: label, hasNames: false };
  const names = items.flatMap((item) => {
    if (!chosen.includes(item.value)) return [];
    if (item.text !== undefined) return [item.text];
    return typeof item.label === "string" ? [item.label] : [];
  });
  // A choice without a name in words is counted, too.
  return chosen.length > MOST_NAMED || names.length < chosen.length
    ? { text: `${label} · ${String(chosen.length)}`, hasNames: false }
    : { text: names.join(", "), hasNames: true };
}
