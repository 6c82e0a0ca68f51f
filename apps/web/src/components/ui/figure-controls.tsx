"use client";

import { Button } from "@mantine/core";
import { IconChartLine, IconDownload, IconTable } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { saveCsv } from "../../lib/csv.ts";

/** Plain figures for a file; null where there is none. */
export type CsvCell = string | number | null;

/** Between a chart and the table behind it. */
export function TableToggle(props: {
  isTable: boolean;
  onChange: (isTable: boolean) => void;
}) {
  const { isTable, onChange } = props;
  const t = useTranslations("common");
  const Sign = isTable ? IconChartLine : IconTable;
  return (
    <Button
      size="compact-sm"
      variant="default"
      leftSection={<Sign size={14} aria-hidden />}
      onClick={() => onChange(!isTable)}
    >
      {t(isTable ? "asChart" : "asTable")}
    </Button>
  );
}

interface CsvButtonProps {
  /** What the figures are. */
  title: string;
  /** What the file is called, without its ending. */
  fileName: string;
  head: readonly string[];
  rows: readonly (readonly CsvCell[])[];
}

/** Takes the figures along as a CSV file. */
export function CsvButton({ title, fileName, head, rows }: CsvButtonProps) {
  const t = useTranslations("common");
  return (
    <Button
      size="compact-sm"
      variant="default"
      leftSection={<IconDownload size={14} aria-hidden />}
      aria-label={t("saveCsv", { title })}
      disabled={rows.length === 0}
      onClick={() => saveCsv([head, ...rows], fileName)}
    >
      CSV
    </Button>
  );
}
