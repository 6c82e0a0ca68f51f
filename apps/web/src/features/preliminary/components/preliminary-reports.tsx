"use client";

import { Button } from "@mantine/core";
import { IconFileTypePdf } from "@tabler/icons-react";
import { useLocale, useTranslations } from "next-intl";
import { useViewer } from "../../../components/shell/viewer-context.tsx";
import { formatExactTime } from "../../../lib/dates.ts";
import { apiRoutes } from "../../../lib/routes.ts";
import type { OpenCase } from "../../cases/use-case.ts";
import styles from "../../../components/layout/reading.module.css";
import { ReportTextView } from "../../report-text/components/report-text.tsx";

/** What was given out before the signature; the newest first, the rest folded. */
export function PreliminaryReports({ open }: { open: OpenCase }) {
  const t = useTranslations("preliminary");
  const labels = useTranslations("findings.labels");
  const locale = useLocale();
  const { can } = useViewer();
  const isSigned = open.state === "SIGNED";
  if (open.preliminaryReports.length === 0) return null;
  return (
    <section className={styles.step} aria-labelledby="preliminary">
      <h2 className={styles.heading} id="preliminary">
        {t("heading")}
      </h2>
      <div className={styles.stack}>
        {isSigned ? <div className={styles.text}>{t("replaced")}</div> : null}
        {open.preliminaryReports.map((one, index) => (
          <details key={one.id} open={index === 0 && !isSigned}>
            <summary>
              {t("summary", {
                number: one.number,
                label: labels(one.label),
                name: one.reader.name,
                time: formatExactTime(one.issuedAt, locale),
              })}
            </summary>
            {isSigned ? null : (
              <div className={styles.notice} role="note">
                {t(index === 0 ? "notSigned" : "olderOne")}
              </div>
            )}
            {one.report ? <ReportTextView report={one.report} /> : null}
            {can("report:export") ? (
              <Button
                component="a"
                mt="xs"
                size="compact-sm"
                variant="default"
                href={apiRoutes.file(`/preliminary/${one.id}.pdf`)}
                target="_blank"
                rel="noopener"
                leftSection={<IconFileTypePdf size={16} aria-hidden />}
              >
                {t("pdf")}
              </Button>
            ) : null}
          </details>
        ))}
      </div>
    </section>
  );
}
