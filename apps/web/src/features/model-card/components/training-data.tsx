"use client";

import { Title } from "@mantine/core";
import { useFormatter, useTranslations } from "next-intl";
import type { Model } from "../../model-versions/use-models.ts";
import { useModelWords } from "../../model-versions/use-model-words.ts";
import styles from "../../model-versions/components/models.module.css";

/** What the model learnt from, and by which leave. */
export function TrainingData({ data }: { data: Model["trainingData"] }) {
  const t = useTranslations("models.data");
  const format = useFormatter();
  const words = useModelWords();
  if (data.length === 0) return null;
  const films = data.reduce((sum, set) => sum + set.films, 0);
  return (
    <section className={styles.panel}>
      <Title order={2}>{t("title")}</Title>
      <p className={styles.hint}>{t("text", { count: films })}</p>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t("name")}</th>
            <th scope="col" className={styles.number}>
              {t("films")}
            </th>
            <th scope="col">{t("licence")}</th>
          </tr>
        </thead>
        <tbody>
          {data.map((set) => (
            <tr key={set.name}>
              <th scope="row">{words.collection(set.name)}</th>
              <td className={styles.number}>
                {set.films === 0 ? "–" : format.number(set.films)}
              </td>
              <td className={styles.licence}>{set.licence}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
