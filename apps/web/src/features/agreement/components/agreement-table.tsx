"use client";

import { Title } from "@mantine/core";
import { useLocale, useTranslations } from "next-intl";
import type { IntervalFragment } from "../../../gql/graphql.ts";
import styles from "./agreement.module.css";

export interface AgreementRow {
  key: string;
  name: string;
  cases: number;
  /** Cases that either called; null where that is not the question. */
  calls: number | null;
  isTooFew: boolean;
  share: IntervalFragment | null | undefined;
  kappa: IntervalFragment | null | undefined;
}

interface AgreementTableProps {
  title: string;
  text: string;
  /** What the rows are. */
  who: string;
  rows: readonly AgreementRow[];
}

/** Figures with their intervals and their numbers, or why there are none. */
export function AgreementTable({
  title,
  text,
  who,
  rows,
}: AgreementTableProps) {
  const t = useTranslations("agreement");
  const format = useFigures();
  if (rows.length === 0) return null;
  const hasCalls = rows.some(({ calls }) => calls !== null);
  return (
    <section className={styles.panel} aria-label={title}>
      <Title order={2}>{title}</Title>
      <p className={styles.hint}>{text}</p>
      <table className={styles.table} aria-label={title}>
        <thead>
          <tr>
            <th scope="col">{who}</th>
            <th scope="col">{t("columns.cases")}</th>
            {hasCalls ? <th scope="col">{t("columns.calls")}</th> : null}
            <th scope="col">{t("columns.share")}</th>
            <th scope="col">{t("columns.kappa")}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key}>
              <th scope="row">{row.name}</th>
              <td>{format.count(row.cases)}</td>
              {hasCalls ? <td>{format.count(row.calls ?? 0)}</td> : null}
              <td>{format.share(row.share)}</td>
              <td>
                {row.isTooFew ? (
                  <span className={styles.none}>{t("tooFew")}</span>
                ) : row.kappa ? (
                  format.kappa(row.kappa)
                ) : (
                  <span className={styles.none}>{t("undefined")}</span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** "0.61 (0.48–0.72)"; a figure never stands without its interval. */
function useFigures() {
  const locale = useLocale();
  const percent = new Intl.NumberFormat(locale, {
    style: "percent",
    maximumFractionDigits: 0,
  });
  const plain = new Intl.NumberFormat(locale, {
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
  });
  const count = new Intl.NumberFormat(locale);
  const text = (
    figure: IntervalFragment | null | undefined,
    format: Intl.NumberFormat,
  ): string =>
    figure
      ? `${format.format(figure.value)} (${format.format(figure.low)}–${format.format(figure.high)})`
      : "–";
  return {
    count: (value: number) => count.format(value),
    share: (figure: IntervalFragment | null | undefined) =>
      text(figure, percent),
    kappa: (figure: IntervalFragment | null | undefined) => text(figure, plain),
  };
}
