"use client";

import { Button, Switch } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconFileTypePdf, IconPrinter } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { SignedVersionFragment } from "../../../gql/graphql.ts";
import { useViewer } from "../../../components/shell/viewer-context.tsx";
import type { OpenCase } from "../../cases/use-case.ts";
import steps from "../../../components/layout/reading.module.css";
import { AddendumDialog } from "./addendum-dialog.tsx";
import { SignedReport } from "../../report-text/components/report-text.tsx";

/** Where the report stands on the page, for links to it. */
export const SIGNED_REPORT = "signed-report";

interface SignedReportSectionProps {
  open: OpenCase;
  current: SignedVersionFragment;
  refetch: () => Promise<unknown>;
}

/** The report that counts, what changed in it, and what is added to it. */
export function SignedReportSection(props: SignedReportSectionProps) {
  const { open, current } = props;
  const t = useTranslations("reports");
  const { can } = useViewer();
  const [isAdding, dialog] = useDisclosure(false);
  const [isDiff, setDiff] = useState(false);
  const earlier = open.signedVersions.find(
    ({ reading, version }) =>
      reading.id === current.reading.id && version === current.version - 1,
  );
  // The first version takes the place of what was given out before it.
  const preliminary =
    current.version === 1 ? (open.preliminaryReports[0]?.report ?? null) : null;
  const before = earlier?.report ?? preliminary;
  return (
    <section className={steps.step} aria-labelledby={SIGNED_REPORT}>
      <h2 className={steps.heading} id={SIGNED_REPORT}>
        <span>{t("heading")}</span>
        {open.viewerCanAmend ? (
          <Button size="compact-sm" variant="default" onClick={dialog.open}>
            {t("addendum.start")}
          </Button>
        ) : null}
      </h2>
      <div className={steps.stack}>
        <SignedReport report={current.report} before={isDiff ? before : null} />
        {can("report:export") ? (
          <div className={steps.row}>
            <Button
              component="a"
              size="compact-sm"
              variant="default"
              href={`/api/files/reports/${current.id}.pdf`}
              target="_blank"
              rel="noopener"
              leftSection={<IconFileTypePdf size={16} aria-hidden />}
            >
              {t("pdf")}
            </Button>
            <Button
              component="a"
              size="compact-sm"
              variant="default"
              href={`/api/files/reports/${current.id}/print.pdf`}
              target="_blank"
              rel="noopener"
              leftSection={<IconPrinter size={16} aria-hidden />}
            >
              {t("print")}
            </Button>
          </div>
        ) : null}
        {before && current.report ? (
          <Switch
            size="xs"
            label={
              preliminary
                ? t("changesToPreliminary")
                : t("changes", { number: current.version - 1 })
            }
            checked={isDiff}
            onChange={(event) => setDiff(event.currentTarget.checked)}
          />
        ) : null}
      </div>
      <AddendumDialog
        isOpen={isAdding}
        caseId={open.id}
        versionId={current.id}
        onClose={dialog.close}
        refetch={props.refetch}
      />
    </section>
  );
}
