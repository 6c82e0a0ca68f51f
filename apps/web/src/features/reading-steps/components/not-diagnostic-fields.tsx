"use client";

import { Checkbox, Select } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { NOT_DIAGNOSTIC_REASONS } from "../../decisions/decision-rules.ts";
import type { ReadingDraft } from "../../readings/reading-draft.ts";
import styles from "../../../components/layout/reading.module.css";

type Said = Pick<ReadingDraft, "notDiagnosticReason" | "retakeAsked">;

interface NotDiagnosticFieldsProps {
  draft: Said;
  onChange: (change: Partial<Said>) => void;
}

/** Why the film answers nothing, and whether another one is wanted. */
export function NotDiagnosticFields({
  draft,
  onChange,
}: NotDiagnosticFieldsProps) {
  const t = useTranslations("readings.notDiagnostic");
  // A draft that is taken up again leaves the focus where it is.
  const [isFresh] = useState(draft.notDiagnosticReason === null);
  return (
    <div className={styles.stack}>
      <Select
        label={t("reason")}
        autoFocus={isFresh}
        placeholder={t("choose")}
        withAsterisk
        allowDeselect={false}
        data={NOT_DIAGNOSTIC_REASONS.map((code) => ({
          value: code,
          label: t(`reasons.${code}`),
        }))}
        value={draft.notDiagnosticReason}
        onChange={(value) => {
          const chosen = NOT_DIAGNOSTIC_REASONS.find((code) => code === value);
          if (chosen) onChange({ notDiagnosticReason: chosen });
        }}
      />
      <Checkbox
        label={t("retake")}
        description={t("retakeHelp")}
        checked={draft.retakeAsked}
        onChange={(event) =>
          onChange({ retakeAsked: event.currentTarget.checked })
        }
      />
      <div className={styles.text}>{t("answersNothing")}</div>
    </div>
  );
}
