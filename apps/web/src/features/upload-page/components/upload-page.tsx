"use client";

import { Select } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useEffect, useState } from "react";
import {
  PageBody,
  PageHeader,
} from "../../../components/layout/page-header.tsx";
import { useSite } from "../../../components/shell/site-context.tsx";
import { useNotify } from "../../../components/ui/use-notify.tsx";
import { isSurelyTable, isTableFile } from "../../uploads/film-kind.ts";
import { readTableText } from "../../details-tables/table-text.ts";
import {
  useUploadManager,
  useUploadState,
} from "../../uploads/upload-context.tsx";
import type { NamedFile } from "../../uploads/upload-manager.ts";
import { type FilmGroup, groupFilms } from "../../uploads/upload-state.ts";
import {
  type TableReport,
  useDetailsTable,
} from "../../details-tables/use-details-table.ts";
import { AsidePanel } from "./aside-panel.tsx";
import { DropArea } from "./drop-area.tsx";
import { HeldPanel } from "./held-panel.tsx";
import { TableReportPanel } from "../../details-tables/components/table-report-panel.tsx";
import styles from "./upload-page.module.css";
import { UploadSummary } from "./upload-summary.tsx";
import { UploadTable } from "../../arrivals/components/upload-table.tsx";

export function UploadPage() {
  const t = useTranslations("upload");
  const notify = useNotify();
  const { films } = useUploadState();
  const [reports, setReports] = useState<readonly TableReport[]>([]);
  const addReport = (report: TableReport) =>
    setReports((before) => [...before, report]);
  const takeFiles = useTakeFiles(addReport);
  const [group, setGroup] = useState<FilmGroup | null>(null);
  // A group that has run empty, by a retry for example, shows all again.
  const shown = group !== null && groupFilms(films).has(group) ? group : null;
  return (
    <PageBody>
      <PageHeader
        title={t("title")}
        description={t("description")}
        actions={<SiteSelect />}
      />
      <DropArea
        isCompact={films.length > 0}
        onFiles={(files) => void takeFiles(files)}
        onError={(error) => notify.failed(t("folderUnreadable"), error)}
      />
      {reports.map((report, at) => (
        <TableReportPanel
          key={at}
          report={report}
          onClose={() =>
            setReports((before) => before.filter((one) => one !== report))
          }
        />
      ))}
      <HeldPanel onReport={addReport} />
      <AsidePanel />
      {films.length > 0 ? (
        <>
          <UploadSummary group={shown} onGroup={setGroup} />
          <UploadTable group={shown} />
        </>
      ) : (
        <p className={styles.hint}>{t("hint")}</p>
      )}
    </PageBody>
  );
}

/** Films are taken in; a table among them fills in the films it names. */
function useTakeFiles(
  onReport: (report: TableReport) => void,
): (files: readonly NamedFile[]) => Promise<void> {
  const t = useTranslations("upload");
  const notify = useNotify();
  const manager = useUploadManager();
  const applyTable = useDetailsTable();
  return async (files) => {
    const tables = files.filter(({ path }) => isTableFile(path));
    await manager.add(files.filter(({ path }) => !isTableFile(path)));
    for (const { file, path } of tables) {
      try {
        const text = readTableText(new Uint8Array(await file.arrayBuffer()));
        const outcome = applyTable(text, path);
        if (outcome.isUsable) onReport(outcome.report);
        else if (isSurelyTable(path)) {
          notify.problem(path, t(`table.problems.${outcome.problem}`));
        } else {
          // A text that is no table lies beside the films, or is refused.
          await manager.add([{ file, path }]);
        }
      } catch (error) {
        notify.failed(t("folderUnreadable"), error);
      }
    }
  };
}

/** Where the films belong; asked only of people with several sites. */
function SiteSelect() {
  const t = useTranslations("upload");
  const { sites, site } = useSite();
  const manager = useUploadManager();
  const { siteId } = useUploadState();
  const suggested = site?.id ?? null;
  useEffect(() => {
    if (manager.read().siteId === null && suggested) manager.setSite(suggested);
  }, [manager, suggested]);
  if (sites.length < 2) return null;
  return (
    <Select
      label={t("site")}
      placeholder={t("chooseSite")}
      data={sites.map(({ id, name }) => ({ value: id, label: name }))}
      value={siteId}
      onChange={(value) => manager.setSite(value)}
      error={siteId === null ? t("siteNeeded") : null}
      allowDeselect={false}
    />
  );
}
