"use client";

import { Checkbox } from "@mantine/core";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { memo } from "react";
import type { CaseRowFragment } from "../../../gql/graphql.ts";
import { usePatientName } from "../../cases/use-patient-name.ts";
import { useTriageText } from "../../triage/use-triage-text.ts";
import type { ColumnId } from "../worklist-columns.ts";
import { WorklistCell } from "./worklist-cell.tsx";
import styles from "./worklist-table.module.css";

interface WorklistRowProps {
  row: CaseRowFragment;
  columns: readonly ColumnId[];
  /** One line: the reason stands in the tip of the row. */
  isCompact: boolean;
  now: number;
  href: string;
  isCurrent: boolean;
  isSelected: boolean;
  isStale: boolean;
  canSelect: boolean;
  onFocus: (caseId: string) => void;
  onSelect: (caseId: string, withRange: boolean) => void;
}

/** The case, and on a line of its own why it stands where it stands. */
export const WorklistRow = memo(function WorklistRow(props: WorklistRowProps) {
  const { row, columns, now, isSelected } = props;
  const t = useTranslations("worklist");
  const reasons = useReasons(row);
  const name = usePatientName()(row.patient);
  // The reason stands below the name, not below the urgency's mark.
  const isIndented = columns[0] === "urgency" && columns.length > 1;
  return (
    <tbody
      className={styles.row}
      data-current={props.isCurrent || undefined}
      data-selected={isSelected || undefined}
      data-stale={props.isStale || undefined}
      data-compact={props.isCompact || undefined}
      title={props.isCompact ? reasons : undefined}
      data-case={row.id}
    >
      <tr>
        {props.canSelect ? (
          <td className={styles.selectCell} rowSpan={2}>
            <Checkbox
              size="xs"
              tabIndex={props.isCurrent ? 0 : -1}
              aria-label={t("select", { name })}
              checked={isSelected}
              onChange={() => undefined}
              onClick={(event) => props.onSelect(row.id, event.shiftKey)}
            />
          </td>
        ) : null}
        {columns.map((column) =>
          column === "patient" ? (
            <th key={column} scope="row">
              <Link
                href={props.href}
                prefetch={false}
                className={styles.patient}
                tabIndex={props.isCurrent ? 0 : -1}
                onFocus={() => props.onFocus(row.id)}
                data-row-link
              >
                {name}
              </Link>
              {props.isCompact ? (
                <span className={styles.unseen}>{reasons}</span>
              ) : null}
              {props.isCompact && props.isStale ? (
                <span className={styles.stale}> · {t("left")}</span>
              ) : null}
              {row.patient.mrn ? (
                <span className={styles.cardNumber}>{row.patient.mrn}</span>
              ) : null}
            </th>
          ) : (
            <td key={column} data-column={column}>
              <WorklistCell column={column} row={row} now={now} />
            </td>
          ),
        )}
      </tr>
      {props.isCompact ? null : (
        <tr className={styles.second}>
          {isIndented ? <td className={styles.indent} /> : null}
          <td colSpan={columns.length - (isIndented ? 1 : 0)}>
            {reasons}
            {props.isStale ? (
              <span className={styles.stale}> · {t("left")}</span>
            ) : null}
          </td>
        </tr>
      )}
    </tbody>
  );
});

function useReasons(row: CaseRowFragment): string {
  const t = useTranslations("worklist");
  const text = useTriageText();
  if (row.urgencyReasons.length === 0 && row.assessment === "NOT_ASSESSED") {
    return t("because", { reasons: text.notAssessed(row.notAssessedReason) });
  }
  if (row.urgencyReasons.length === 0) return t("noReason");
  const reasons = row.urgencyReasons.map((code) => text.reason(code));
  return t("because", { reasons: reasons.join(", ") });
}
