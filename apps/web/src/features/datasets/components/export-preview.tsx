"use client";

import { Skeleton, VisuallyHidden } from "@mantine/core";
import { useFormatter, useTranslations } from "next-intl";
import { ErrorState } from "../../../components/layout/states.tsx";
import type { DatasetPreviewQuery } from "../../../gql/graphql.ts";
import type { ChoiceProblem, FormatChoice } from "../dataset-choice.ts";
import type { DatasetPreview } from "../use-dataset-preview.ts";
import styles from "./datasets.module.css";

interface ExportPreviewProps {
  preview: DatasetPreview;
  /** Why nothing can be counted yet, or null. */
  problem: ChoiceProblem | null;
  /** What becomes of films with letters in them. */
  pictureText: FormatChoice["pictureText"];
}

export function ExportPreview(props: ExportPreviewProps) {
  const { preview, problem, pictureText } = props;
  const t = useTranslations("datasets");
  const { counts, isStale, error } = preview;
  if (error && !isStale) {
    return (
      <div className={styles.preview}>
        <ErrorState
          title={t("preview.failed")}
          error={error}
          onRetry={preview.retry}
          inline
        />
      </div>
    );
  }
  return (
    <div
      className={styles.preview}
      role="status"
      aria-label={t("preview.title")}
      data-stale={isStale || undefined}
    >
      {isStale ? (
        <VisuallyHidden>{t("preview.counting")}</VisuallyHidden>
      ) : null}
      {problem !== null ? (
        <span className={styles.totalOf}>{t(`form.problems.${problem}`)}</span>
      ) : counts ? (
        <Counts counts={counts} pictureText={pictureText} />
      ) : (
        <CountsSkeleton />
      )}
    </div>
  );
}

const GRADES = [
  ["ADJUDICATED", "adjudicated"],
  ["TWO_AGREE", "twoAgree"],
  ["ONE_BLIND", "oneBlind"],
  ["ONE_AFTER_AI", "oneAfterAi"],
] as const;

interface CountsProps extends Pick<ExportPreviewProps, "pictureText"> {
  counts: DatasetPreviewQuery["datasetPreview"];
}

function Counts({ counts, pictureText }: CountsProps) {
  const t = useTranslations("datasets");
  const labels = useTranslations("findings.labels");
  const { cases, withText } = counts;
  const isBlanked = pictureText === "BLANK";
  if (cases === 0) {
    return <span className={styles.figures}>{t("form.nothingFits")}</span>;
  }
  const withoutAi = Math.max(0, cases - counts.agreed - counts.overridden);
  return (
    <div className={styles.figures}>
      <div className={styles.total}>
        {t("preview.films", {
          count: counts.films + (isBlanked ? withText : 0),
        })}{" "}
        <span className={styles.totalOf}>
          {t("preview.cases", { count: cases })}
        </span>
      </div>
      <dl className={styles.shares}>
        <Share name={labels("PNEUMONIA")} count={counts.pneumonia} of={cases} />
        <Share name={labels("NORMAL")} count={counts.normal} of={cases} />
        <Share name={labels("OTHER")} count={counts.other} of={cases} />
        <div className={styles.rule} />
        <Share name={t("preview.agreed")} count={counts.agreed} of={cases} />
        <Share
          name={t("preview.overridden")}
          count={counts.overridden}
          of={cases}
        />
        {withoutAi > 0 ? (
          <Share name={t("preview.noAi")} count={withoutAi} of={cases} />
        ) : null}
        {counts.changedMind > 0 ? (
          <Share
            name={t("preview.changedMind")}
            count={counts.changedMind}
            of={cases}
          />
        ) : null}
        <div className={styles.rule} />
        {GRADES.map(([grade, count]) =>
          counts[count] > 0 ? (
            <Share
              key={grade}
              name={t(`form.grades.${grade}`)}
              count={counts[count]}
              of={cases}
            />
          ) : null,
        )}
      </dl>
      {counts.burntIn > 0 ? (
        <span className={styles.totalOf}>
          {t("preview.burntIn", { count: counts.burntIn })}
        </span>
      ) : null}
      {withText > 0 ? (
        <span className={styles.totalOf}>
          {t(isBlanked ? "preview.blanked" : "preview.withText", {
            count: withText,
          })}
        </span>
      ) : null}
    </div>
  );
}

interface ShareProps {
  name: string;
  count: number;
  of: number;
}

function Share({ name, count, of }: ShareProps) {
  const t = useTranslations("datasets.preview");
  const format = useFormatter();
  const fraction = count / of;
  const percent = format.number(fraction, {
    style: "percent",
    maximumFractionDigits: 0,
  });
  return (
    <>
      <dt>{name}</dt>
      <dd>
        <span className={styles.bar} title={t("share", { percent })}>
          <span
            className={styles.barFill}
            style={{ width: `${fraction * 100}%` }}
          />
        </span>
        <span className={styles.count}>{format.number(count)}</span>
      </dd>
    </>
  );
}

function CountsSkeleton() {
  return (
    <>
      <Skeleton height={24} width="55%" />
      {[0, 1, 2, 3, 4].map((row) => (
        <Skeleton key={row} height={12} />
      ))}
    </>
  );
}
