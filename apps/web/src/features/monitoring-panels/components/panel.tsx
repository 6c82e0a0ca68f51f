"use client";

import { Group, Title } from "@mantine/core";
import { type ReactNode, useId } from "react";
import { FactTable, type FactRow } from "../../../components/ui/fact-table.tsx";
import {
  CsvButton,
  type CsvCell,
} from "../../../components/ui/figure-controls.tsx";
import styles from "./monitoring.module.css";

/** A table: what people see, and the plain figures for the file. */
export interface Table {
  head: readonly string[];
  rows: readonly (FactRow & { plain: readonly CsvCell[] })[];
  /** Heads of the file, where it has other columns. */
  plainHead?: readonly string[];
}

interface PanelProps {
  title: string;
  text?: string | undefined;
  width?: "third" | "last-third" | "half" | "whole";
  table: Table;
  /** What the file is called, without its ending. */
  fileName: string;
  controls?: ReactNode;
  children: ReactNode;
}

/** A part of the page with its title; what it shows can be taken as CSV. */
export function Panel(props: PanelProps) {
  const { title, text, width = "third", table, fileName, children } = props;
  const id = useId();
  const { head, plainHead = head, rows } = table;
  return (
    <section className={styles.panel} data-width={width} aria-labelledby={id}>
      <div className={styles.panelHead}>
        <Title order={2} id={id}>
          {title}
        </Title>
        <Group gap="xs">
          {props.controls}
          <CsvButton
            title={title}
            fileName={fileName}
            head={plainHead}
            rows={rows.map(({ plain }) => plain)}
          />
        </Group>
      </div>
      {text ? <p className={styles.hint}>{text}</p> : null}
      {children}
    </section>
  );
}

/** The table of a panel, or why there is none. */
export function PanelTable({
  title,
  table: { head, rows },
  none,
}: {
  title: string;
  table: Table;
  none: string;
}) {
  if (rows.length === 0) return <p className={styles.hint}>{none}</p>;
  return (
    <FactTable
      title={title}
      head={head}
      rows={rows}
      scrollClass={styles.tableScroll}
      tableClass={styles.table}
    />
  );
}
