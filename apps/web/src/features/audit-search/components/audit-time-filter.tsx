"use client";

import { Alert, Button, Popover, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconChevronDown, IconClock } from "@tabler/icons-react";
import { useLocale, useTranslations } from "next-intl";
import { type SyntheticEvent, useState } from "react";
import { DayField } from "../../../components/ui/day-field.tsx";
import { formatDateTime } from "../../../lib/dates.ts";
import { readTime } from "../../../lib/typed-day.ts";
import {
  type AuditFilters,
  PRESETS,
  type Preset,
  type RangeEnd,
  fromRangeEnd,
  toRangeEnd,
} from "../../audit-events/audit-filters.ts";
import type { FilterControl } from "../use-audit-filters.ts";
import styles from "../../audit-events/components/audit.module.css";

// Object.keys gives strings; these are the keys of the constant.
const PRESET_NAMES = Object.keys(PRESETS) as Preset[];

/** When: a range that ends now, or two ends of one's own. */
export function AuditTimeFilter({ control }: { control: FilterControl }) {
  const t = useTranslations("audit.filters");
  const [isOpen, popover] = useDisclosure(false);
  const { filters } = control;
  const label = useTimeLabel(filters);
  const isNarrowed = Boolean(filters.last ?? filters.from ?? filters.until);
  const choose = (part: Pick<AuditFilters, "last" | "from" | "until">) => {
    control.change(part);
    popover.close();
  };
  return (
    <Popover
      opened={isOpen}
      onChange={popover.toggle}
      position="bottom-start"
      trapFocus
      shadow="md"
      width={320}
    >
      <Popover.Target>
        <Button
          variant={isNarrowed ? "light" : "default"}
          leftSection={<IconClock size={16} aria-hidden />}
          rightSection={<IconChevronDown size={14} aria-hidden />}
          aria-label={`${t("when")}: ${label}`}
          onClick={popover.toggle}
        >
          {label}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t("when")}>
        <Button.Group orientation="vertical">
          {[null, ...PRESET_NAMES].map((preset) => (
            <Button
              key={preset ?? "any"}
              variant={preset === filters.last && preset ? "light" : "subtle"}
              color="gray"
              justify="start"
              onClick={() => choose({ last: preset, from: null, until: null })}
            >
              {preset ? t(`presets.${preset}`) : t("anyTime")}
            </Button>
          ))}
        </Button.Group>
        <OwnRange
          filters={filters}
          onApply={(from, until) => choose({ last: null, from, until })}
        />
      </Popover.Dropdown>
    </Popover>
  );
}

function useTimeLabel(filters: AuditFilters): string {
  const t = useTranslations("audit.filters");
  const locale = useLocale();
  const write = (iso: string) => formatDateTime(iso, locale);
  const { last, from, until } = filters;
  if (last) return t(`presets.${last}`);
  if (from && until) {
    return t("whenBetween", { from: write(from), until: write(until) });
  }
  if (from) return t("whenFrom", { from: write(from) });
  return until ? t("whenUntil", { until: write(until) }) : t("whenAll");
}

interface OwnRangeProps {
  filters: AuditFilters;
  onApply: (from: string | null, until: string | null) => void;
}

function OwnRange({ filters, onApply }: OwnRangeProps) {
  const t = useTranslations("audit.filters");
  const [from, setFrom] = useState(() => toRangeEnd(filters.from));
  const [until, setUntil] = useState(() => toRangeEnd(filters.until));
  const after = fromRangeEnd(from, "from");
  const before = fromRangeEnd(until, "until");
  const isWrong = after === false || before === false;
  const isBackwards =
    !isWrong && after !== null && before !== null && before <= after;
  const isEmpty = after === null && before === null;
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (!isWrong && !isBackwards && !isEmpty) onApply(after, before);
  };
  return (
    <form className={styles.timeFields} onSubmit={submit}>
      <EndFields
        label={t("fromField")}
        timeLabel={t("fromTime")}
        end={from}
        onChange={setFrom}
      />
      <EndFields
        label={t("untilField")}
        timeLabel={t("untilTime")}
        end={until}
        onChange={setUntil}
      />
      {isBackwards ? (
        <Alert color="red" p="xs" role="alert">
          {t("wrongOrder")}
        </Alert>
      ) : null}
      <Button
        type="submit"
        variant="default"
        disabled={isWrong || isBackwards || isEmpty}
      >
        {t("apply")}
      </Button>
    </form>
  );
}

interface EndFieldsProps {
  label: string;
  timeLabel: string;
  end: RangeEnd;
  onChange: (end: RangeEnd) => void;
}

/** A day and, where it matters, a time of it. */
function EndFields({ label, timeLabel, end, onChange }: EndFieldsProps) {
  const t = useTranslations("audit.filters");
  const [isTyping, setTyping] = useState(false);
  const isWrong =
    !isTyping && end.time.trim() !== "" && readTime(end.time) === null;
  return (
    <div className={styles.rangeEnd}>
      <DayField
        label={label}
        value={end.day}
        isNested
        onChange={(day) => onChange({ ...end, day })}
      />
      <TextInput
        label={timeLabel}
        placeholder={t("wholeDay")}
        value={end.time}
        error={isWrong ? t("wrongTime") : null}
        inputMode="numeric"
        autoComplete="off"
        onFocus={() => setTyping(true)}
        onBlur={() => setTyping(false)}
        onChange={(event) =>
          onChange({ ...end, time: event.currentTarget.value })
        }
      />
    </div>
  );
}
