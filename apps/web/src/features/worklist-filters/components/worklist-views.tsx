"use client";

import { useLocale, useTranslations } from "next-intl";
import Link from "next/link";
import type { MouseEvent } from "react";
import { routes } from "../../../lib/routes.ts";
import { formatCount } from "../../triage/triage-format.ts";
import type { WorklistSummary } from "../../worklist-summary/use-worklist-summary.ts";
import { COUNT_CAP, countOfView } from "../view-counts.ts";
import {
  WORKLIST_VIEWS,
  type WorklistView,
} from "../../worklist-query/worklist-url.ts";
import styles from "./worklist-views.module.css";

interface WorklistViewsProps {
  view: WorklistView | null;
  /** undefined while it is on its way. */
  summary: WorklistSummary | undefined;
}

/**
 * The list's tabs, with how much each holds, as links: each has an address of its own, the first one
 * too, for without any the list opens with a saved view.
 */
export function WorklistViews({ view, summary }: WorklistViewsProps) {
  const t = useTranslations("worklist");
  return (
    <nav aria-label={t("viewsLabel")} className={styles.views}>
      {WORKLIST_VIEWS.map((item) => {
        const href = routes.worklist({ view: item });
        return (
          <Link
            key={item}
            href={href}
            className={styles.view}
            aria-current={item === view ? "page" : undefined}
            prefetch={false}
            onClick={(event) => showHere(event, href)}
          >
            {t(`views.${item}`)}
            <Count count={summary ? countOfView(item, summary) : null} />
          </Link>
        );
      })}
    </nav>
  );
}

/** Nothing is no number: an empty view says so when it is opened. */
function Count({ count }: { count: number | null }) {
  const locale = useLocale();
  if (!count) return null;
  return (
    <span className={styles.count}>
      {" "}
      {formatCount(Math.min(count, COUNT_CAP), locale, count >= COUNT_CAP)}
    </span>
  );
}

/** The page stays and only its question changes: no page is fetched for it. */
function showHere(event: MouseEvent, href: string): void {
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  window.history.pushState(null, "", href);
}
