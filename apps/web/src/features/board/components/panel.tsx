"use client";

import { Button, Group, Title } from "@mantine/core";
import { IconChartLine, IconDownload, IconTable } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useId, useState } from "react";
import { saveCsv } from "../../../lib/csv.ts";
import styles from "./board.module.css";

type Cell = string | number | null;

/** What a chart is drawn of. */
export interface ChartTable {
  head: readonly string[];
  /** The first cell names the row; null where there is no figure. */
  rows: readonly (readonly Cell[])[];
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
  const t = useTranslations("board");
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
          <Button
            size="compact-sm"
            variant="default"
            leftSection={
              isTable ? (
                <IconChartLine size={14} aria-hidden />
              ) : (
                <IconTable size={14} aria-hidden />
              )
            }
            onClick={() => setTable(!isTable)}
          >
            {isTable ? t("chart") : t("table")}
          </Button>
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconDownload size={14} aria-hidden />}
            onClick={() => saveCsv([table.head, ...table.rows], fileName)}
          >
            CSV
          </Button>
        </Group>
      </div>
      <div className={styles.panelBody}>
        {isTable ? <FactTable title={title} table={table} /> : children}
      </div>
    </section>
  );
}

/** Rows of figures under a head. */
export function FactTable({
  title,
  table,
}: {
  title: string;
  table: ChartTable;
}) {
  const { format = String } = table;
  return (
    <div className={styles.tableScroll} tabIndex={0} role="group">
      <table className={styles.table} aria-label={title}>
        <thead>
          <tr>
            {table.head.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map(([name, ...cells]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {cells.map((cell, at) => (
                <td key={table.head[at + 1]}>
                  {typeof cell === "number" ? format(cell) : (cell ?? "–")}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
