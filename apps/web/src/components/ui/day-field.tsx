"use client";

import { ActionIcon, Popover, TextInput } from "@mantine/core";
import { DatePicker } from "@mantine/dates";
import { IconCalendar } from "@tabler/icons-react";
import "dayjs/locale/vi";
import { useLocale, useTranslations } from "next-intl";
import { type KeyboardEvent, useState } from "react";
import { readDay, writeDay } from "../../lib/typed-day.ts";
import styles from "./day-field.module.css";

interface DayFieldProps {
  label: string;
  /** "2026-11-23", "" for none, or what was typed and is no day. */
  value: string;
  /** The day in that form, "" once emptied, or the text as it was typed. */
  onChange: (value: string) => void;
  error?: string | null;
  /** The day that an empty field stands for, "2026-11-23". */
  inherited?: string | undefined;
  /** Inside another floating panel, which must hold the calendar too. */
  isNested?: boolean;
}

/**
 * A day, typed or taken from a calendar. The browser's own date field follows
 * the browser's language, not the reader's, so this one is ours.
 */
export function DayField(props: DayFieldProps) {
  const { label, value, onChange, inherited } = props;
  const t = useTranslations("common.day");
  const [draft, setDraft] = useState<string | null>(null);
  const [isOpen, setOpen] = useState(false);
  const day = readDay(value);
  // Half a day is not called wrong while it is being typed.
  const isWrong = draft === null && value !== "" && day === null;
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "ArrowDown" || !event.altKey) return;
    event.preventDefault();
    setOpen(true);
  };
  return (
    <TextInput
      label={label}
      placeholder={inherited ? writeDay(inherited) : t("placeholder")}
      value={draft ?? writeDay(value)}
      error={isWrong ? t("wrong") : (props.error ?? null)}
      inputMode="numeric"
      autoComplete="off"
      classNames={{ input: styles.input }}
      onChange={(event) => {
        const text = event.currentTarget.value;
        setDraft(text);
        onChange(readDay(text) ?? text.trim());
      }}
      onBlur={() => setDraft(null)}
      onKeyDown={onKeyDown}
      rightSection={
        <Calendar
          label={label}
          day={day}
          isOpen={isOpen}
          setOpen={setOpen}
          isNested={props.isNested === true}
          onChoose={(chosen) => {
            setDraft(null);
            setOpen(false);
            onChange(chosen);
          }}
        />
      }
    />
  );
}

interface CalendarProps {
  label: string;
  day: string | null;
  isOpen: boolean;
  setOpen: (isOpen: boolean) => void;
  isNested: boolean;
  onChoose: (day: string) => void;
}

/** The button in the field, and the month that it opens. */
function Calendar(props: CalendarProps) {
  const { label, day, isOpen, setOpen } = props;
  const t = useTranslations("common.day");
  const locale = useLocale();
  return (
    <Popover
      opened={isOpen}
      onChange={setOpen}
      position="bottom-end"
      shadow="md"
      trapFocus
      returnFocus
      withinPortal={!props.isNested}
    >
      <Popover.Target>
        <ActionIcon
          size="sm"
          // Keys type the day, or open this with Alt and the down arrow.
          tabIndex={-1}
          aria-label={t("open", { label })}
          onClick={() => setOpen(!isOpen)}
        >
          <IconCalendar size={16} aria-hidden />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label={label}>
        <DatePicker
          locale={locale}
          value={day}
          // Red is for what is wrong, not for Sundays.
          weekendDays={[]}
          {...(day ? { defaultDate: day } : {})}
          ariaLabels={{
            previousMonth: t("previous"),
            nextMonth: t("next"),
            previousYear: t("previous"),
            nextYear: t("next"),
            previousDecade: t("previous"),
            nextDecade: t("next"),
            monthLevelControl: t("chooseMonth"),
            yearLevelControl: t("chooseYear"),
          }}
          onChange={(chosen) => props.onChoose(chosen ?? "")}
        />
      </Popover.Dropdown>
    </Popover>
  );
}
