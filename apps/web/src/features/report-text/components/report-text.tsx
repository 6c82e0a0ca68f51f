"use client";

import { useLocale, useTranslations } from "next-intl";
import type { SignedReportFragment } from "../../../gql/graphql.ts";
import { formatDateTime } from "../../../lib/dates.ts";
import { REPORT_SECTIONS, type ReportText, textOf } from "../report-draft.ts";
import { wordDiff } from "../word-diff.ts";
import styles from "./report.module.css";

/** BCP 47 of what is written, so that it is read aloud and set right. */
const TAG = { EN: "en", VI: "vi" } as const;

interface ReportTextViewProps {
  report: ReportText;
  /** The version before: what changed since is marked. */
  before?: ReportText | null;
  /** Leaves out sections that read as before. */
  isOnlyChanged?: boolean;
}

/** The sections that say something, as they are read. */
export function ReportTextView(props: ReportTextViewProps) {
  const { report, before, isOnlyChanged = false } = props;
  const t = useTranslations("reports");
  const shown = REPORT_SECTIONS.filter((section) => {
    const now = textOf(report, section);
    const was = before ? textOf(before, section) : "";
    return isOnlyChanged ? now.trim() !== was.trim() : now !== "" || was !== "";
  });
  return (
    <dl className={styles.report} lang={TAG[report.language]}>
      {shown.map((section) => (
        <div key={section}>
          <dt>{t(`sections.${section}`)}</dt>
          <dd>
            {before ? (
              <Changed
                before={textOf(before, section)}
                now={textOf(report, section)}
              />
            ) : (
              textOf(report, section)
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Changed({ before, now }: { before: string; now: string }) {
  return wordDiff(before, now).map(({ kind, text }, index) => {
    if (kind === "same") return <span key={index}>{text}</span>;
    return kind === "added" ? (
      <ins key={index}>{text}</ins>
    ) : (
      <del key={index}>{text}</del>
    );
  });
}

interface SignedReportProps {
  /** Null where none was written: that is said, and nothing made up. */
  report: SignedReportFragment | null | undefined;
  before?: ReportText | null;
}

/** A signed report with its addenda. */
export function SignedReport({ report, before }: SignedReportProps) {
  const t = useTranslations("reports");
  const locale = useLocale();
  if (!report) return <div className={styles.text}>{t("none")}</div>;
  return (
    <div>
      <ReportTextView report={report} before={before ?? null} />
      {report.addenda.map(({ text, addedAt }) => (
        <div key={addedAt} className={styles.addendum}>
          <div className={styles.addendumHead}>
            {t("addendumOf", { time: formatDateTime(addedAt, locale) })}
          </div>
          {text}
        </div>
      ))}
    </div>
  );
}
