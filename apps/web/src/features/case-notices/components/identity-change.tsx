"use client";

import { useLocale, useTranslations } from "next-intl";
import { formatExactTime } from "../../../lib/dates.ts";
import { SIGNED_REPORT } from "../../reports/components/signed-report-section.tsx";
import type { OpenCase } from "../../cases/use-case.ts";
import { FactChange } from "../../../components/ui/fact-change.tsx";
import styles from "../../../components/layout/reading.module.css";

/** Who corrected whose case it is, from what to what, and why. */
export function IdentityChange({ open }: { open: OpenCase }) {
  const t = useTranslations("readings.notice.signer.change");
  const locale = useLocale();
  const change = open.viewerIdentityChange;
  if (!change) return null;
  const rows = [
    { what: "name", before: change.nameBefore, now: change.nameAfter },
    { what: "mrn", before: change.mrnBefore, now: change.mrnAfter },
  ] as const;
  return (
    <>
      <dl className={styles.facts}>
        {rows.map(({ what, before, now }) =>
          before == null || now == null ? null : (
            <FactChange
              key={what}
              name={t(what)}
              before={before || t("none")}
              now={now || t("none")}
            />
          ),
        )}
        <dt>{t("by")}</dt>
        <dd>
          {t("byAt", {
            name: change.byName,
            time: formatExactTime(change.at, locale),
          })}
        </dd>
        {change.reason ? (
          <>
            <dt>{t("reason")}</dt>
            <dd>{change.reason}</dd>
          </>
        ) : null}
      </dl>
      <a href={`#${SIGNED_REPORT}`}>{t("toReport")}</a>
    </>
  );
}
