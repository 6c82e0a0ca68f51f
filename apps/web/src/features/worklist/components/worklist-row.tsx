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
  now: number;
  href: string;
  isCurrent: boolean;
  isSelected: boolean;
  isStale: boolean;
  canSelect: boolean;
  onFocus: (caseId: string) => void;
  onSelect: (caseId: string, withRange: boolean) => void;
}

/** Two lines: the case, and why it stands where it stands. */
export const WorklistRow = memo(function WorklistRow(props: WorklistRowProps) {
  const { row, columns, now, isSelected } = props;
  const t = useTranslations("worklist");
  const name = usePatientName()(row.patient);
  // The reason stands below the name, not below the urgency's mark.
  const isIndented = columns[0] === "urgency" && columns.length > 1;
  return (
    <tbody
      className={styles.row}
      data-current={props.isCurrent || undefined}
      data-selected={isSelected || undefined}
      data-stale={props.isStale || undefined}
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
      <tr className={styles.second}>
        {isIndented ? <td className={styles.indent} /> : null}
        <td colSpan={columns.length - (isIndented ? 1 : 0)}>
          <Reasons row={row} />
          {props.isStale ? (
            <span className={styles.stale}> · {t("left")}</span>
          ) : null}
        </td>
      </tr>
    </tbody>
  );
});

function Reasons({ row }: { row: CaseRowFragment }) {
  const t = useTranslations("worklist");
  const text = useTriageText();
  if (row.urgencyReasons.length === 0 && row.assessment === "NOT_ASSESSED") {
    return t("because", { reasons: text.notAssessed(row.notAssessedReason) });
  }
  if (row.urgencyReasons.length === 0) return t("noReason");
  const reasons = row.urgencyReasons.map((code) => text.reason(code));
  return t("because", { reasons: reasons.join(", ") });
}
