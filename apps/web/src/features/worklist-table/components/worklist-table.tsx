"use client";

import { Checkbox } from "@mantine/core";
import { IconArrowDown, IconArrowUp } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import type { CaseRowFragment, WorklistSort } from "../../../gql/graphql.ts";
import { useNow } from "../../../lib/use-now.ts";
import {
  COLUMNS,
  type ColumnId,
  columnWidths,
} from "../../worklist-query/worklist-columns.ts";
import { WorklistRow } from "./worklist-row.tsx";
import styles from "./worklist-table.module.css";

/** Minutes are the smallest step that is shown. */
const CLOCK_MS = 15_000;

export interface WorklistTableProps {
  rows: readonly CaseRowFragment[];
  columns: readonly ColumnId[];
  /** One line a row; the reason then stands in its tip. */
  isCompact: boolean;
  sort: WorklistSort;
  onSort: (sort: WorklistSort) => void;
  selected: ReadonlySet<string>;
  /** @param withRange everything from the row chosen before, too */
  onSelect: (caseId: string, withRange: boolean) => void;
  onSelectAll: (isOn: boolean) => void;
  /** Rows that have left the list since it was loaded are dimmed. */
  isStale: (row: CaseRowFragment) => boolean;
  /** The row that Tab reaches and the keys act on. */
  currentId: string | null;
  onFocusRow: (caseId: string) => void;
  /** The case whose page is on its way. */
  openingId: string | null;
  hrefFor: (caseId: string) => string;
  /** The link of a row is followed in this tab. */
  onOpen: (caseId: string) => void;
  canSelect: boolean;
}

export function WorklistTable(props: WorklistTableProps) {
  const { rows, columns, selected, canSelect } = props;
  const t = useTranslations("worklist");
  const now = useNow(CLOCK_MS);
  const widths = columnWidths(columns);
  const selectedHere = rows.filter(({ id }) => selected.has(id)).length;
  return (
    <table className={styles.table} aria-label={t("title")}>
      <colgroup>
        {canSelect ? <col style={{ width: "2.25rem" }} /> : null}
        {columns.map((column) => (
          <col key={column} style={{ width: `${widths.get(column) ?? 0}%` }} />
        ))}
      </colgroup>
      <thead className={styles.head}>
        <tr>
          {canSelect ? (
            <th scope="col" className={styles.selectCell}>
              <Checkbox
                size="xs"
                aria-label={t("selectAll")}
                checked={rows.length > 0 && selectedHere === rows.length}
                indeterminate={selectedHere > 0 && selectedHere < rows.length}
                onChange={(event) =>
                  props.onSelectAll(event.currentTarget.checked)
                }
              />
            </th>
          ) : null}
          {columns.map((column) => (
            <Heading
              key={column}
              column={column}
              sort={props.sort}
              onSort={props.onSort}
            />
          ))}
        </tr>
      </thead>
      {rows.map((row) => (
        <WorklistRow
          key={row.id}
          row={row}
          columns={columns}
          isCompact={props.isCompact}
          now={now}
          href={props.hrefFor(row.id)}
          isCurrent={row.id === props.currentId}
          isSelected={selected.has(row.id)}
          isStale={props.isStale(row)}
          isOpening={row.id === props.openingId}
          canSelect={canSelect}
          onFocus={props.onFocusRow}
          onOpen={props.onOpen}
          onSelect={props.onSelect}
        />
      ))}
    </table>
  );
}

interface HeadingProps {
  column: ColumnId;
  sort: WorklistSort;
  onSort: (sort: WorklistSort) => void;
}

/** Orders that begin with the most, or go from the end. */
const DOWNWARDS: readonly WorklistSort[] = [
  "PROBABILITY",
  "ARRIVED_OLDEST",
  "AGE_OLDEST",
  "PATIENT_REVERSED",
  "MRN_REVERSED",
  "EXAMINATION_REVERSED",
  "ACCESSION_REVERSED",
  "SITE_REVERSED",
  "FINDING_REVERSED",
  "ASSIGNEE_REVERSED",
  "STATE_REVERSED",
];

/** A click sorts by the column, or the other way round where it can. */
function Heading({ column, sort, onSort }: HeadingProps) {
  const t = useTranslations("worklist");
  const { sorts } = COLUMNS[column];
  const at = sorts.indexOf(sort);
  const next = sorts[(at + 1) % sorts.length];
  const label = t(`columns.${column}`);
  if (!next) return <th scope="col">{label}</th>;
  const isDown = DOWNWARDS.includes(sort);
  return (
    <th
      scope="col"
      {...(at >= 0 ? { "aria-sort": isDown ? "descending" : "ascending" } : {})}
    >
      <button
        type="button"
        className={styles.sortButton}
        title={t(`sorts.${next}`)}
        onClick={() => onSort(next)}
      >
        {label}
        {at >= 0 ? <SortArrow isDown={isDown} /> : null}
      </button>
    </th>
  );
}

function SortArrow({ isDown }: { isDown: boolean }) {
  return isDown ? (
    <IconArrowDown size={13} aria-hidden />
  ) : (
    <IconArrowUp size={13} aria-hidden />
  );
}
