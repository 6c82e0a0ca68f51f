"use client";

import { useLocale, useTranslations } from "next-intl";
import type { SignedVersionFragment } from "../../../gql/graphql.ts";
import { formatExactTime } from "../../../lib/dates.ts";
import { SignedReport } from "../../report-text/components/report-text.tsx";
import { findingsOf, marksOf } from "../../amendments/amendment-draft.ts";
import { FindingFacts } from "../../findings/components/finding-facts.tsx";
import styles from "../../../components/layout/reading.module.css";

/** One signed version: what was decided, by whom, and on what ground. */
export function VersionFacts({ review }: { review: SignedVersionFragment }) {
  const t = useTranslations("readings");
  const labels = useTranslations("findings.labels");
  const locale = useLocale();
  // What answers nothing tells nothing of the AI either.
  const decision =
    review.label === "NOT_DIAGNOSTIC" ? "INDEPENDENT" : review.decision;
  return (
    <div className={styles.stack}>
      <div className={styles.decided}>{labels(review.label)}</div>
      <dl className={styles.facts}>
        <dt>{t("facts.signed")}</dt>
        <dd>
          <Signer review={review} />
          {", "}
          <time dateTime={review.signedAt}>
            {formatExactTime(review.signedAt, locale)}
          </time>
        </dd>
        <dt>{t("step.decision")}</dt>
        <dd>{decision ? t(`decided.${decision}`) : t("ai.closed")}</dd>
        {review.overrideReason ? (
          <>
            <dt>{t("override.reason")}</dt>
            <dd>{t(`override.reasons.${review.overrideReason}`)}</dd>
          </>
        ) : null}
        {review.reading.opinion ? (
          <>
            <dt>{t("facts.blind")}</dt>
            <dd>{labels(review.reading.opinion)}</dd>
          </>
        ) : null}
        {review.notDiagnosticReason ? (
          <>
            <dt>{t("notDiagnostic.short")}</dt>
            <dd>{t(`notDiagnostic.reasons.${review.notDiagnosticReason}`)}</dd>
          </>
        ) : null}
        {review.retakeAsked ? (
          <>
            <dt>{t("notDiagnostic.retakeShort")}</dt>
            <dd>{t("notDiagnostic.retakeAsked")}</dd>
          </>
        ) : null}
        {review.changeReason ? (
          <>
            <dt>{t("change.short")}</dt>
            <dd>{t(`change.reasons.${review.changeReason}`)}</dd>
          </>
        ) : null}
        <FindingFacts findings={findingsOf(review)} marks={marksOf(review)} />
        {review.confidence ? (
          <>
            <dt>{t("confidence.label")}</dt>
            <dd>{t("confidence.of", { step: review.confidence })}</dd>
          </>
        ) : null}
        {review.comment ? (
          <>
            <dt>{t("report.comment")}</dt>
            <dd>{review.comment}</dd>
          </>
        ) : null}
        {review.marks.length > 0 ? (
          <>
            <dt>{t("marks.label")}</dt>
            <dd>{review.marks.length}</dd>
          </>
        ) : null}
        {review.amendReason ? (
          <>
            <dt>{t("facts.amendReason")}</dt>
            <dd>{review.amendReason}</dd>
          </>
        ) : null}
      </dl>
    </div>
  );
}

/** Who signed, and that it was a junior, whose report a senior may authorise. */
function Signer({ review }: { review: SignedVersionFragment }) {
  const t = useTranslations("readings");
  const { name } = review.reader;
  return review.readerGrade === "JUNIOR" ? t("facts.junior", { name }) : name;
}

interface EarlierVersionsProps {
  reviews: readonly SignedVersionFragment[];
}

/** What was signed before; an amendment never replaces it. */
export function EarlierVersions({ reviews }: EarlierVersionsProps) {
  const t = useTranslations("readings");
  if (reviews.length === 0) return null;
  return (
    <section className={styles.step} aria-label={t("earlier")}>
      <h2 className={styles.heading}>{t("earlier")}</h2>
      <div className={styles.stack}>
        {reviews.map((review) => (
          <details key={review.id}>
            <summary>
              {t("version", { number: review.version })}
              {" · "}
              <Signer review={review} />
            </summary>
            <VersionFacts review={review} />
            <SignedReport report={review.report} />
          </details>
        ))}
      </div>
    </section>
  );
}
