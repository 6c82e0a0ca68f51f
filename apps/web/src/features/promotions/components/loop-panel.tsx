"use client";

import { Skeleton, Title } from "@mantine/core";
import { useTranslations } from "next-intl";
import { ErrorState } from "../../../components/layout/states.tsx";
import { useLoop } from "../use-loop.ts";
import { JudgementItem } from "./judgement-item.tsx";
import styles from "./promotions.module.css";
import { PromotionItem } from "./promotion-item.tsx";

/** What was judged at the site, what is proposed, and what became of it. */
export function LoopPanel() {
  const t = useTranslations("models.loop");
  const { site, judgements, promotions, error, retry } = useLoop();
  if (site === null) return null;
  return (
    <section className={styles.panel}>
      <Title order={2}>{t("title")}</Title>
      <p className={styles.hint}>{t("text", { site: site.name })}</p>
      {judgements && promotions ? (
        <>
          <Title order={3} size="h4">
            {t("promotions")}
          </Title>
          {promotions.length === 0 ? (
            <p className={styles.hint}>{t("noPromotions")}</p>
          ) : (
            <ul className={styles.list}>
              {promotions.map((promotion) => (
                <PromotionItem key={promotion.id} promotion={promotion} />
              ))}
            </ul>
          )}
          <Title order={3} size="h4">
            {t("judgements")}
          </Title>
          {judgements.length === 0 ? (
            <p className={styles.hint}>{t("noJudgements")}</p>
          ) : (
            <ul className={styles.list}>
              {judgements.map((judgement) => (
                <JudgementItem key={judgement.id} judgement={judgement} />
              ))}
            </ul>
          )}
        </>
      ) : error ? (
        <ErrorState title={t("loadFailed")} error={error} onRetry={retry} />
      ) : (
        <Skeleton height={60} />
      )}
    </section>
  );
}
