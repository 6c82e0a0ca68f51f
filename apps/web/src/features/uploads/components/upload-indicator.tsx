"use client";

import { Loader } from "@mantine/core";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { routes } from "../../../lib/routes.ts";
import { countFilms } from "../upload-state.ts";
import { useUploadState } from "../upload-context.tsx";
import styles from "./upload-indicator.module.css";

/** In the header while films are on their way, whatever page is open. */
export function UploadIndicator() {
  const t = useTranslations("upload");
  const counts = countFilms(useUploadState().films);
  if (counts.underWay === 0) return null;
  const total = counts.total - counts.held;
  return (
    <Link href={routes.upload()} className={styles.indicator}>
      <Loader size={12} aria-hidden />
      {t("indicator", { done: total - counts.underWay, total })}
    </Link>
  );
}
