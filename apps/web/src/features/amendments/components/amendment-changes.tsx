"use client";

import { useTranslations } from "next-intl";
import { ReportTextView } from "../../report-text/components/report-text.tsx";
import type { ReportText } from "../../report-text/report-draft.ts";
import {
  type AmendmentChange,
  amendmentChanges,
} from "../amendment-changes.ts";
import type { DraftFinding } from "../../findings/draft-findings.ts";
import type { AmendmentDraft } from "../amendment-draft.ts";
import { useFindingWords } from "../../findings/use-finding-words.ts";
import {
  FactChange,
  type FactChangeProps,
} from "../../../components/ui/fact-change.tsx";
import styles from "../../../components/layout/reading.module.css";

interface AmendmentChangesProps {
  signed: AmendmentDraft;
  draft: AmendmentDraft;
  /** as it would be signed now */
  report: ReportText;
}

/** What is about to take the place of what: before → after, line by line. */
export function AmendmentChanges(props: AmendmentChangesProps) {
  const { signed, draft, report } = props;
  const t = useTranslations("readings");
  const wordsOf = useChangeWords(signed, draft);
  const changes = amendmentChanges(signed, draft, report);
  if (changes.length === 0) {
    return <div className={styles.text}>{t("amend.unchanged")}</div>;
  }
  return (
    <dl className={styles.facts} aria-label={t("amend.changes")}>
      {changes.map((change) =>
        change.what === "report" ? (
          <div key="report" className={styles.wideFact}>
            <dt>{t("step.report")}</dt>
            <dd>
              <ReportTextView
                report={change.now}
                before={change.before}
                isOnlyChanged
              />
            </dd>
          </div>
        ) : (
          <FactChange
            key={change.what === "finding" ? change.code : change.what}
            {...wordsOf(change)}
          />
        ),
      )}
    </dl>
  );
}

type PlainChange = Exclude<AmendmentChange, { what: "report" }>;

/** A change in the words of the screen. */
function useChangeWords(signed: AmendmentDraft, draft: AmendmentDraft) {
  const t = useTranslations("readings");
  const common = useTranslations("common");
  const labels = useTranslations("findings.labels");
  const words = useFindingWords();
  const none = common("none");
  const findingText = (
    finding: DraftFinding | null,
    { marks }: AmendmentDraft,
  ) => {
    if (finding === null) return none;
    const place = words.placeOf(finding, marks);
    return place === "" ? t("amend.findingPresent") : place;
  };
  return (change: PlainChange): FactChangeProps => {
    switch (change.what) {
      case "label":
        return {
          name: t("override.label"),
          before: labels(change.before),
          now: labels(change.now),
        };
      case "decision":
        return {
          name: t("step.decision"),
          before: t(`decided.${change.before}`),
          now: t(`decided.${change.now}`),
        };
      case "overrideReason": {
        const of = (reason: typeof change.now) =>
          reason ? t(`override.reasons.${reason}`) : none;
        return {
          name: t("override.reason"),
          before: of(change.before),
          now: of(change.now),
        };
      }
      case "notDiagnosticReason": {
        const of = (reason: typeof change.now) =>
          reason ? t(`notDiagnostic.reasons.${reason}`) : none;
        return {
          name: t("notDiagnostic.short"),
          before: of(change.before),
          now: of(change.now),
        };
      }
      case "retakeAsked": {
        const of = (isAsked: boolean) =>
          isAsked ? t("notDiagnostic.retakeAsked") : none;
        return {
          name: t("notDiagnostic.retakeShort"),
          before: of(change.before),
          now: of(change.now),
        };
      }
      case "finding":
        return {
          name: words.nameOf(change.code),
          before: findingText(change.before, signed),
          now: findingText(change.now, draft),
        };
      case "marks":
        return {
          name: t("marks.label"),
          before: String(change.before),
          now:
            change.before === change.now
              ? t("amend.marksMoved", { count: change.now })
              : String(change.now),
        };
      case "comment":
        return {
          name: t("report.comment"),
          before: change.before || none,
          now: change.now || none,
        };
    }
  };
}
