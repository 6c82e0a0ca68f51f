"use client";

import { Alert, Checkbox, Title } from "@mantine/core";
import { useTranslations } from "next-intl";
import { CopyValue } from "../../../components/ui/copy-value.tsx";
import type { LabelGrade } from "../../../gql/graphql.ts";
import { useDeskWords } from "../use-desk-words.ts";
import type { ReadyDesk } from "../use-threshold-desk.ts";
import styles from "./thresholds.module.css";

/** Which cases are counted, of which model, and whether they are enough. */
export function BasisPanel({ state }: { state: ReadyDesk }) {
  const t = useTranslations("thresholds.basis");
  const words = useDeskWords();
  const { desk, grades, setGrades } = state;
  const { model, cases, positives, patients, fewest, isTooFew } = desk;
  const toggle = (grade: LabelGrade) =>
    setGrades(
      grades.includes(grade)
        ? grades.filter((item) => item !== grade)
        : [...grades, grade],
    );
  return (
    <section className={styles.panel} aria-label={t("title")}>
      <Title order={2}>{t("title")}</Title>
      <p className={styles.figure}>
        {t("cases", { count: cases, positives, patients })}
      </p>
      {isTooFew ? (
        <Alert color="yellow" p="sm" role="status">
          {t("tooFew", { fewest, positives, negatives: cases - positives })}
        </Alert>
      ) : null}
      <Checkbox.Group
        label={t("grades.label")}
        description={t("grades.help")}
        value={grades}
      >
        <div className={styles.grades}>
          {desk.grades.map(({ grade, cases: own }) => (
            <Checkbox
              key={grade}
              value={grade}
              size="sm"
              label={t(`grades.${grade}`, { count: words.count(own) })}
              // One at least: nothing is counted without.
              disabled={grades.length === 1 && grades.includes(grade)}
              onChange={() => toggle(grade)}
            />
          ))}
        </div>
      </Checkbox.Group>
      <p className={styles.hint}>{t("patients")}</p>
      <p className={styles.hint}>{t("model", { name: model.name })}</p>
      <CopyValue
        value={model.fingerprint}
        what={t("fingerprint")}
        shown={model.fingerprint.slice(0, 16)}
      />
    </section>
  );
}
