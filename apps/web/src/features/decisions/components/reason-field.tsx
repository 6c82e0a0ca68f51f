"use client";

import { Select } from "@mantine/core";
import { useTranslations } from "next-intl";
import type { OverrideReason } from "../../../gql/graphql.ts";

interface ReasonFieldProps {
  label: string;
  /** Those that can be true, the likeliest first. */
  reasons: readonly OverrideReason[];
  reason: OverrideReason | null;
  /** It gets the focus when it appears. */
  isFresh: boolean;
  onReason: (reason: OverrideReason) => void;
}

/** Why the AI is not followed, or not in all. */
export function ReasonField(props: ReasonFieldProps) {
  const { reasons, reason } = props;
  const t = useTranslations("readings.override");
  return (
    <Select
      label={props.label}
      autoFocus={props.isFresh && reason === null}
      placeholder={t("choose")}
      withAsterisk
      allowDeselect={false}
      data={reasons.map((code) => ({
        value: code,
        label: t(`reasons.${code}`),
      }))}
      value={reason}
      onChange={(value) => {
        const chosen = reasons.find((code) => code === value);
        if (chosen) props.onReason(chosen);
      }}
    />
  );
}
