"use client";

import { Skeleton } from "@mantine/core";
import { useTranslations } from "next-intl";
import { ViewerWarmUp } from "../../viewer/components/viewer-warm-up.tsx";
import { PanelPlace } from "./panel-place.tsx";
import styles from "../../../components/layout/reading-room.module.css";

/** The case's layout while it is on its way; nothing jumps afterwards. */
export function CaseSkeleton() {
  const t = useTranslations("common");
  return (
    <div
      className={styles.room}
      data-fills-window
      role="status"
      aria-label={t("loading")}
    >
      <ViewerWarmUp />
      <div className={styles.header}>
        <Skeleton height={20} width="28rem" maw="60%" />
      </div>
      <div className={styles.filmArea}>
        <div className={styles.filmPlace} />
        <div className={styles.toolbarPlace} />
      </div>
      <div className={styles.panel}>
        <PanelPlace />
      </div>
    </div>
  );
}
