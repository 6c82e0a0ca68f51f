"use client";

import { Skeleton, Spoiler, Title } from "@mantine/core";
import { useLocale, useTranslations } from "next-intl";
import dynamic from "next/dynamic";
import styles from "../../model-versions/components/models.module.css";

// The Markdown parser is needed on this page only.
const ModelCardText = dynamic(
  () => import("./model-card-text.tsx").then(({ ModelCardText: text }) => text),
  { loading: () => <Skeleton height={240} /> },
);

/**
 * What the makers say the model is for, and where it fails: their own text, in
 * English, which a page in another language says.
 */
export function ModelCard({ markdown }: { markdown: string | null }) {
  const t = useTranslations("models.card");
  const locale = useLocale();
  return (
    <section className={styles.panel}>
      <Title order={2} mb="sm">
        {t("title")}
      </Title>
      {markdown && locale !== "en" ? (
        <p className={styles.hint}>{t("inEnglish")}</p>
      ) : null}
      {markdown ? (
        <Spoiler
          maxHeight={480}
          showLabel={t("showAll")}
          hideLabel={t("showLess")}
        >
          <div lang="en">
            <ModelCardText markdown={markdown} />
          </div>
        </Spoiler>
      ) : (
        <p className={styles.hint}>{t("none")}</p>
      )}
    </section>
  );
}
