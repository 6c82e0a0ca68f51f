"use client";

import { useLocale, useTranslations } from "next-intl";
import type { Urgency } from "../../../gql/graphql.ts";
import { useMinutesText } from "../../../lib/use-minutes-text.ts";
import { UrgencyMark } from "../../triage/components/urgency-mark.tsx";
import type { Replay } from "../use-replay.ts";
import styles from "./replay.module.css";

type Result = Replay["results"][number];
type Figures = NonNullable<Result["all"]>;

/** Every order with the waits of all, of pneumonias and of each class. */
export function ReplayTable({ replay }: { replay: Replay }) {
  const t = useTranslations("replay");
  const locale = useLocale();
  const minutes = useMinutesText();
  const percent = new Intl.NumberFormat(locale, {
    style: "percent",
    maximumFractionDigits: 1,
  });
  const classes: Urgency[] = [
    ...new Set(
      replay.results.flatMap((result) =>
        result.classes.map(({ urgency }) => urgency),
      ),
    ),
  ];
  const triple = (figures: Figures | null | undefined) =>
    figures
      ? t("table.triple", {
          median: whole(minutes(figures.median)),
          p90: whole(minutes(figures.p90)),
          longest: whole(minutes(figures.longest)),
        })
      : "–";
  return (
    <div className={styles.scroll} tabIndex={0} role="group">
      <table className={styles.table} aria-label={t("table.title")}>
        <caption>{t("table.caption")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("table.order")}</th>
            <th scope="col">{t("table.all")}</th>
            <th scope="col">{t("table.positives")}</th>
            {classes.map((urgency) => (
              <th key={urgency} scope="col">
                <UrgencyMark urgency={urgency} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {replay.results.map((result) => (
            <tr key={result.order}>
              <th scope="row">{t(`orders.${result.order}`)}</th>
              <td>{triple(result.all)}</td>
              <td>{triple(result.positives)}</td>
              {classes.map((urgency) => {
                const own = result.classes.find(
                  (row) => row.urgency === urgency,
                );
                return (
                  <td key={urgency}>
                    {triple(own?.waits)}
                    {own ? (
                      <div className={styles.hint}>
                        {t("table.past", {
                          share: percent.format(own.pastCeiling),
                        })}
                      </div>
                    ) : null}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** A length of time that no line break tears. */
function whole(text: string): string {
  return text.replaceAll(" ", "\u00a0");
}
