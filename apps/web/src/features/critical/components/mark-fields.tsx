"use client";

import { Select, TextInput } from "@mantine/core";
import { useTranslations } from "next-intl";
import { type CriticalMark, MAX_WORDS } from "../critical-mark.ts";
import { useCriticalWords } from "../use-critical-words.ts";

interface MarkFieldsProps {
  mark: CriticalMark;
  isFirst?: boolean;
  onChange: (mark: CriticalMark) => void;
}

/** What is critical: a finding, words, or both. */
export function MarkFields({ mark, isFirst, onChange }: MarkFieldsProps) {
  const t = useTranslations("critical.mark");
  const { catalogue, nameOf } = useCriticalWords();
  return (
    <>
      <Select
        {...(isFirst ? { "data-autofocus": true } : {})}
        label={t("finding")}
        placeholder={t("noFinding")}
        searchable
        clearable
        data={catalogue.map(({ code }) => ({
          value: code,
          label: nameOf(code),
        }))}
        value={mark.finding}
        onChange={(finding) => onChange({ ...mark, finding })}
      />
      <TextInput
        label={t("reason")}
        withAsterisk={mark.finding === null}
        maxLength={MAX_WORDS}
        value={mark.reason}
        onChange={(event) =>
          onChange({ ...mark, reason: event.currentTarget.value })
        }
      />
    </>
  );
}
