"use client";

import { Button, Checkbox, Popover, Select, Stack } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconChevronDown } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useSite } from "../../../components/shell/site-context.tsx";
import menuStyles from "../../../components/ui/choice-menu.module.css";
import { CLINICAL_FLAGS } from "../../film-details/film-details.ts";
import { useTriageText } from "../../triage/use-triage-text.ts";
import { useAssignees } from "../../assignment/use-assignees.ts";
import {
  EXTRAS,
  FILM_VIEWS,
  PATIENT_AGES,
  QUALITIES,
  type WorklistChoice,
} from "../../worklist-query/worklist-url.ts";
import styles from "./worklist-filters.module.css";

interface MoreFiltersProps {
  choice: WorklistChoice;
  onChange: (change: Partial<WorklistChoice>) => void;
}

/** Filters that are used less: patient, film, reader, and what else there is. */
export function MoreFilters({ choice, onChange }: MoreFiltersProps) {
  const t = useTranslations("worklist");
  const [isOpen, { close, toggle }] = useDisclosure(false);
  const { patientAges, filmViews, flags, quality, extras, reader } = choice;
  const triage = useTriageText();
  const count =
    patientAges.length +
    filmViews.length +
    flags.length +
    extras.length +
    (quality ? 1 : 0) +
    (reader ? 1 : 0);
  const label = t("filters.more");
  return (
    <Popover
      opened={isOpen}
      onDismiss={close}
      position="bottom-start"
      withinPortal={false}
      trapFocus
      returnFocus
      shadow="md"
    >
      <Popover.Target>
        <Button
          variant="default"
          onClick={toggle}
          aria-haspopup="dialog"
          aria-expanded={isOpen}
          data-active={count > 0 || undefined}
          className={menuStyles.button}
          rightSection={<IconChevronDown size={14} aria-hidden />}
        >
          {count > 0 ? `${label} · ${String(count)}` : label}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p="sm" aria-label={label} className={styles.more}>
        <Choices
          label={t("filters.patientAge")}
          items={PATIENT_AGES}
          name={(age) => t(`patientAges.${age}`)}
          chosen={patientAges}
          onChange={(next) => onChange({ patientAges: next })}
        />
        <Choices
          label={t("filters.filmView")}
          items={FILM_VIEWS}
          name={(view) => t(`filmViews.${view}`)}
          chosen={filmViews}
          onChange={(next) => onChange({ filmViews: next })}
        />
        <Choices
          label={t("filters.flags")}
          items={CLINICAL_FLAGS}
          name={triage.flag}
          chosen={flags}
          onChange={(next) => onChange({ flags: next })}
        />
        <Choices
          label={t("filters.quality")}
          items={QUALITIES}
          name={(one) => t(`qualities.${one}`)}
          chosen={quality ? [quality] : []}
          // Both together are all: the one just chosen takes the other's place.
          onChange={(next) =>
            onChange({ quality: next.find((one) => one !== quality) ?? null })
          }
        />
        <Choices
          label={t("filters.extras")}
          items={EXTRAS}
          name={(one) => t(`extras.${one}`)}
          chosen={extras}
          onChange={(next) => onChange({ extras: next })}
        />
        <ReaderFilter
          reader={reader}
          onChange={(next) => onChange({ reader: next })}
        />
      </Popover.Dropdown>
    </Popover>
  );
}

interface ChoicesProps<T extends string> {
  label: string;
  items: readonly T[];
  name: (item: T) => string;
  chosen: readonly T[];
  onChange: (chosen: T[]) => void;
}

function Choices<T extends string>(props: ChoicesProps<T>) {
  const { label, items, name, chosen, onChange } = props;
  return (
    <Checkbox.Group
      label={label}
      value={[...chosen]}
      onChange={(values: string[]) =>
        onChange(items.filter((item) => values.includes(item)))
      }
    >
      <Stack gap={4} mt={4}>
        {items.map((item) => (
          <Checkbox key={item} size="sm" value={item} label={name(item)} />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}

interface ReaderFilterProps {
  reader: string | null;
  onChange: (reader: string | null) => void;
}

function ReaderFilter({ reader, onChange }: ReaderFilterProps) {
  const t = useTranslations("worklist");
  const { site, sites } = useSite();
  const siteIds = site ? [site.id] : sites.map(({ id }) => id);
  const { people } = useAssignees(siteIds);
  return (
    <Select
      label={t("filters.reader")}
      placeholder={t("filters.anybody")}
      data={(people ?? []).map(({ id, name }) => ({ value: id, label: name }))}
      value={reader}
      onChange={onChange}
      clearable
      clearButtonProps={{ "aria-label": t("filters.clear") }}
      searchable
      // Who types a name and presses Enter means the first that fits.
      selectFirstOptionOnChange
      nothingFoundMessage={t("filters.nobodyFound")}
      comboboxProps={{ withinPortal: false }}
    />
  );
}
