"use client";

import { useQuery } from "@apollo/client/react";
import { Title } from "@mantine/core";
import { useLocale, useTranslations } from "next-intl";
import { CsvButton } from "../../../components/ui/figure-controls.tsx";
import { FactTable } from "../../../components/ui/fact-table.tsx";
import { savedFigures, shownFigures } from "../adherence-rows.ts";
import { PROCEDURE_ADHERENCE } from "../procedure-queries.ts";
import { useProcedureWords } from "../use-procedure-words.ts";
import styles from "./procedures.module.css";

const DAYS = 7;
/** The board's screen on the wall is never reloaded by anybody. */
const ASK_EVERY_MS = 60_000;

/** How the steps of procedures were done; nothing where none has begun. */
export function AdherencePanel({ siteId }: { siteId: string }) {
  const t = useTranslations("procedures.adherence");
  const locale = useLocale();
  const { inLocale } = useProcedureWords();
  const { data } = useQuery(PROCEDURE_ADHERENCE, {
    variables: { siteId, days: DAYS },
    fetchPolicy: "cache-and-network",
    pollInterval: ASK_EVERY_MS,
  });
  if (!data || data.procedureAdherence.length === 0) return null;
  const names = new Map(
    data.procedures.map(({ procedureId, document }) => [
      procedureId,
      inLocale(document.name),
    ]),
  );
  const head = [
    t("procedure"),
    t("share"),
    t("due"),
    t("inTime"),
    t("late"),
    t("open"),
    t("overdue"),
  ];
  const rows = data.procedureAdherence.map((row) => ({
    key: row.procedureId,
    name: names.get(row.procedureId) ?? row.procedureId,
    shown: shownFigures(row, locale),
    saved: savedFigures(row),
  }));
  const title = t("title", { days: DAYS });
  return (
    <section className={styles.board} aria-label={title}>
      <div className={styles.boardHead}>
        <Title order={2}>{title}</Title>
        <CsvButton
          title={title}
          fileName="procedures"
          head={head}
          rows={rows.map(({ name, saved }) => [name, ...saved])}
        />
      </div>
      <FactTable
        title={title}
        head={head}
        rows={rows.map(({ key, name, shown }) => ({
          key,
          cells: [name, ...shown],
        }))}
        scrollClass={styles.scroll}
        tableClass={styles.table}
      />
    </section>
  );
}
