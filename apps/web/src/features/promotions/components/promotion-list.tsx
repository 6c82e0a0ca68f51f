"use client";

import { useQuery } from "@apollo/client/react";
import { useTranslations } from "next-intl";
import {
  OlderPage,
  OlderPagePending,
} from "../../../components/ui/older-page.tsx";
import { OLDER_PROMOTIONS } from "../../judgements/promotion-queries.ts";
import type { PromotionConnection } from "../../judgements/use-loop.ts";
import { PromotionItem } from "./promotion-item.tsx";
import styles from "../../judgements/components/promotions.module.css";
import { nextCursor } from "../../../lib/paged-lists.ts";

interface PromotionListProps {
  siteId: string;
  page: PromotionConnection;
}

/** Proposals of a site, newest first, and the older ones when asked for. */
export function PromotionList({ siteId, page }: PromotionListProps) {
  const t = useTranslations("models.loop");
  return (
    <>
      <ul className={styles.list}>
        {page.edges.map(({ node }) => (
          <PromotionItem key={node.id} promotion={node} siteId={siteId} />
        ))}
      </ul>
      <OlderPage label={t("olderPromotions")} after={nextCursor(page)}>
        {(after) => <OlderPromotions siteId={siteId} after={after} />}
      </OlderPage>
    </>
  );
}

function OlderPromotions(props: { siteId: string; after: string }) {
  const { data, error, refetch } = useQuery(OLDER_PROMOTIONS, {
    variables: props,
  });
  return data ? (
    <PromotionList siteId={props.siteId} page={data.promotions} />
  ) : (
    <OlderPagePending error={error} onRetry={refetch} />
  );
}
