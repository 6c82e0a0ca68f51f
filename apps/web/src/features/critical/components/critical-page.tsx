"use client";

import { useQuery } from "@apollo/client/react";
import { SegmentedControl } from "@mantine/core";
import { IconChecks } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import {
  PageBody,
  PageHeader,
} from "../../../components/layout/page-header.tsx";
import { PagedList } from "../../../components/layout/paged-list.tsx";
import { EmptyState } from "../../../components/layout/states.tsx";
import { useSite } from "../../../components/shell/site-context.tsx";
import { useShortcuts } from "../../../components/shortcuts/use-shortcuts.ts";
import { useRowKeys } from "../../../components/ui/use-row-keys.ts";
import { routes } from "../../../lib/routes.ts";
import { usePatientName } from "../../patients/use-patient-name.ts";
import { CRITICAL_RESULTS } from "../../critical-marks/critical-queries.ts";
import { CriticalStepDialog, useCriticalStep } from "./critical-actions.tsx";
import { CriticalRow, type CriticalRowData } from "./critical-row.tsx";
import styles from "../../critical-marks/components/critical.module.css";

/** Results that somebody must be told of at once: open and done. */
export function CriticalPage() {
  const t = useTranslations("critical");
  const [isClosed, setClosed] = useState(false);
  return (
    <PageBody>
      <PageHeader
        title={t("title")}
        description={t("description")}
        actions={
          <SegmentedControl
            size="xs"
            aria-label={t("show")}
            data={[
              { value: "open", label: t("open") },
              { value: "closed", label: t("closed") },
            ]}
            value={isClosed ? "closed" : "open"}
            onChange={(value) => setClosed(value === "closed")}
          />
        }
      />
      <List key={String(isClosed)} isClosed={isClosed} />
    </PageBody>
  );
}

function List({ isClosed }: { isClosed: boolean }) {
  const t = useTranslations("critical");
  const siteId = useSite().site?.id ?? null;
  const query = useQuery(CRITICAL_RESULTS, {
    variables: { siteId, closed: isClosed, after: null },
    fetchPolicy: "cache-and-network",
  });
  return (
    <PagedList
      query={query}
      page={query.data?.criticalResults}
      failed={t("failed")}
      more={t("more")}
      rowHeight={88}
      empty={
        <EmptyState
          icon={<IconChecks size={28} />}
          title={t(isClosed ? "noneClosed" : "noneOpen")}
        >
          {t(isClosed ? "noneClosedText" : "noneOpenText")}
        </EmptyState>
      }
    >
      {(rows) => <Rows rows={rows} />}
    </PagedList>
  );
}

function Rows({ rows }: { rows: readonly CriticalRowData[] }) {
  const t = useTranslations("critical");
  const router = useRouter();
  const list = useRef<HTMLUListElement>(null);
  const [currentId, setCurrentId] = useState<string | null>(null);
  const action = useCriticalStep();
  const patientName = usePatientName();
  // The row that had the focus may have left the list.
  const current = rows.find(({ id }) => id === currentId) ?? rows[0];
  useRowKeys({
    id: "critical",
    list,
    labels: {
      next: t("keys.next"),
      previous: t("keys.previous"),
      open: t("keys.open"),
    },
    onMove: setCurrentId,
  });
  useShortcuts([
    {
      id: "critical.tell",
      keys: "t",
      label: t("actions.tell"),
      group: "list",
      enabled: current?.viewerCanTell === true,
      run: () => action.setStep("tell"),
    },
    {
      id: "critical.readBack",
      keys: "y",
      label: t("actions.readBack"),
      group: "list",
      enabled: current?.viewerCanAcknowledge === true,
      run: () => action.setStep("readBack"),
    },
  ]);
  return (
    <>
      <ul className={styles.rows} ref={list}>
        {rows.map((row) => (
          <CriticalRow
            key={row.id}
            row={row}
            isFirst={row.id === current?.id}
            onOpen={() => router.push(routes.case(row.case.id))}
            onFocus={() => setCurrentId(row.id)}
            onStep={(step) => {
              setCurrentId(row.id);
              action.setStep(step);
            }}
          />
        ))}
      </ul>
      {current && action.step ? (
        <CriticalStepDialog
          key={`${current.id} ${action.step}`}
          step={action.step}
          result={current}
          caseId={current.case.id}
          siteId={current.case.site.id}
          patientName={patientName(current.case.patient)}
          onClose={action.close}
        />
      ) : null}
    </>
  );
}
