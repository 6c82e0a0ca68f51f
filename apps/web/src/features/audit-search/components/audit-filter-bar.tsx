"use client";

import { Button, CloseButton, Pill, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import type { RefObject } from "react";
import { Keys } from "../../../components/shortcuts/keys.tsx";
import { useSearchText } from "../../../lib/use-search-text.ts";
import { hasFilters } from "../../audit-events/audit-filters.ts";
import type { AuditEventRow } from "../../audit-events/use-audit-events.ts";
import type { FilterControl } from "../use-audit-filters.ts";
import { useAuditWords } from "../../audit-events/use-audit-words.ts";
import { AuditPeopleFilter } from "./audit-people-filter.tsx";
import { AuditTimeFilter } from "./audit-time-filter.tsx";
import { AuditTypeFilter } from "./audit-type-filter.tsx";
import styles from "../../audit-events/components/audit.module.css";

interface AuditFilterBarProps {
  control: FilterControl;
  /** What is on screen, for the names of people and patients. */
  events: readonly AuditEventRow[];
  searchRef: RefObject<HTMLInputElement | null>;
}

export function AuditFilterBar(props: AuditFilterBarProps) {
  const { control, events, searchRef } = props;
  const t = useTranslations("audit.filters");
  return (
    <div className={styles.filters} role="search" aria-label={t("label")}>
      <PatientSearch control={control} searchRef={searchRef} />
      <AuditTypeFilter control={control} />
      <AuditPeopleFilter control={control} events={events} />
      <AuditTimeFilter control={control} />
      <Pills control={control} events={events} />
      {hasFilters(control.filters) ? (
        <Button variant="subtle" color="gray" onClick={control.clear}>
          {t("clear")}
        </Button>
      ) : null}
    </div>
  );
}

const TYPING_PAUSE_MS = 350;

function PatientSearch({
  control,
  searchRef,
}: Omit<AuditFilterBarProps, "events">) {
  const t = useTranslations("audit.filters");
  const [text, write] = useSearchText(
    control.filters.search,
    (search) => control.change({ search }),
    TYPING_PAUSE_MS,
  );
  return (
    <TextInput
      ref={searchRef}
      className={styles.search ?? ""}
      aria-label={t("patient")}
      placeholder={t("patient")}
      leftSection={<IconSearch size={16} aria-hidden />}
      rightSection={
        text === "" ? (
          <Keys keys="/" />
        ) : (
          <CloseButton
            size="sm"
            aria-label={t("remove")}
            onClick={() => write("")}
          />
        )
      }
      value={text}
      onChange={(event) => write(event.currentTarget.value)}
    />
  );
}

/** The filters that come from an event, not from a control. */
function Pills({ control, events }: Omit<AuditFilterBarProps, "searchRef">) {
  const t = useTranslations("audit.filters");
  const words = useAuditWords();
  const { patientId, subjectId, subjectType } = control.filters;
  const name = events.find(
    (event) => event.patientId === patientId && event.patientName,
  )?.patientName;
  return (
    <>
      {patientId ? (
        <Pill
          withRemoveButton
          removeButtonProps={{ "aria-label": t("remove"), tabIndex: 0 }}
          onRemove={() => control.change({ patientId: null })}
        >
          {name
            ? t("onePatientNamed", { name: words.patient(name) })
            : t("onePatient")}
        </Pill>
      ) : null}
      {subjectId ? (
        <Pill
          withRemoveButton
          removeButtonProps={{ "aria-label": t("remove"), tabIndex: 0 }}
          onRemove={() =>
            control.change({ subjectId: null, subjectType: null })
          }
        >
          {t("subject", {
            type: subjectType ? words.subject(subjectType) : "",
            id: subjectId.length > 12 ? `…${subjectId.slice(-6)}` : subjectId,
          })}
        </Pill>
      ) : null}
    </>
  );
}
