"use client";

import { useLocale, useTranslations } from "next-intl";
import { formatDateTime } from "../../../lib/dates.ts";
import {
  percent,
  shareText,
} from "../../monitoring-panels/monitoring-format.ts";
import type { Monitoring } from "../../monitoring-panels/use-monitoring.ts";
import styles from "../../monitoring-panels/components/monitoring.module.css";

/** Four figures of the whole span. */
export function Facts({ monitoring }: { monitoring: Monitoring }) {
  const t = useTranslations("monitoring.facts");
  const locale = useLocale();
  const { films, refused, signed, agreement, waiting } = monitoring;
  const { contradicted, followed, helped, misled, helpedShare } = monitoring;
  const format = new Intl.NumberFormat(locale);
  return (
    <dl className={styles.facts}>
      <Fact
        label={t("films")}
        value={format.format(films)}
        note={
          refused
            ? t("filmsNote", { share: percent(refused.value, locale) })
            : t("filmsNone")
        }
      />
      <Fact
        label={t("agreement")}
        value={shareText(agreement, locale) ?? "–"}
        note={
          signed > 0
            ? t("agreementNote", { count: signed })
            : t("agreementNone")
        }
      />
      <Fact
        label={t("influence")}
        value={format.format(followed)}
        note={[
          t("influenceNote", { count: contradicted, helped, misled }),
          shareText(helpedShare, locale),
        ]
          .filter((part) => part !== null)
          .join(": ")}
      />
      <Fact
        label={t("waiting")}
        value={format.format(waiting.films)}
        note={
          waiting.oldestSince
            ? t("waitingNote", {
                time: formatDateTime(waiting.oldestSince, locale),
              })
            : t("waitingNone")
        }
        isAlarm={isLate(monitoring)}
      />
    </dl>
  );
}

function isLate({ waiting, asOf }: Monitoring): boolean {
  const { oldestSince, limitMinutes } = waiting;
  if (!oldestSince) return false;
  const minutes = (Date.parse(asOf) - Date.parse(oldestSince)) / 60_000;
  return minutes >= limitMinutes;
}

interface FactProps {
  label: string;
  value: string;
  note: string;
  isAlarm?: boolean;
}

function Fact({ label, value, note, isAlarm = false }: FactProps) {
  return (
    <div className={styles.fact} data-alarm={isAlarm || undefined}>
      <dt>{label}</dt>
      <dd className={styles.value}>{value}</dd>
      <dd className={styles.note}>{note}</dd>
    </div>
  );
}
