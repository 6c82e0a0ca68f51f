"use client";

import {
  MultiSelect,
  NativeSelect,
  NumberInput,
  TagsInput,
} from "@mantine/core";
import { useTranslations } from "next-intl";
import { useFindingWords } from "../../findings/use-finding-words.ts";
import { CLINICAL_FLAGS } from "../../film-details/film-details.ts";
import { atMoment, type TriggerDraft } from "../procedure-draft.ts";
import styles from "../../procedure-steps/components/procedures.module.css";

const MOMENTS = ["ARRIVAL", "AI", "READING", "CRITICAL"] as const;

interface TriggerFieldsProps {
  trigger: TriggerDraft;
  onChange: (trigger: TriggerDraft) => void;
}

/** When a procedure begins. */
export function TriggerFields({ trigger, onChange }: TriggerFieldsProps) {
  const t = useTranslations("procedures.editor");
  const moments = useTranslations("procedures.moments");
  const flags = useTranslations("findings.flags");
  const { catalogue, nameOf } = useFindingWords();
  const numberOf = (value: number | string) =>
    typeof value === "number" ? value : null;
  return (
    <div className={styles.fields}>
      <NativeSelect
        label={t("moment")}
        value={trigger.moment}
        data={MOMENTS.map((value) => ({ value, label: moments(value) }))}
        onChange={(event) => {
          const { value } = event.currentTarget;
          const moment = MOMENTS.find((one) => one === value);
          if (moment) onChange(atMoment(trigger, moment));
        }}
      />
      {trigger.moment === "ARRIVAL" ? null : (
        <MultiSelect
          searchable
          label={t("findings")}
          withAsterisk={trigger.moment === "AI"}
          data={catalogue.map(({ code }) => ({
            value: code,
            label: nameOf(code),
          }))}
          value={trigger.findings}
          onChange={(findings) => onChange({ ...trigger, findings })}
        />
      )}
      <MultiSelect
        label={t("flags")}
        data={CLINICAL_FLAGS.map((value) => ({ value, label: flags(value) }))}
        value={trigger.flags}
        onChange={(chosen) => onChange({ ...trigger, flags: chosen })}
      />
      <TagsInput
        label={t("modalities")}
        maxTags={10}
        value={trigger.modalities}
        onChange={(modalities) =>
          onChange({
            ...trigger,
            modalities: modalities.map((code) => code.toUpperCase()),
          })
        }
      />
      <TagsInput
        label={t("wards")}
        description={t("wardsHelp")}
        maxTags={20}
        maxLength={60}
        value={trigger.wards ?? []}
        onChange={(wards) => onChange({ ...trigger, wards })}
      />
      <NumberInput
        label={t("ageFrom")}
        min={0}
        max={150}
        value={trigger.ageFrom ?? ""}
        onChange={(value) => onChange({ ...trigger, ageFrom: numberOf(value) })}
      />
      <NumberInput
        label={t("ageTo")}
        min={0}
        max={150}
        value={trigger.ageTo ?? ""}
        onChange={(value) => onChange({ ...trigger, ageTo: numberOf(value) })}
      />
    </div>
  );
}
