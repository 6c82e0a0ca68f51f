"use client";

import { useQuery } from "@apollo/client/react";
import { Alert } from "@mantine/core";
import { useLocale, useTranslations } from "next-intl";
import { useViewer } from "../../../components/shell/viewer-context.tsx";
import type { CaseLearningQuery } from "../../../gql/graphql.ts";
import { formatDateTime } from "../../../lib/dates.ts";
import { useErrorText } from "../../../lib/error-text.ts";
import review from "../../../components/layout/reading.module.css";
import { useFindingWords } from "../../findings/use-finding-words.ts";
import { CASE_LEARNING } from "../case-learning-queries.ts";
import styles from "./case-learning.module.css";

type CaseLabel = NonNullable<
  CaseLearningQuery["caseLearning"]
>["labels"][number];

/** Under a case's details, for those who make exports: what is learnt from it. */
export function CaseLearning({ caseId }: { caseId: string }) {
  const { can } = useViewer();
  return can("dataset:read") ? <Learning caseId={caseId} /> : null;
}

function Learning({ caseId }: { caseId: string }) {
  const t = useTranslations("datasets.learning");
  const errorText = useErrorText();
  const { data, error } = useQuery(CASE_LEARNING, {
    variables: { caseId },
    fetchPolicy: "cache-and-network",
  });
  if (!data && error)
    return (
      <Alert color="red" p="sm" role="alert" title={t("failed")}>
        {errorText(error)}
      </Alert>
    );
  const learning = data?.caseLearning;
  if (!learning) return null;
  const { split, labels } = learning;
  return (
    <section className={review.step} aria-labelledby="case-learning">
      <h2 className={review.heading} id="case-learning">
        {t("title")}
      </h2>
      <p className={styles.split}>{t(`split.${split}`)}</p>
      {labels.length === 0 ? (
        <p className={styles.dim}>{t("none")}</p>
      ) : (
        <ol className={styles.labels}>
          {labels.map((label) => (
            <LabelLine key={label.id} label={label} />
          ))}
        </ol>
      )}
    </section>
  );
}

/** One label: what it says, how sure it is, by whom, and as long as it counted. */
function LabelLine({ label }: { label: CaseLabel }) {
  const t = useTranslations("datasets.learning");
  const names = useTranslations("findings.labels");
  const grades = useTranslations("datasets.form.grades");
  const locale = useLocale();
  const findings = useFindingWords();
  const time = (iso: string) => formatDateTime(iso, locale);
  const said = (["present", "absent", "uncertain"] as const).filter(
    (kind) => label[kind].length > 0,
  );
  return (
    <li className={label.until ? styles.dim : undefined}>
      <strong>{names(label.label)}</strong> · {grades(label.grade)}
      {said.map((kind) => (
        <div key={kind}>
          {t(kind, { list: label[kind].map(findings.nameOf).join(", ") })}
        </div>
      ))}
      {label.regionCount > 0 ? (
        <div>{t("regions", { count: label.regionCount })}</div>
      ) : null}
      <div className={styles.dim}>
        {label.until
          ? t("counted", {
              version: label.version,
              name: label.readerName,
              since: time(label.since),
              until: time(label.until),
            })
          : t("counts", {
              version: label.version,
              name: label.readerName,
              since: time(label.since),
            })}
      </div>
    </li>
  );
}
