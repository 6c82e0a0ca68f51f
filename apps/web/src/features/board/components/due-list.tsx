"use client";

import { Title } from "@mantine/core";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useId } from "react";
import { routes } from "../../../lib/routes.ts";
import { UrgencyMark } from "../../triage/components/urgency-mark.tsx";
import { minutesBetween } from "../board-format.ts";
import type { Board } from "../use-board.ts";
import { useMinutesText } from "../../../lib/use-minutes-text.ts";
import styles from "./board.module.css";

/** What misses its ceiling next, or missed it first; no names on a wall. */
export function DueList({ board }: { board: Board }) {
  const t = useTranslations("board.due");
  const minutes = useMinutesText();
  const id = useId();
  const { nextDue, asOf } = board;
  return (
    <section className={styles.panel} data-area="due" aria-labelledby={id}>
      <div className={styles.panelHead}>
        <Title order={2} id={id}>
          {t("title")}
        </Title>
      </div>
      {nextDue.length === 0 ? (
        <p className={styles.hint}>{t("none")}</p>
      ) : (
        <div className={styles.dueBody}>
          <ol className={styles.due}>
            {nextDue.map((wait) => {
              const isPast = Date.parse(wait.dueAt) <= Date.parse(asOf);
              return (
                <li key={wait.caseId} data-past={isPast || undefined}>
                  <UrgencyMark urgency={wait.urgency} />
                  <Link href={routes.case(wait.caseId)} prefetch={false}>
                    {isPast
                      ? t("past", {
                          time: minutes(minutesBetween(wait.dueAt, asOf)),
                        })
                      : t("left", {
                          time: minutes(minutesBetween(asOf, wait.dueAt)),
                        })}
                  </Link>
                  <span className={styles.note}>
                    {wait.assigneeName ?? t("nobody")}
                  </span>
                </li>
              );
            })}
          </ol>
        </div>
      )}
    </section>
  );
}
