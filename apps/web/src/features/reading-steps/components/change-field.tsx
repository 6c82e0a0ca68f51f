"use client";

import { Select } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { CHANGE_REASONS } from "../../decisions/decision-rules.ts";
import type { Reading } from "../../readings/use-reading.ts";

/** Why the AI is followed against what the reader said before it. */
export function ChangeField({ reading }: { reading: Reading }) {
  const t = useTranslations("readings.change");
  const { changeReason } = reading.draft;
  // A draft that is taken up again leaves the focus where it is.
  const [isFresh] = useState(changeReason === null);
  return (
    <Select
      label={t("reason")}
      autoFocus={isFresh}
      placeholder={t("choose")}
      withAsterisk
      allowDeselect={false}
      data={CHANGE_REASONS.map((code) => ({
        value: code,
        label: t(`reasons.${code}`),
      }))}
      value={changeReason}
      onChange={(value) => {
        const chosen = CHANGE_REASONS.find((code) => code === value);
        if (chosen) reading.update({ changeReason: chosen });
      }}
    />
  );
}
