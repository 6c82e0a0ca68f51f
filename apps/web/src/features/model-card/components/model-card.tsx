"use client";

import { Skeleton, Spoiler, Title } from "@mantine/core";
import { useTranslations } from "next-intl";
import dynamic from "next/dynamic";
import styles from "../../model-versions/components/models.module.css";

// The Markdown parser is needed on this page only.
const ModelCardText = dynamic(
  () => import("./model-card-text.tsx").then(({ ModelCardText: text }) => text),
  { loading: () => <Skeleton height={240} /> },
);

/** What the makers say the model is for, and where it fails. */
export function ModelCard({ markdown }: { markdown: string | null }) {
  const t = useTranslations("models.card");
  return (
    <section className={styles.panel}>
      <Title order={2} mb="sm">
        {t("title")}
      </Title>
      {markdown ? (
        <Spoiler
          maxHeight={480}
          showLabel={t("showAll")}
          hideLabel={t("showLess")}
        >
          <ModelCardText markdown={markdown} />
        </Spoiler>
      ) : (
        <p className={styles.hint}>{t("none")}</p>
      )}
    </section>
  );
}
