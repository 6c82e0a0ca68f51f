"use client";

import { useLocale, useTranslations } from "next-intl";
import { formatDate } from "../../../lib/dates.ts";
import type { OpenCase } from "../../cases/use-case.ts";
import { ReportTextView } from "../../report-text/components/report-text.tsx";
import styles from "../../report-text/components/report.module.css";

/** What was written of the patient's earlier films, the latest first. */
export function PriorReport({ open }: { open: OpenCase }) {
  const t = useTranslations("reports");
  const locale = useLocale();
  const reports = open.priors.flatMap(({ id, studyDate, case: row }) => {
    const report = row?.signedVersions.find(
      ({ isCurrent }) => isCurrent,
    )?.report;
    return report ? [{ id, studyDate, report }] : [];
  });
  if (reports.length === 0) return null;
  return (
    <div>
      {reports.map(({ id, studyDate, report }) => (
        <details key={id} className={styles.prior}>
          <summary>
            {studyDate
              ? t("prior", { date: formatDate(studyDate, locale) })
              : t("priorUndated")}
          </summary>
          <ReportTextView report={report} />
        </details>
      ))}
    </div>
  );
}
