"use client";

import { skipToken, useQuery } from "@apollo/client/react";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { useViewer } from "../../../components/shell/viewer-context.tsx";
import { routes } from "../../../lib/routes.ts";
import { useDurationText } from "../../../lib/use-duration-text.ts";
import { useNow } from "../../../lib/use-now.ts";
import { formatCount } from "../../triage/triage-format.ts";
import { READING_NOW, WORKLIST_SUMMARY } from "../worklist-queries.ts";
import styles from "./summary-line.module.css";

const REFRESH_MS = 30_000;

/** The way back to what one has claimed and not finished. */
function ReadingNow() {
  const t = useTranslations("worklist.summary");
  const { user, can } = useViewer();
  const { data } = useQuery(
    READING_NOW,
    can("case:claim")
      ? {
          variables: { userId: user.id },
          fetchPolicy: "cache-and-network",
          pollInterval: REFRESH_MS,
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
            {patient.name}
          </Link>
        </span>
      ))}
    </span>
  );
}

/** How many wait, how long the longest, and who the AI could not help. */
export function SummaryLine({ siteId }: { siteId: string | null }) {
  const t = useTranslations("worklist.summary");
  const locale = useLocale();
  const duration = useDurationText();
  const now = useNow(REFRESH_MS);
  const { data, previousData } = useQuery(WORKLIST_SUMMARY, {
    variables: { siteId },
    fetchPolicy: "cache-and-network",
    pollInterval: REFRESH_MS,
  });
  const summary = (data ?? previousData)?.worklistSummary;
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
        <span>{t("notAssessed", { count: summary.notAssessed })}</span>
      ) : null}
    </div>
  );
}
