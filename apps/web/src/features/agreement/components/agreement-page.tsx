"use client";

import { useQuery } from "@apollo/client/react";
import { Checkbox, SegmentedControl } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import {
  PageBody,
  PageHeader,
} from "../../../components/layout/page-header.tsx";
import {
  EmptyState,
  ErrorState,
  ListSkeleton,
} from "../../../components/layout/states.tsx";
import { useOneSite } from "../../../components/shell/use-one-site.tsx";
import type { ReaderAgreementQuery } from "../../../gql/graphql.ts";
import { useFindingWords } from "../../findings/use-finding-words.ts";
import { READER_AGREEMENT } from "../agreement-queries.ts";
import { AgreementTable } from "./agreement-table.tsx";
import styles from "./agreement.module.css";
import { type Asked, GroupPanel } from "./group-panel.tsx";

type Agreement = ReaderAgreementQuery["readerAgreement"];

const SPANS = [4, 12, 52] as const;

/** How far readers agree, for who answers for a department. */
export function AgreementPage() {
  const t = useTranslations("agreement");
  const [weeks, setWeeks] = useState(12);
  const [drawnOnly, setDrawnOnly] = useState(false);
  const { siteId, picker } = useOneSite(t("site"));
  return (
    <PageBody>
      <PageHeader
        title={t("title")}
        description={t("description")}
        actions={
          <div className={styles.tools}>
            <Checkbox
              label={t("drawnOnly")}
              checked={drawnOnly}
              onChange={(event) => setDrawnOnly(event.currentTarget.checked)}
            />
            <SegmentedControl
              size="xs"
              aria-label={t("span")}
              data={SPANS.map((span) => ({
                value: String(span),
                label: t("weeks", { count: span }),
              }))}
              value={String(weeks)}
              onChange={(value) => setWeeks(Number(value))}
            />
            {picker}
          </div>
        }
      />
      {siteId === null ? (
        <EmptyState title={t("noSite.title")}>{t("noSite.text")}</EmptyState>
      ) : (
        <OfSite key={siteId} asked={{ siteId, weeks, drawnOnly }} />
      )}
    </PageBody>
  );
}

function OfSite({ asked }: { asked: Asked }) {
  const t = useTranslations("agreement");
  const { data, previousData, error, refetch } = useQuery(READER_AGREEMENT, {
    variables: asked,
    fetchPolicy: "network-only",
  });
  const found = (data ?? previousData)?.readerAgreement;
  if (error && !found) {
    return (
      <ErrorState
        title={t("failed")}
        error={error}
        onRetry={() => void refetch().catch(() => undefined)}
      />
    );
  }
  if (!found) return <ListSkeleton rows={6} height={56} />;
  if (found.cases === 0 && found.readersAgainstAi.length === 0) {
    return <EmptyState title={t("empty.title")}>{t("empty.text")}</EmptyState>;
  }
  return <Figures asked={asked} found={found} />;
}

function Figures({ asked, found }: { asked: Asked; found: Agreement }) {
  const t = useTranslations("agreement");
  const words = useFindingWords();
  const { cases, drawn } = found;
  return (
    <div className={styles.panels}>
      <div>
        <p className={styles.basis}>{t("basis", { count: cases, drawn })}</p>
        {drawn < cases ? <p className={styles.hint}>{t("chosen")}</p> : null}
        {found.isCapped ? <p className={styles.hint}>{t("capped")}</p> : null}
      </div>
      {cases === 0 ? null : <GroupPanel asked={asked} all={found.group} />}
      <AgreementTable
        title={t("pairs.title")}
        text={t("pairs.text")}
        who={t("columns.who")}
        fileName="agreement-pairs"
        rows={found.pairs.map(({ one, other, ...figures }, index) => ({
          // Two readers may bear one name.
          key: String(index),
          name: t("pairs.row", { one, other }),
          calls: null,
          ...figures,
        }))}
      />
      <AgreementTable
        title={t("findings.title")}
        text={t("findings.text")}
        who={t("columns.finding")}
        fileName="agreement-findings"
        rows={found.findings.map(({ code, ...figures }) => ({
          key: code,
          name: words.nameOf(code),
          ...figures,
        }))}
      />
      <AgreementTable
        title={t("ai.title")}
        text={t("ai.text")}
        who={t("columns.reader")}
        fileName="agreement-readers-and-ai"
        rows={found.readersAgainstAi.map(({ reader, ...figures }, index) => ({
          key: String(index),
          name: reader,
          calls: null,
          ...figures,
        }))}
      />
    </div>
  );
}
