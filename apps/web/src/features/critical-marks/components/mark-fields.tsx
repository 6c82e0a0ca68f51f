"use client";

import { Select, TextInput } from "@mantine/core";
import { useTranslations } from "next-intl";
import { KeptNote } from "../../kept-texts/components/kept-note.tsx";
import type { Kept } from "../../kept-texts/use-kept.ts";
import { type CriticalMark, MAX_WORDS } from "../critical-mark.ts";
import { useCriticalWords } from "../use-critical-words.ts";

interface MarkFieldsProps {
  mark: CriticalMark;
  isFirst?: boolean;
  /** They were asked for just now: the first of them gets the focus. */
  isFresh?: boolean;
  /** Enter in the words. */
  onEnter?: () => void;
  onChange: (mark: CriticalMark) => void;
  /** Whether the words are with the server. */
  kept: Kept<string>;
}

/** What is critical: a finding, words, or both. */
export function MarkFields(props: MarkFieldsProps) {
  const { mark, isFirst, onChange } = props;
  const t = useTranslations("critical.mark");
  const { catalogue, nameOf } = useCriticalWords();
  return (
    <>
      <Select
        {...(isFirst ? { "data-autofocus": true } : {})}
        autoFocus={props.isFresh === true}
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
        onKeyDown={(event) => {
          if (event.key !== "Enter" || !props.onEnter) return;
          event.preventDefault();
          props.onEnter();
        }}
        onBlur={props.kept.flush}
        onChange={(event) =>
          onChange({ ...mark, reason: event.currentTarget.value })
        }
      />
      <KeptNote kept={props.kept} />
    </>
  );
}
