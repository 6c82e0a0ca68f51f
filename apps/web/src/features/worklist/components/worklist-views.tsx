"use client";

import { useTranslations } from "next-intl";
import Link from "next/link";
import { routes } from "../../../lib/routes.ts";
import { WORKLIST_VIEWS, type WorklistView } from "../worklist-url.ts";
import styles from "./worklist-views.module.css";

/** The saved views, as links: each has an address of its own. */
export function WorklistViews({ view }: { view: WorklistView }) {
  const t = useTranslations("worklist");
  return (
    <nav aria-label={t("viewsLabel")} className={styles.views}>
      {WORKLIST_VIEWS.map((item) => (
        <Link
          key={item}
          href={routes.worklist(item === "all" ? {} : { view: item })}
          className={styles.view}
          aria-current={item === view ? "page" : undefined}
          prefetch={false}
        >
          {t(`views.${item}`)}
        </Link>
      ))}
    </nav>
  );
}
