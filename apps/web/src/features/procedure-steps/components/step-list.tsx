"use client";

import { useQuery } from "@apollo/client/react";
import { IconChecks } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import {
  EmptyState,
  ErrorState,
  ListSkeleton,
} from "../../../components/layout/states.tsx";
import { Keys } from "../../../components/shortcuts/keys.tsx";
import { useShortcuts } from "../../../components/shortcuts/use-shortcuts.ts";
import { MoreButton } from "../../../components/ui/more-button.tsx";
import { useRowKeys } from "../../../components/ui/use-row-keys.ts";
import type { ProcedureStepsQuery } from "../../../gql/graphql.ts";
import { routes } from "../../../lib/routes.ts";
import { useNow } from "../../../lib/use-now.ts";
import { usePatientName } from "../../patients/use-patient-name.ts";
import { PROCEDURE_STEPS } from "../procedure-queries.ts";
import { toneOf, useProcedureWords } from "../use-procedure-words.ts";
import { StepAnswerDialog } from "./step-answer.tsx";
import { StepLine } from "./step-row.tsx";
import styles from "./procedures.module.css";
import { nextCursor } from "../../../lib/paged-lists.ts";

type StepRow = ProcedureStepsQuery["procedureSteps"]["edges"][number]["node"];

interface StepListProps {
  siteId: string | null;
  mine: boolean;
  overdue: boolean;
}

/** Open steps, the longest overdue first. */
export function StepList(props: StepListProps) {
  const t = useTranslations("procedures");
  const query = useQuery(PROCEDURE_STEPS, {
    variables: { ...props, after: null },
    fetchPolicy: "cache-and-network",
  });
  const page = query.data?.procedureSteps;
  if (!page)
    return query.error ? (
      <ErrorState
        title={t("failed")}
        error={query.error}
        onRetry={() => void query.refetch().catch(() => undefined)}
      />
    ) : (
      <ListSkeleton rows={5} height={64} />
    );
  const rows = page.edges.map(({ node }) => node);
  if (rows.length === 0)
    return (
      <EmptyState
        icon={<IconChecks size={28} />}
        title={t(props.overdue ? "noneOverdue" : "none")}
      >
        {t("noneText")}
      </EmptyState>
    );
  return (
    <>
      <Rows rows={rows} />
      <MoreButton
        label={t("more")}
        after={nextCursor(page)}
        isLoading={query.loading}
        fetchMore={query.fetchMore}
      />
    </>
  );
}

function Rows({ rows }: { rows: readonly StepRow[] }) {
  const t = useTranslations("procedures");
  const words = useProcedureWords();
  const patientName = usePatientName();
  const router = useRouter();
  const now = useNow(15_000);
  const list = useRef<HTMLUListElement>(null);
  const [currentId, setCurrentId] = useState<string | null>(null);
  const [answeringId, setAnsweringId] = useState<string | null>(null);
  // The row that had the focus may have left the list.
  const current = rows.find(({ id }) => id === currentId) ?? rows[0];
  const answering = rows.find(({ id }) => id === answeringId);
  useRowKeys({
    id: "procedures",
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
      id: "procedures.answer",
      keys: "t",
      label: t("answer"),
      group: "list",
      enabled: current?.viewerCanComplete === true,
      run: () => setAnsweringId(current?.id ?? null),
    },
  ]);
  return (
    <>
      <ul className={styles.rows} ref={list}>
        {rows.map((row) => (
          <li
            key={row.id}
            className={styles.row}
            data-row={row.id}
            data-tone={toneOf(row, now)}
            tabIndex={row.id === current?.id ? 0 : -1}
            aria-label={t("rowOf", {
              name: patientName(row.case.patient),
              step: words.inLocale(row.plan.name),
            })}
            onFocus={() => setCurrentId(row.id)}
            onClick={(event) => {
              // The list's Enter presses the row; a mouse has the link for it.
              if (event.detail === 0 && event.target === event.currentTarget)
                router.push(routes.case(row.case.id));
            }}
          >
            <StepLine
              step={row}
              keys={row.viewerCanComplete ? <Keys keys="t" /> : null}
              onAnswer={() => setAnsweringId(row.id)}
            >
              <div className={styles.head}>
                <Link href={routes.case(row.case.id)}>
                  {patientName(row.case.patient)}
                </Link>
                <span className={styles.dim}>{row.case.patient.mrn}</span>
                <span className={styles.dim}>
                  {words.inLocale(row.run.version.document.name)}
                </span>
              </div>
            </StepLine>
          </li>
        ))}
      </ul>
      {answering ? (
        <StepAnswerDialog
          key={answering.id}
          caseId={answering.case.id}
          step={answering}
          onClose={() => setAnsweringId(null)}
        />
      ) : null}
    </>
  );
}
