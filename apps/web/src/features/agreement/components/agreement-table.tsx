"use client";

import { Title } from "@mantine/core";
import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { CsvButton } from "../../../components/ui/figure-controls.tsx";
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
  /** What the file is called, without its ending. */
  fileName: string;
  /** What else can be done with it. */
  controls?: ReactNode;
  /** Shown where there are no rows; without it there is then no table. */
  empty?: ReactNode;
}

/** Figures with their intervals and their numbers, or why there are none. */
export function AgreementTable({
  title,
  text,
  who,
  rows,
  fileName,
  controls,
  empty,
}: AgreementTableProps) {
  if (rows.length === 0 && empty === undefined) return null;
  return (
    <section className={styles.panel} aria-label={title}>
      <div className={styles.head}>
        <Title order={2}>{title}</Title>
        <div className={styles.tools}>
          {controls}
          <CsvOfRows title={title} fileName={fileName} who={who} rows={rows} />
        </div>
      </div>
      <p className={styles.hint}>{text}</p>
      {rows.length === 0 ? (
        empty
      ) : (
        <RowsTable title={title} who={who} rows={rows} />
      )}
    </section>
  );
}

type RowsProps = Pick<AgreementTableProps, "title" | "who" | "rows">;

function RowsTable({ title, who, rows }: RowsProps) {
  const t = useTranslations("agreement");
  const format = useFigures();
  const hasCalls = rows.some(({ calls }) => calls !== null);
  return (
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
  );
}

/** The figures as they are, each end of an interval in a column of its own. */
function CsvOfRows({
  title,
  who,
  rows,
  fileName,
}: RowsProps & { fileName: string }) {
  const t = useTranslations("agreement");
  const hasCalls = rows.some(({ calls }) => calls !== null);
  const ends = (figure: IntervalFragment | null | undefined) =>
    figure ? [figure.value, figure.low, figure.high] : [null, null, null];
  return (
    <CsvButton
      title={title}
      fileName={fileName}
      head={[
        who,
        t("columns.cases"),
        ...(hasCalls ? [t("columns.calls")] : []),
        ...(["share", "kappa"] as const).flatMap((figure) => [
          t(`csv.${figure}`),
          t("csv.low", { figure: t(`csv.${figure}`) }),
          t("csv.high", { figure: t(`csv.${figure}`) }),
        ]),
      ]}
      rows={rows.map(({ name, cases, calls, share, kappa }) => [
        name,
        cases,
        ...(hasCalls ? [calls] : []),
        ...ends(share),
        ...ends(kappa),
      ])}
    />
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
