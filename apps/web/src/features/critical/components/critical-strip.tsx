"use client";

import { IconUrgent } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { NearLink } from "../../../components/shell/near-link.tsx";
import { useViewer } from "../../../components/shell/viewer-context.tsx";
import { routes } from "../../../lib/routes.ts";
import { useCriticalSummary } from "../use-critical-news.ts";
import styles from "../../critical-marks/components/critical.module.css";

/** On every page, to those who pass critical results on: what is open. */
export function CriticalStrip() {
  const { can } = useViewer();
  return can("critical:communicate") ? <Strip /> : null;
}

function Strip() {
  const t = useTranslations("critical.strip");
  const summary = useCriticalSummary();
  const isShown = summary !== null && summary.open > 0;
  return (
    <div role="status">
      {isShown ? (
        <div
          className={styles.strip}
          data-alarm={summary.overdue + summary.toldToMe > 0 || undefined}
        >
          <IconUrgent size={16} aria-hidden />
          {summary.toldToMe > 0 ? (
            <strong>{t("toldToMe", { count: summary.toldToMe })}</strong>
          ) : null}
          <span>{t("open", { count: summary.open })}</span>
          {summary.overdue > 0 ? (
            <strong>{t("overdue", { count: summary.overdue })}</strong>
          ) : null}
          <NearLink href={routes.critical()}>{t("show")}</NearLink>
        </div>
      ) : null}
    </div>
  );
}
