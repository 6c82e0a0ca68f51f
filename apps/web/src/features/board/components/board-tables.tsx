"use client";

import { Title } from "@mantine/core";
import { useLocale, useTranslations } from "next-intl";
import { formatCount } from "../../triage/triage-format.ts";
import { minutesBetween } from "../board-format.ts";
import type { Board } from "../use-board.ts";
import { useMinutesText } from "../../../lib/use-minutes-text.ts";
import styles from "./board.module.css";
import { BoardTable } from "./panel.tsx";

/** What waits, class by class. */
export function ClassTable({ board }: { board: Board }) {
  const t = useTranslations("board.classes");
  const urgency = useTranslations("findings.urgency");
  const minutes = useMinutesText();
  return (
    <section className={styles.panel} data-area="classes">
      <Title order={2}>{t("title")}</Title>
      <BoardTable
        title={t("title")}
        table={{
          head: [t("class"), t("waiting"), t("overdue"), t("oldest")],
          rows: board.classes.map((row) => [
            urgency(row.urgency),
            row.waiting,
            row.overdue,
            row.oldestSince
              ? t("ofCeiling", {
                  time: minutes(minutesBetween(row.oldestSince, board.asOf)),
                  ceiling: minutes(row.ceilingMinutes),
                })
              : null,
          ]),
        }}
      />
    </section>
  );
}

/** Who has how much in hand. */
export function ReaderTable({ board }: { board: Board }) {
  const t = useTranslations("board.readers");
  const locale = useLocale();
  return (
    <section className={styles.panel} data-area="readers">
      <Title order={2}>{t("title")}</Title>
      {board.readers.length === 0 ? (
        <p className={styles.hint}>{t("none")}</p>
      ) : (
        <BoardTable
          title={t("title")}
          table={{
            head: [t("reader"), t("reading"), t("assigned"), t("signed")],
            rows: board.readers.map((row) => [
              row.name,
              row.reading,
              row.assigned,
              row.signed,
            ]),
            format: (value) => formatCount(value, locale),
          }}
        />
      )}
    </section>
  );
}
