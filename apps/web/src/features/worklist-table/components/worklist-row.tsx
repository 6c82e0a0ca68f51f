"use client";

import { Checkbox } from "@mantine/core";
import { useTranslations } from "next-intl";
import { memo } from "react";
import { NearLink } from "../../../components/shell/near-link.tsx";
import type { CaseRowFragment } from "../../../gql/graphql.ts";
import { usePatientName } from "../../patients/use-patient-name.ts";
import { useRowText } from "../use-row-text.ts";
import type { ColumnId } from "../../worklist-query/worklist-columns.ts";
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
  /** It was opened, and its page has not come yet. */
  isOpening: boolean;
  canSelect: boolean;
  onFocus: (caseId: string) => void;
  onOpen: (caseId: string) => void;
  onSelect: (caseId: string, withRange: boolean) => void;
}

/**
 * The case, and on a line of its own why it stands where it stands; of a
 * signed one who signed it.
 */
export const WorklistRow = memo(function WorklistRow(props: WorklistRowProps) {
  const { row, columns, now, isSelected } = props;
  const t = useTranslations("worklist");
  const text = useRowText()(row, now);
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
      title={props.isCompact ? text : undefined}
      data-case={row.id}
      aria-busy={props.isOpening || undefined}
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
              {/* What is fetched ahead is the page's shell: no word of the
                  patient, and no look at the case. */}
              <NearLink
                href={props.href}
                className={styles.patient}
                tabIndex={props.isCurrent ? 0 : -1}
                onFocus={() => props.onFocus(row.id)}
                onNavigate={() => props.onOpen(row.id)}
                data-row-link
              >
                {name}
              </NearLink>
              {props.isCompact ? (
                <span className={styles.unseen}>{text}</span>
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
              <WorklistCell
                column={column}
                row={row}
                now={now}
                isCompact={props.isCompact}
              />
            </td>
          ),
        )}
      </tr>
      {props.isCompact ? null : (
        <tr className={styles.second}>
          {isIndented ? <td className={styles.indent} /> : null}
          <td colSpan={columns.length - (isIndented ? 1 : 0)}>
            {text}
            {props.isStale ? (
              <span className={styles.stale}> · {t("left")}</span>
            ) : null}
          </td>
        </tr>
      )}
    </tbody>
  );
});
