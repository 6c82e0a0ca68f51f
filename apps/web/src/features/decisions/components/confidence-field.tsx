"use client";

import { Input, SegmentedControl } from "@mantine/core";
import { useTranslations } from "next-intl";

const STEPS = [1, 2, 3, 4, 5] as const;
const UNSAID = "0";

interface ConfidenceFieldProps {
  /** 1, a guess, to 5, sure; null where it is not said. */
  value: number | null;
  isDisabled: boolean;
  onChange: (value: number | null) => void;
}

/** How sure the reader is; nobody has to say. */
export function ConfidenceField(props: ConfidenceFieldProps) {
  const t = useTranslations("readings.confidence");
  return (
    <Input.Wrapper label={t("label")} labelElement="div">
      <SegmentedControl
        fullWidth
        size="xs"
        aria-label={t("label")}
        disabled={props.isDisabled}
        data={[
          { value: UNSAID, label: t("unsaid") },
          ...STEPS.map((step) => ({
            value: String(step),
            label: step === 1 ? t("guess") : step === 5 ? t("sure") : step,
          })),
        ]}
        value={String(props.value ?? UNSAID)}
        onChange={(value) =>
          props.onChange(value === UNSAID ? null : Number(value))
        }
      />
    </Input.Wrapper>
  );
}
