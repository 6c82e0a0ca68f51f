"use client";

import { Skeleton, Title } from "@mantine/core";
import { useLocale, useTranslations } from "next-intl";
import { ErrorState } from "../../../components/layout/states.tsx";
import { formatDateTime } from "../../../lib/dates.ts";
import { liveModelAt } from "../../model-versions/model-role.ts";
import type { Model } from "../../model-versions/use-models.ts";
import { useLoop } from "../../judgements/use-loop.ts";
import { BarsPanel } from "../../bars/components/bars-panel.tsx";
import { JudgementList } from "../../judgements/components/judgement-list.tsx";
import styles from "../../judgements/components/promotions.module.css";
import { PromotionList } from "./promotion-list.tsx";

/** What was judged at the site, what is proposed, and what became of it. */
export function LoopPanel({ models }: { models: readonly Model[] }) {
  const t = useTranslations("models.loop");
  const { site, judgements, promotions, error, retry } = useLoop();
  if (site === null) return null;
  return (
    <>
      <BarsPanel siteId={site.id} />
      <section className={styles.panel} aria-label={t("title")}>
        <Title order={2}>{t("title")}</Title>
        <p className={styles.hint}>{t("text", { site: site.name })}</p>
        <LiveHere models={models} siteId={site.id} />
        {judgements && promotions ? (
          <>
            <Title order={3} mt="md" fz="md">
              {t("promotions")}
            </Title>
            {promotions.edges.length === 0 ? (
              <p className={styles.hint}>{t("noPromotions")}</p>
            ) : (
              <PromotionList siteId={site.id} page={promotions} />
            )}
            <Title order={3} mt="md" fz="md">
              {t("judgements")}
            </Title>
            {judgements.edges.length === 0 ? (
              <p className={styles.hint}>{t("noJudgements")}</p>
            ) : (
              <JudgementList siteId={site.id} page={judgements} />
            )}
          </>
        ) : error ? (
          <ErrorState title={t("loadFailed")} error={error} onRetry={retry} />
        ) : (
          <Skeleton height={60} />
        )}
      </section>
    </>
  );
}

/** What is live at the site, since when, and by whose decision. */
function LiveHere(props: { models: readonly Model[]; siteId: string }) {
  const { models, siteId } = props;
  const t = useTranslations("models.loop");
  const locale = useLocale();
  const live = liveModelAt(models, siteId);
  const role = live?.roles.findLast(
    (row) =>
      row.role === "LIVE" &&
      !row.until &&
      (!row.siteId || row.siteId === siteId),
  );
  if (!live || !role) return <p>{t("noneLive")}</p>;
  return (
    <p>
      {t("liveHere", {
        name: live.name,
        since: formatDateTime(role.since, locale),
        by: role.byName === "model-registry" ? t("asShipped") : role.byName,
      })}
    </p>
  );
}
