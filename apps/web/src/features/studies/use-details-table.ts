"use client";

import { useTranslations } from "next-intl";
import { detailsForFile, parseDetailsTable } from "./details-table.ts";
import { useUploadManager } from "./upload-context.tsx";

export type TableOutcome =
  { isUsable: true; text: string } | { isUsable: false; text: string };

/** Gives held films the line of a table that bears their name. */
export function useDetailsTable(): (table: string) => TableOutcome {
  const t = useTranslations("upload.table");
  const manager = useUploadManager();
  return (text) => {
    const table = parseDetailsTable(text);
    if (typeof table === "string") {
      return { isUsable: false, text: t(`problems.${table}`) };
    }
    let matched = 0;
    for (const film of manager.read().films) {
      if (film.status.step !== "held") continue;
      const details = detailsForFile(table, film.name);
      if (!details) continue;
      manager.setDetails(film.id, details);
      matched += 1;
    }
    const lines = table.byFile.size;
    const unknown = table.unknownHeadings.join(", ");
    const outcome = t("matched", { matched, lines });
    return {
      isUsable: true,
      text: unknown ? `${outcome} ${t("unknown", { unknown })}` : outcome,
    };
  };
}
