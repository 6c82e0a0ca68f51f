"use client";

import { useLocale, useTranslations } from "next-intl";
import { apartFrom, shareText } from "../monitoring-format.ts";
import type { Monitoring } from "../use-monitoring.ts";
import { Panel, PanelTable, type Table } from "./panel.tsx";

type Reasons = Pick<Monitoring, "reasons">;
type Reason = Reasons["reasons"][number];

/** What stands behind each count: its share, what is normal, whether it differs. */
function useRates() {
  const t = useTranslations("monitoring.rates");
  const locale = useLocale();
  return {
    head: [t("share"), t("before"), t("change")],
    cells: ({ share, shareBefore }: Reason) => [
      shareText(share, locale) ?? "–",
      shareText(shareBefore, locale) ?? "–",
      t(apartFrom(share, shareBefore)),
    ],
    plain: ({ share, shareBefore }: Reason) => [
      share?.value ?? "",
      shareBefore?.value ?? "",
      apartFrom(share, shareBefore),
    ],
  };
}

/** Why readers did not follow the AI. */
export function OverridePanel({ reasons }: Reasons) {
  const t = useTranslations("monitoring.overrides");
  const words = useTranslations("readings.override.reasons");
  const rates = useRates();
  const table: Table = {
    head: [t("reason"), t("count"), ...rates.head],
    rows: reasons
      .filter(({ kind }) => kind === "OVERRIDE")
      .map((row) => ({
        key: row.reason,
        cells: [
          hasWord(words, row.reason) ? words(row.reason) : row.reason,
          row.count,
          ...rates.cells(row),
        ],
        plain: [row.reason, row.count, ...rates.plain(row)],
      })),
  };
  return (
    <Panel title={t("title")} fileName="monitoring-overrides" table={table}>
      <PanelTable title={t("title")} table={table} none={t("none")} />
    </Panel>
  );
}

/** What the gate refused, by where it came from. */
export function RefusalPanel({ reasons }: Reasons) {
  const t = useTranslations("monitoring.refusals");
  const groups = useTranslations("monitoring.subgroups");
  const words = useTranslations("findings.notAssessed");
  const rates = useRates();
  const table: Table = {
    head: [t("source"), t("reason"), t("count"), ...rates.head],
    rows: reasons
      .filter(({ kind }) => kind === "REFUSAL")
      .map((row) => ({
        key: `${row.source}/${row.reason}`,
        cells: [
          row.source === "" ? groups("unknownSource") : row.source,
          hasWord(words, row.reason) ? words(row.reason) : row.reason,
          row.count,
          ...rates.cells(row),
        ],
        plain: [row.source, row.reason, row.count, ...rates.plain(row)],
      })),
  };
  return (
    <Panel title={t("title")} fileName="monitoring-refusals" table={table}>
      <PanelTable title={t("title")} table={table} none={t("none")} />
    </Panel>
  );
}

/** Who sent films and does not any more. */
export function SilentPanel({
  silentSources,
}: Pick<Monitoring, "silentSources">) {
  const t = useTranslations("monitoring.silent");
  const groups = useTranslations("monitoring.subgroups");
  const table: Table = {
    head: [t("source"), t("last"), t("silent"), t("usual")],
    rows: silentSources.map(({ source, lastDay, silentDays, usualDays }) => ({
      key: source,
      cells: [
        source === "" ? groups("unknownSource") : source,
        lastDay,
        silentDays,
        usualDays,
      ],
      plain: [source, lastDay, silentDays, usualDays],
    })),
  };
  return (
    <Panel
      title={t("title")}
      width="last-third"
      fileName="monitoring-silent"
      table={table}
    >
      <PanelTable title={t("title")} table={table} none={t("none")} />
    </Panel>
  );
}

/** Whether a catalogue has words for a code of a perhaps newer API. */
function hasWord<Key extends string>(
  words: { has: (key: Key) => boolean },
  code: string,
): code is Key {
  // `has` is made to be asked for keys that may not be there.
  return words.has(code as Key);
}
