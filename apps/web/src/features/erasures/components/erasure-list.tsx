"use client";

import { useQuery } from "@apollo/client/react";
import { Button, Title } from "@mantine/core";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { PagedList } from "../../../components/layout/paged-list.tsx";
import panels from "../../../components/layout/panel-rows.module.css";
import { EmptyState } from "../../../components/layout/states.tsx";
import { useViewer } from "../../../components/shell/viewer-context.tsx";
import type { ErasuresQuery } from "../../../gql/graphql.ts";
import { formatDateTime } from "../../../lib/dates.ts";
import { usePatientName } from "../../patients/use-patient-name.ts";
import { ERASURES } from "../erasure-queries.ts";
import { ErasureDialog, type ErasureStep } from "./erasure-dialog.tsx";
import { ErasureExtent } from "./erasure-extent.tsx";
import styles from "./erasures.module.css";

type Erasure = ErasuresQuery["erasures"]["edges"][number]["node"];

/** The newest first; whoever is the second person decides here. */
export function ErasureList() {
  const t = useTranslations("erasures");
  const query = useQuery(ERASURES, { fetchPolicy: "cache-and-network" });
  return (
    <section aria-labelledby="erasure-list">
      <Title order={2} id="erasure-list" mt="lg" mb="xs">
        {t("list")}
      </Title>
      <PagedList
        query={query}
        page={query.data?.erasures}
        failed={t("failed")}
        more={t("more")}
        rowHeight={72}
        empty={
          <EmptyState title={t("empty.title")}>{t("empty.text")}</EmptyState>
        }
      >
        {(rows) => (
          <ul className={panels.rows} aria-label={t("list")}>
            {rows.map((row) => (
              <Row key={row.id} row={row} />
            ))}
          </ul>
        )}
      </PagedList>
    </section>
  );
}

function Row({ row }: { row: Erasure }) {
  const t = useTranslations("erasures");
  const locale = useLocale();
  const { can } = useViewer();
  const patientName = usePatientName();
  const [asked, setAsked] = useState<ErasureStep | null>(null);
  const { patient } = row;
  const name = patient ? patientName(patient) : row.pseudonym;
  const isOpen = row.state === "PROPOSED";
  return (
    <li className={panels.row}>
      <div>
        <strong>{name}</strong>{" "}
        <span className={styles.state} data-open={isOpen || undefined}>
          {t(`states.${row.state}`)}
        </span>
        <div>
          {t("proposed", {
            when: formatDateTime(row.proposedAt, locale),
            name: row.proposedByName,
            reason: row.reason,
          })}
        </div>
        {isOpen && !row.viewerCanApprove ? (
          <div className={panels.dim}>{t("needsOther")}</div>
        ) : null}
        {row.decidedAt && row.state !== "PROPOSED" ? (
          <div>
            {t(`decided.${row.state}`, {
              when: formatDateTime(row.decidedAt, locale),
              name: row.decidedByName ?? "",
              reason: row.decisionReason ?? "",
            })}
          </div>
        ) : null}
        {row.state === "APPROVED" ? (
          <div className={panels.dim}>
            {row.emptiedAt
              ? t("emptied", { when: formatDateTime(row.emptiedAt, locale) })
              : t("emptying", { count: row.objectsLeft })}
          </div>
        ) : null}
        {row.state === "REJECTED" ? null : (
          <ErasureExtent counts={row.counts} exports={row.exports} />
        )}
      </div>
      {isOpen && patient && can("patient:erase") ? (
        <div className={panels.buttons}>
          <Button
            size="compact-sm"
            variant="default"
            aria-label={t("reject.title", { name })}
            onClick={() => setAsked("reject")}
          >
            {t("reject.do")}
          </Button>
          {row.viewerCanApprove ? (
            <Button
              size="compact-sm"
              color="red"
              aria-label={t("approve.title", { name })}
              onClick={() => setAsked("approve")}
            >
              {t("approve.do")}
            </Button>
          ) : null}
        </div>
      ) : null}
      {asked && patient ? (
        <ErasureDialog
          step={asked}
          name={name}
          patientId={patient.id}
          erasureId={row.id}
          onClose={() => setAsked(null)}
        />
      ) : null}
    </li>
  );
}
