"use client";

import { Button, Select, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconSearch, IconX } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { type RefObject, useState } from "react";
import { useSite } from "../../../components/shell/site-context.tsx";
import { useReadsBlind } from "../../../components/shell/use-reads-blind.ts";
import { useViewer } from "../../../components/shell/viewer-context.tsx";
import { ChoiceMenu } from "../../../components/ui/choice-menu.tsx";
import { UrgencyMark } from "../../triage/components/urgency-mark.tsx";
import { READER_POOLS } from "../../pools/pool-queries.ts";
import { useAssignees } from "../../assignment/use-assignees.ts";
import { usePerSite } from "../../../lib/use-per-site.ts";
import {
  AGES,
  CASE_STATES,
  URGENCIES,
  type WorklistChoice,
  findingsFor,
  isNarrowed,
  withoutFilters,
} from "../../worklist-query/worklist-url.ts";
import { MoreFilters } from "./more-filters.tsx";
import styles from "./worklist-filters.module.css";

interface WorklistFiltersProps {
  choice: WorklistChoice;
  onChange: (change: Partial<WorklistChoice>) => void;
  searchRef: RefObject<HTMLInputElement | null>;
}

export function WorklistFilters(props: WorklistFiltersProps) {
  const { choice, onChange, searchRef } = props;
  const t = useTranslations("worklist");
  const urgencies = useTranslations("findings.urgency");
  const isBlind = useReadsBlind();
  return (
    <div className={styles.filters} role="search">
      <SearchField
        key={choice.view}
        text={choice.search}
        onSearch={(search) => onChange({ search })}
        inputRef={searchRef}
      />
      <ChoiceMenu
        label={t("filters.state")}
        items={CASE_STATES.map((value) => ({
          value,
          label: t(`states.${value}`),
        }))}
        chosen={choice.states}
        onChange={(states) => onChange({ states })}
      />
      <ChoiceMenu
        label={t("filters.urgency")}
        items={URGENCIES.map((value) => ({
          value,
          label: <UrgencyMark urgency={value} />,
          text: urgencies(value),
        }))}
        chosen={choice.urgencies}
        onChange={(urgencies) => onChange({ urgencies })}
      />
      <ChoiceMenu
        label={t("filters.finding")}
        items={findingsFor(isBlind).map((value) => ({
          value,
          label: t(`findings.${value}`),
        }))}
        chosen={choice.findings}
        onChange={(findings) => onChange({ findings })}
      />
      <AssigneeFilter choice={choice} onChange={onChange} />
      <ChoiceMenu
        label={t("filters.age")}
        single
        items={AGES.map((value) => ({ value, label: t(`ages.${value}`) }))}
        chosen={choice.age ? [choice.age] : []}
        onChange={([age]) => onChange({ age: age ?? null })}
      />
      <MoreFilters choice={choice} onChange={onChange} />
      {isNarrowed(choice) ? (
        <Button
          variant="subtle"
          color="gray"
          leftSection={<IconX size={14} aria-hidden />}
          onClick={() => onChange(withoutFilters(choice))}
        >
          {t("filters.clear")}
        </Button>
      ) : null}
    </div>
  );
}

interface SearchFieldProps {
  text: string;
  onSearch: (text: string) => void;
  inputRef: RefObject<HTMLInputElement | null>;
}

/** Waits for a pause in typing before the server is asked. */
function SearchField({ text, onSearch, inputRef }: SearchFieldProps) {
  const t = useTranslations("worklist");
  const [typed, setTyped] = useState(text);
  const [asked, setAsked] = useState(text);
  const ask = useDebouncedCallback((value: string) => {
    setAsked(value);
    onSearch(value);
  }, 250);
  // Cleared or changed from elsewhere (the palette, "Clear filters", Back).
  if (text !== asked) {
    setAsked(text);
    setTyped(text);
  }
  return (
    <TextInput
      ref={inputRef}
      type="search"
      className={styles.search}
      aria-label={t("search.label")}
      aria-keyshortcuts="/"
      placeholder={t("search.placeholder")}
      leftSection={<IconSearch size={15} aria-hidden />}
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        ask(event.currentTarget.value);
      }}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        // The browser would empty the field; leaving it keeps what is sought.
        event.preventDefault();
        event.currentTarget.blur();
      }}
    />
  );
}

/** Before a pool's id among the ids of people. */
const POOL = "pool:";

/** Who was given a case: a reader, nobody, or the pool that it waits for. */
function AssigneeFilter({
  choice,
  onChange,
}: Pick<WorklistFiltersProps, "choice" | "onChange">) {
  const t = useTranslations("worklist");
  const { user, can } = useViewer();
  const { site, sites } = useSite();
  const [isWanted, setWanted] = useState(
    choice.assignee !== null || choice.pool !== null,
  );
  const siteIds = site ? [site.id] : sites.map(({ id }) => id);
  const { people } = useAssignees(isWanted ? siteIds : []);
  const { answers: pools } = usePerSite(
    isWanted && can("pool:read") ? siteIds : [],
    READER_POOLS,
  );
  const others = (people ?? []).filter(({ id }) => id !== user.id);
  return (
    <Select
      className={styles.assignee}
      aria-label={t("filters.assignee")}
      placeholder={t("filters.assignee")}
      data={[
        { value: user.id, label: t("filters.me") },
        { value: "none", label: t("filters.nobody") },
        ...others.map(({ id, name }) => ({ value: id, label: name })),
        {
          group: t("filters.pools"),
          items: (pools ?? [])
            .flatMap(({ readerPools }) => readerPools)
            .map(({ id, name }) => ({ value: `${POOL}${id}`, label: name })),
        },
      ]}
      value={choice.pool === null ? choice.assignee : `${POOL}${choice.pool}`}
      onChange={(value) =>
        onChange(
          value?.startsWith(POOL)
            ? { pool: value.slice(POOL.length), assignee: null }
            : { pool: null, assignee: value },
        )
      }
      onDropdownOpen={() => setWanted(true)}
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
