"use client";

import { Group, Title } from "@mantine/core";
import { type ReactNode, useId, useState } from "react";
import { FactTable } from "../../../components/ui/fact-table.tsx";
import {
  CsvButton,
  TableToggle,
  type CsvCell,
} from "../../../components/ui/figure-controls.tsx";
import styles from "./board.module.css";

/** What a chart is drawn of. */
export interface ChartTable {
  head: readonly string[];
  /** The first cell names the row; null where there is no figure. */
  rows: readonly (readonly CsvCell[])[];
  /** How a figure is written for people; the file has it as it is. */
  format?: (value: number) => string;
}

interface PanelProps {
  title: string;
  /** Where on the board it stands. */
  area: "waiting" | "turnaround";
  table: ChartTable;
  /** What the file is called, without its ending. */
  fileName: string;
  controls?: ReactNode;
  children: ReactNode;
}

/** A chart with its title, and the table behind it one click away. */
export function Panel(props: PanelProps) {
  const { title, area, table, fileName, controls, children } = props;
  const [isTable, setTable] = useState(false);
  const id = useId();
  return (
    <section className={styles.panel} data-area={area} aria-labelledby={id}>
      <div className={styles.panelHead}>
        <Title order={2} id={id}>
          {title}
        </Title>
        <Group gap="xs">
          {controls}
          <TableToggle isTable={isTable} onChange={setTable} />
          <CsvButton title={title} fileName={fileName} {...table} />
        </Group>
      </div>
      <div className={styles.panelBody}>
        {isTable ? <BoardTable title={title} table={table} /> : children}
      </div>
    </section>
  );
}

/** A table in the type of the board; figures as people write them. */
export function BoardTable({
  title,
  table: { head, rows, format = String },
}: {
  title: string;
  table: ChartTable;
}) {
  return (
    <FactTable
      title={title}
      head={head}
      rows={rows.map((cells) => ({
        key: String(cells[0]),
        cells: cells.map((cell, at) =>
          at > 0 && typeof cell === "number" ? format(cell) : cell,
        ),
      }))}
      scrollClass={styles.tableScroll}
      tableClass={styles.table}
    />
  );
}
