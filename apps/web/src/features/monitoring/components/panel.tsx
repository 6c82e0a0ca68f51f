"use client";

import { Button, Group, Title } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { type ReactNode, useId } from "react";
import { saveCsv } from "../../../lib/csv.ts";
import styles from "./monitoring.module.css";

type Cell = string | number | null;

/** A table: what people see, and the plain figures for the file. */
export interface Table {
  head: readonly string[];
  rows: readonly {
    key: string;
    /** The first cell names the row. */
    cells: readonly ReactNode[];
    plain: readonly Cell[];
  }[];
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
  const t = useTranslations("monitoring");
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
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconDownload size={14} aria-hidden />}
            aria-label={t("csv", { title })}
            disabled={rows.length === 0}
            onClick={() =>
              saveCsv([plainHead, ...rows.map(({ plain }) => plain)], fileName)
            }
          >
            CSV
          </Button>
        </Group>
      </div>
      {text ? <p className={styles.hint}>{text}</p> : null}
      {children}
    </section>
  );
}

/** The table of a panel, or why there is none. */
export function FactTable({
  title,
  table,
  none,
}: {
  title: string;
  table: Table;
  none: string;
}) {
  if (table.rows.length === 0) return <p className={styles.hint}>{none}</p>;
  return (
    <div
      className={styles.tableScroll}
      tabIndex={0}
      role="group"
      aria-label={title}
    >
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
          {table.rows.map(({ key, cells: [name, ...cells] }) => (
            <tr key={key}>
              <th scope="row">{name}</th>
              {cells.map((cell, at) => (
                <td key={table.head[at + 1]}>{cell ?? "–"}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
