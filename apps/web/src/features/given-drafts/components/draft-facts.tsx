"use client";

import { useTranslations } from "next-intl";
import { FindingFacts } from "../../findings/components/finding-facts.tsx";
import styles from "../../../components/layout/reading.module.css";
import type { ReadingDraft } from "../../readings/reading-draft.ts";
import { ReportTextView } from "../../report-text/components/report-text.tsx";

/** What a draft says so far. */
export function DraftFacts({ draft }: { draft: ReadingDraft }) {
  const t = useTranslations("readings");
  const labels = useTranslations("findings.labels");
  return (
    <div className={styles.stack}>
      {draft.label ? (
        <div className={styles.decided}>{labels(draft.label)}</div>
      ) : null}
      <dl className={styles.facts}>
        <FindingFacts findings={draft.findings} marks={draft.marks} />
        {draft.comment ? (
          <>
            <dt>{t("report.comment")}</dt>
            <dd>{draft.comment}</dd>
          </>
        ) : null}
        {draft.marks.length > 0 ? (
          <>
            <dt>{t("marks.label")}</dt>
            <dd>{draft.marks.length}</dd>
          </>
        ) : null}
      </dl>
      {draft.report ? <ReportTextView report={draft.report} /> : null}
    </div>
  );
}
