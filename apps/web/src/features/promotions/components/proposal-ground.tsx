"use client";

import { useQuery } from "@apollo/client/react";
import { Skeleton, Stack, Title } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { ErrorState } from "../../../components/layout/states.tsx";
import type { ProposalGroundQuery } from "../../../gql/graphql.ts";
import { wasShadowAt } from "../../model-versions/model-role.ts";
import { PROPOSAL_GROUND } from "../../judgements/promotion-queries.ts";
import { CardPanel } from "./card-panel.tsx";
import { Outcomes } from "../../judgements/components/outcomes.tsx";
import styles from "../../judgements/components/promotions.module.css";
import { ShadowPanel } from "../../shadows/components/shadow-panel.tsx";

export type ProposalGroundRow =
  ProposalGroundQuery["promotions"]["edges"][number]["node"];

interface ProposalGroundProps {
  siteId: string;
  promotionId: string;
  /** The second person has it before him: he may decide now. */
  onShown: () => void;
}

/** What speaks for and against the model that is proposed, whichever the page shows. */
export function ProposalGround(props: ProposalGroundProps) {
  const { siteId, promotionId, onShown } = props;
  const t = useTranslations("models.loop.ground");
  const { data, error, refetch } = useQuery(PROPOSAL_GROUND, {
    variables: { siteId },
    fetchPolicy: "cache-and-network",
  });
  const row = data?.promotions.edges
    .map(({ node }) => node)
    .find(({ id }) => id === promotionId);
  const isShown = row !== undefined;
  useEffect(() => {
    if (isShown) onShown();
  }, [isShown, onShown]);
  if (row)
    return (
      <Stack gap="sm">
        <Judged row={row} />
        {wasShadowAt(row.candidate, siteId) ? (
          <ShadowPanel siteId={siteId} model={row.candidate} />
        ) : (
          <p>{t("noShadow", { name: row.candidate.name })}</p>
        )}
        <CardPanel live={row.replaces} model={row.candidate} />
      </Stack>
    );
  if (error)
    return (
      <ErrorState
        inline
        title={t("failed")}
        error={error}
        onRetry={() => void refetch().catch(() => undefined)}
      />
    );
  return data ? <p>{t("gone")}</p> : <Skeleton height={120} />;
}

/** The bars of the judgement, and how many films would change sides. */
export function Judged({ row }: { row: Pick<ProposalGroundRow, "judgement"> }) {
  const t = useTranslations("models.loop");
  const { result } = row.judgement;
  if (!result) return null;
  return (
    <section className={styles.panel} aria-label={t("ground.bars")}>
      <Title order={2}>{t("ground.bars")}</Title>
      <p>
        {t(`verdict.${result.verdict}`)}.{" "}
        {result.changes.map((change) => (
          <span key={change.set}>
            {t("change", {
              set: t(`set.${change.set}`),
              films: change.films,
              more: change.onlyCandidate,
              fewer: change.onlyLive,
            })}{" "}
          </span>
        ))}
      </p>
      <Outcomes outcomes={result.outcomes} />
    </section>
  );
}
