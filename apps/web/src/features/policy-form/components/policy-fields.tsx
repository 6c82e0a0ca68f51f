"use client";

import { NativeSelect, NumberInput } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { Urgency } from "../../../gql/graphql.ts";
import type { Messages } from "../../../i18n/messages.ts";

type FieldKey = keyof Messages["policies"]["fields"];
type UnitKey = keyof Messages["policies"]["suffixes"];

const URGENCIES = ["CRITICAL", "URGENT", "SOON", "ROUTINE"] as const;

interface FieldProps {
  name: FieldKey;
  isReadOnly: boolean;
  /** The API refused the value. */
  isRefused: boolean;
}

interface NumberFieldProps extends FieldProps {
  value: number;
  unit: UnitKey;
  min: number;
  max: number;
  /** Digits behind the point. */
  decimals?: number;
  onChange: (value: number) => void;
}

/** A number with its unit; what is not one yet is kept in the field alone. */
export function NumberField(props: NumberFieldProps) {
  const { name, value, unit, min, max, decimals = 0, onChange } = props;
  const t = useTranslations("policies");
  const [typed, setTyped] = useState<string | number>(value);
  const isWrong = typeof typed !== "number" || typed < min || typed > max;
  const error = isWrong
    ? t("form.between", { min, max })
    : props.isRefused && t("form.refused");
  return (
    <NumberInput
      label={t(`fields.${name}.label`)}
      description={t(`fields.${name}.help`)}
      value={typed}
      min={min}
      max={max}
      decimalScale={decimals}
      clampBehavior="none"
      suffix={` ${t(`suffixes.${unit}`, { count: Number(typed) || 0 })}`}
      readOnly={props.isReadOnly}
      error={error}
      onChange={(next) => {
        setTyped(next);
        if (typeof next === "number") onChange(next);
      }}
    />
  );
}

interface ClassFieldProps extends FieldProps {
  value: Urgency;
  onChange: (value: Urgency) => void;
}

/** One of the four classes. */
export function ClassField(props: ClassFieldProps) {
  const { name, value, isReadOnly, isRefused, onChange } = props;
  const t = useTranslations("policies");
  const urgency = useTranslations("findings.urgency");
  return (
    <NativeSelect
      label={t(`fields.${name}.label`)}
      description={t(`fields.${name}.help`)}
      value={value}
      disabled={isReadOnly}
      error={isRefused && t("form.refused")}
      data={URGENCIES.map((item) => ({ value: item, label: urgency(item) }))}
      onChange={(event) => {
        const next = URGENCIES.find((item) => item === event.target.value);
        if (next) onChange(next);
      }}
    />
  );
}
