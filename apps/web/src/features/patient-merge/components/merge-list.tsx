"use client";

import { useQuery } from "@apollo/client/react";
import { Button } from "@mantine/core";
import { useLocale, useTranslations } from "next-intl";
import { useRef, useState } from "react";
import { useRowKeys } from "../../../components/ui/use-row-keys.ts";
import type { PatientMergesQuery } from "../../../gql/graphql.ts";
import { formatDateTime } from "../../../lib/dates.ts";
import { usePatientName } from "../../patients/use-patient-name.ts";
import { PATIENT_MERGES } from "../merge-queries.ts";
import { ListState } from "./list-state.tsx";
import { RecordCard } from "./record-card.tsx";
import { UndoDialog } from "./undo-dialog.tsx";
import styles from "./merges.module.css";

export type Merge =
  PatientMergesQuery["patientMerges"]["edges"][number]["node"];

/** What was merged, undone merges too. */
export function MergeList() {
  const t = useTranslations("duplicates");
  const list = useRef<HTMLUListElement>(null);
  const [open, setOpen] = useState<Merge | null>(null);
  const query = useQuery(PATIENT_MERGES, {
    variables: { after: null },
    fetchPolicy: "cache-and-network",
  });
  useRowKeys({
    id: "merges",
    list,
    labels: {
      next: t("keys.next"),
      previous: t("keys.previous"),
      open: t("actions.undo"),
    },
  });
  return (
    <ListState view="merges" page={query.data?.patientMerges} query={query}>
      {(rows) => (
        <>
          <ul className={styles.rows} ref={list}>
            {rows.map((merge, at) => (
              <MergeRow
                key={merge.id}
                merge={merge}
                isFirst={at === 0}
                onUndo={() => setOpen(merge)}
              />
            ))}
          </ul>
          {open ? (
            <UndoDialog merge={open} onClose={() => setOpen(null)} />
          ) : null}
        </>
      )}
    </ListState>
  );
}

interface MergeRowProps {
  merge: Merge;
  isFirst: boolean;
  onUndo: () => void;
}

function MergeRow({ merge, isFirst, onUndo }: MergeRowProps) {
  const t = useTranslations("duplicates");
  const locale = useLocale();
  const patientName = usePatientName();
  const { survivor, merged, undoneAt } = merge;
  return (
    <li
      className={styles.row}
      data-row={merge.id}
      tabIndex={isFirst ? 0 : -1}
      aria-label={t("mergeOf", {
        merged: patientName(merged),
        survivor: patientName(survivor),
      })}
      onClick={(event) => {
        const isKey =
          event.detail === 0 && event.target === event.currentTarget;
        if (isKey && !undoneAt) onUndo();
      }}
    >
      <div className={styles.head}>
        <div>
          <strong>
            {t("mergeOf", {
              merged: patientName(merged),
              survivor: patientName(survivor),
            })}
          </strong>
          <div className={styles.dim}>
            {t("since", {
              when: formatDateTime(merge.mergedAt, locale),
              name: merge.byName,
              reason: merge.reason,
            })}
          </div>
          {undoneAt ? (
            <div className={styles.dim}>
              {t("undoneText", {
                when: formatDateTime(undoneAt, locale),
                name: merge.undoneByName ?? "",
                reason: merge.undoReason ?? "",
              })}
            </div>
          ) : null}
        </div>
        {undoneAt ? null : (
          <Button size="compact-sm" variant="default" onClick={onUndo}>
            {t("actions.undo")}
          </Button>
        )}
      </div>
      <div className={styles.records}>
        <RecordCard record={merged} />
        <RecordCard record={survivor} />
      </div>
    </li>
  );
}
