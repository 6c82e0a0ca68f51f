"use client";

import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { formatCount } from "../../triage/triage-format.ts";
import { worstWait } from "../board-format.ts";
import type { Board } from "../use-board.ts";
import { useMinutesText } from "../../../lib/use-minutes-text.ts";
import styles from "./board.module.css";

/** Four numbers to be read from across the corridor. */
export function BigNumbers({ board }: { board: Board }) {
  const t = useTranslations("board.numbers");
  const locale = useLocale();
  const minutes = useMinutesText();
  const waiting = sum(board, "waiting");
  const overdue = sum(board, "overdue");
  const worst = worstWait(board);
  return (
    <dl className={styles.numbers}>
      <Big
        label={t("waiting")}
        value={formatCount(waiting, locale)}
        note={overdue > 0 ? t("overdue", { count: overdue }) : t("allInTime")}
        isAlarm={overdue > 0}
      />
      <Big
        label={t("oldest")}
        value={worst ? <SmallUnits text={minutes(worst.minutes)} /> : "–"}
        note={
          worst
            ? t("ceiling", { ceiling: minutes(worst.ceilingMinutes) })
            : t("nothingWaits")
        }
        isAlarm={worst?.isOverdue ?? false}
      />
      <Big
        label={t("reading")}
        value={formatCount(board.reading, locale)}
        note={t("readers", {
          count: board.readers.filter(({ reading }) => reading > 0).length,
        })}
      />
      <Big
        label={t("notAssessed")}
        value={formatCount(board.notAssessed, locale)}
        note={t("pending", { count: board.pending })}
      />
    </dl>
  );
}

interface BigProps {
  label: string;
  value: ReactNode;
  note: ReactNode;
  isAlarm?: boolean;
}

function Big({ label, value, note, isAlarm }: BigProps) {
  return (
    <div className={styles.big} data-alarm={isAlarm === true || undefined}>
      <dt>{label}</dt>
      <dd className={styles.value}>{value}</dd>
      <dd className={styles.note}>{note}</dd>
    </div>
  );
}

/** "13 h 24 min" with its numbers large and its units small. */
function SmallUnits({ text }: { text: string }) {
  const parts = text.split(/(\d+)/).filter((part) => part !== "");
  return parts.map((part, at) =>
    /\d/.test(part) ? (
      part
    ) : (
      <span key={at} className={styles.unit}>
        {part.trim()}
      </span>
    ),
  );
}

function sum({ classes }: Board, key: "waiting" | "overdue"): number {
  return classes.reduce((total, row) => total + row[key], 0);
}
