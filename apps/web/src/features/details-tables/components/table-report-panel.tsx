"use client";

import { Alert, List } from "@mantine/core";
import { useTranslations } from "next-intl";
import type { TableReport } from "../use-details-table.ts";

interface TableReportPanelProps {
  report: TableReport;
  onClose: () => void;
}

/** More names than this are counted. */
const NAMED = 8;
const SINGLE_BYTES = ["windows-1252", "windows-1258"];

/** What a table filled in, and by name what it did not and why. */
export function TableReportPanel({ report, onClose }: TableReportPanelProps) {
  const t = useTranslations("upload.table");
  const { name, encoding, matched, lines, doubts } = report;
  const names = (all: readonly string[]) =>
    all.length > NAMED
      ? t("andMore", {
          names: all.slice(0, NAMED).join(", "),
          count: all.length - NAMED,
        })
      : all.join(", ");
  const said = [
    ...(encoding !== null && SINGLE_BYTES.includes(encoding)
      ? [t("encoding", { encoding })]
      : []),
    ...(report.unmatched.length > 0
      ? [t("unmatched", { names: names(report.unmatched) })]
      : []),
    ...(report.ambiguous.length > 0
      ? [t("ambiguous", { names: names(report.ambiguous) })]
      : []),
    ...doubts
      .slice(0, NAMED)
      .map(({ kind, file, value }) => t(`doubts.${kind}`, { file, value })),
    ...(doubts.length > NAMED
      ? [t("moreDoubts", { count: doubts.length - NAMED })]
      : []),
    ...(report.unknownHeadings.length > 0
      ? [t("unknown", { unknown: report.unknownHeadings.join(", ") })]
      : []),
  ];
  const isClean = said.length === 0;
  return (
    <Alert
      color={isClean ? "gray" : "yellow"}
      variant="outline"
      mt="md"
      role="status"
      title={name ?? t("pasted")}
      withCloseButton
      closeButtonLabel={t("close")}
      onClose={onClose}
    >
      {t("matched", { matched, lines })}
      {isClean ? null : (
        <List size="sm" mt={4}>
          {said.map((line) => (
            <List.Item key={line}>{line}</List.Item>
          ))}
        </List>
      )}
    </Alert>
  );
}
