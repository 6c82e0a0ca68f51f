"use client";

import { Checkbox } from "@mantine/core";
import { useTranslations } from "next-intl";
import type { Label } from "../../../gql/graphql.ts";
import type { OpenCase } from "../../cases/use-case.ts";
import styles from "../../../components/layout/reading.module.css";

/** The gate's word for a picture that shows no chest at all. */
const NO_CHEST_FILM = "not-a-chest-film";

/** Whether "normal" wants a word more: the picture may be a hand. */
export function isDoubted(
  open: Pick<OpenCase, "assessment" | "notAssessedReason">,
  label: Label | null,
): boolean {
  return (
    label === "NORMAL" &&
    open.assessment === "NOT_ASSESSED" &&
    open.notAssessedReason === NO_CHEST_FILM
  );
}

interface ChestFilmCheckProps {
  isChecked: boolean;
  onChange: (isChecked: boolean) => void;
}

/** Asked before what may be no chest film is signed as a normal chest. */
export function ChestFilmCheck({ isChecked, onChange }: ChestFilmCheckProps) {
  const t = useTranslations("readings.chestFilm");
  return (
    <div className={styles.notice}>
      <div className={styles.noticeTitle}>{t("title")}</div>
      <div>{t("text")}</div>
      <Checkbox
        mt="xs"
        label={t("confirm")}
        checked={isChecked}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    </div>
  );
}
