"use client";

import { useQuery } from "@apollo/client/react";
import { useTranslations } from "next-intl";
import {
  OlderPage,
  OlderPagePending,
} from "../../../components/ui/older-page.tsx";
import { OLDER_JUDGEMENTS } from "../promotion-queries.ts";
import type { JudgementConnection } from "../use-loop.ts";
import { JudgementItem } from "./judgement-item.tsx";
import styles from "./promotions.module.css";
import { nextCursor } from "../../../lib/paged-lists.ts";

interface JudgementListProps {
  siteId: string;
  page: JudgementConnection;
}

/** Judgements of a site, newest first, and the older ones when asked for. */
export function JudgementList({ siteId, page }: JudgementListProps) {
  const t = useTranslations("models.loop");
  return (
    <>
      <ul className={styles.list}>
        {page.edges.map(({ node }) => (
          <JudgementItem key={node.id} judgement={node} />
        ))}
      </ul>
      <OlderPage label={t("olderJudgements")} after={nextCursor(page)}>
        {(after) => <OlderJudgements siteId={siteId} after={after} />}
      </OlderPage>
    </>
  );
}

function OlderJudgements(props: { siteId: string; after: string }) {
  const { data, error, refetch } = useQuery(OLDER_JUDGEMENTS, {
    variables: props,
  });
  return data ? (
    <JudgementList siteId={props.siteId} page={data.judgements} />
  ) : (
    <OlderPagePending error={error} onRetry={refetch} />
  );
}
