"use client";

import { useTranslations } from "next-intl";
import Link from "next/link";
import type { MouseEvent } from "react";
import { routes } from "../../../lib/routes.ts";
import { WORKLIST_VIEWS, type WorklistView } from "../worklist-url.ts";
import styles from "./worklist-views.module.css";

/**
 * The list's tabs, as links: each has an address of its own, the first one
 * too, for without any the list opens with a saved view.
 */
export function WorklistViews({ view }: { view: WorklistView | null }) {
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
          </Link>
        );
      })}
    </nav>
  );
}

/** The page stays and only its question changes: no page is fetched for it. */
function showHere(event: MouseEvent, href: string): void {
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  window.history.pushState(null, "", href);
}
