"use client";

import {
  type TableDoubt,
  type TableProblem,
  parseDetailsTable,
} from "./details-table.ts";
import { matchDetails } from "./match-details.ts";
import type { TableEncoding, TableText } from "./table-text.ts";
import { useUploadManager } from "../uploads/upload-context.tsx";

/** What a table did, and what it did not. */
export interface TableReport {
  /** The table's file; null for one that was pasted. */
  name: string | null;
  /** Null for text that was pasted. */
  encoding: TableEncoding | null;
  matched: number;
  lines: number;
  unmatched: readonly string[];
  ambiguous: readonly string[];
  doubts: readonly TableDoubt[];
  unknownHeadings: readonly string[];
}

export type TableOutcome =
  | { isUsable: true; report: TableReport }
  | { isUsable: false; problem: TableProblem };

/** Gives held films the line of a table that bears their name. */
export function useDetailsTable(): (
  table: Pick<TableText, "text"> & Partial<TableText>,
  name: string | null,
) => TableOutcome {
  const manager = useUploadManager();
  return ({ text, encoding = null }, name) => {
    const table = parseDetailsTable(text);
    if (typeof table === "string") return { isUsable: false, problem: table };
    const held = manager
      .read()
      .films.filter(({ status }) => status.step === "held");
    const match = matchDetails(
      table,
      held.map((film) => film.name),
    );
    for (const film of held) {
      const details = match.byFilm.get(film.name);
      if (details) manager.setDetails(film.id, details);
    }
    return {
      isUsable: true,
      report: {
        name,
        encoding,
        matched: match.byFilm.size,
        lines: table.lines.length,
        unmatched: match.unmatched,
        ambiguous: match.ambiguous,
        doubts: table.doubts,
        unknownHeadings: table.unknownHeadings,
      },
    };
  };
}
