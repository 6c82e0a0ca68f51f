"use client";

import { skipToken, useQuery } from "@apollo/client/react";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { useViewer } from "../../../components/shell/viewer-context.tsx";
import { routes } from "../../../lib/routes.ts";
import { useDurationText } from "../../../lib/use-duration-text.ts";
import { useNow } from "../../../lib/use-now.ts";
import { usePatientName } from "../../patients/use-patient-name.ts";
import { formatCount } from "../../triage/triage-format.ts";
import {
  SUMMARY_REFRESH_MS,
  type WorklistSummary,
} from "../use-worklist-summary.ts";
import { HELD_CASES } from "../../cases/case-queries.ts";
import styles from "./summary-line.module.css";

/** The way back to what one has claimed and not finished. */
function ReadingNow() {
  const t = useTranslations("worklist.summary");
  const { user, can } = useViewer();
  const nameOf = usePatientName();
  const { data } = useQuery(
    HELD_CASES,
    can("case:claim")
      ? {
          variables: { userId: user.id },
          fetchPolicy: "cache-and-network",
          pollInterval: SUMMARY_REFRESH_MS,
        }
      : skipToken,
  );
  const cases = data?.worklist.edges.map(({ node }) => node) ?? [];
  if (cases.length === 0) return null;
  return (
    <span>
      {t("readingNow")}{" "}
      {cases.map(({ id, patient }, index) => (
        <span key={id}>
          {index > 0 ? ", " : null}
          <Link href={routes.case(id)} prefetch={false} className={styles.link}>
            {nameOf(patient)}
          </Link>
        </span>
      ))}
    </span>
  );
}

/** How many wait, how long the longest, and who the AI could not help. */
export function SummaryLine({
  summary,
}: {
  summary: WorklistSummary | undefined;
}) {
  const t = useTranslations("worklist.summary");
  const locale = useLocale();
  const duration = useDurationText();
  const now = useNow(SUMMARY_REFRESH_MS);
  if (!summary) return <div className={styles.line}>{"\u00a0"}</div>;
  const { longestWaitSince, waitingIsCapped } = summary;
  return (
    <div className={styles.line}>
      <span>
        {t("waiting", {
          count: formatCount(summary.waiting, locale, waitingIsCapped),
        })}
      </span>
      {longestWaitSince && now > 0 ? (
        <span className={styles.longest}>
          {t("longest", { duration: duration(longestWaitSince, now) })}
        </span>
      ) : null}
      {summary.overdue > 0 ? (
        <span className={styles.longest} data-over>
          {t("overdue", {
            count: formatCount(summary.overdue, locale, false),
          })}
        </span>
      ) : null}
      {summary.reading > 0 ? (
        <span>{t("reading", { count: summary.reading })}</span>
      ) : null}
      <ReadingNow />
      {summary.pending > 0 ? (
        <span>{t("pending", { count: summary.pending })}</span>
      ) : null}
      {summary.retakes > 0 ? (
        <span>
          <Link
            href={routes.worklist({ view: "retakes" })}
            prefetch={false}
            className={styles.link}
          >
            {t("retakes", {
              count: formatCount(summary.retakes, locale, false),
            })}
          </Link>
        </span>
      ) : null}
      {summary.secondReads > 0 ? (
        <span>
          <Link
            href={routes.worklist({ view: "second-reads" })}
            prefetch={false}
            className={styles.link}
          >
            {t("secondReads", { count: summary.secondReads })}
          </Link>
        </span>
      ) : null}
      {summary.notAssessed > 0 ? (
        <span>
          <Link
            href={routes.worklist({ view: "not-assessed" })}
            prefetch={false}
            className={styles.link}
          >
            {t("notAssessed", {
              count: formatCount(summary.notAssessed, locale, false),
            })}
          </Link>
        </span>
      ) : null}
    </div>
  );
}
