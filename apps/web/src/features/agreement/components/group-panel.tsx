"use client";

import { skipToken, useQuery } from "@apollo/client/react";
import { SegmentedControl } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import {
  ErrorState,
  ListSkeleton,
} from "../../../components/layout/states.tsx";
import type { ReaderAgreementQuery } from "../../../gql/graphql.ts";
import type { Messages } from "../../../i18n/messages.ts";
import { GROUP_AGREEMENT } from "../agreement-queries.ts";
import { type AgreementRow, AgreementTable } from "./agreement-table.tsx";
import styles from "./agreement.module.css";

/** What the figures are asked for. */
export interface Asked {
  siteId: string;
  weeks: number;
  drawnOnly: boolean;
}

const GROUPINGS = ["ALL", "POOL", "GRADE"] as const;
type Grouping = (typeof GROUPINGS)[number];

type GradeKey = keyof Messages["agreement"]["group"]["grades"];

interface GroupPanelProps {
  asked: Asked;
  all: ReaderAgreementQuery["readerAgreement"]["group"];
}

/** All readers together, or group by group, as one chooses. */
export function GroupPanel({ asked, all }: GroupPanelProps) {
  const t = useTranslations("agreement");
  const [by, setBy] = useState<Grouping>("ALL");
  const { data, error, refetch } = useQuery(
    GROUP_AGREEMENT,
    by === "ALL"
      ? skipToken
      : { variables: { ...asked, by }, fetchPolicy: "network-only" },
  );
  const groups = data?.groupAgreement;
  const rows: AgreementRow[] =
    by === "ALL"
      ? [{ key: "all", name: t("group.row"), calls: null, ...all }]
      : (groups ?? []).map(({ name, readers, ...figures }) => ({
          name: t("group.named", {
            // The API's codes of pairs of grades; the messages have them all.
            name: name ?? t(`group.grades.${figures.key as GradeKey}`),
            readers,
          }),
          calls: null,
          ...figures,
        }));
  return (
    <AgreementTable
      title={t("group.title")}
      text={t(`group.texts.${by}`)}
      who={t("columns.who")}
      fileName={`agreement-${by.toLowerCase()}`}
      rows={rows}
      controls={
        <SegmentedControl
          size="xs"
          aria-label={t("group.by")}
          data={GROUPINGS.map((grouping) => ({
            value: grouping,
            label: t(`group.choices.${grouping}`),
          }))}
          value={by}
          onChange={setBy}
        />
      }
      empty={
        groups ? (
          <p className={styles.none}>{t("group.none")}</p>
        ) : error ? (
          <ErrorState
            title={t("failed")}
            error={error}
            onRetry={() => void refetch().catch(() => undefined)}
            inline
          />
        ) : (
          <ListSkeleton rows={3} height={32} />
        )
      }
    />
  );
}
