"use client";

import { skipToken, useQuery } from "@apollo/client/react";
import { Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconUser } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useViewer } from "../../../components/shell/viewer-context.tsx";
import { AUDIT_PEOPLE } from "../../audit-events/audit-queries.ts";
import type { AuditEventRow } from "../../audit-events/use-audit-events.ts";
import type { FilterControl } from "../use-audit-filters.ts";
import styles from "../../audit-events/components/audit.module.css";

interface AuditPeopleFilterProps {
  control: FilterControl;
  events: readonly AuditEventRow[];
}

/**
 * Whose events. Somebody who may list users can find everybody; others find
 * whoever stands in the events on screen.
 */
export function AuditPeopleFilter(props: AuditPeopleFilterProps) {
  const { control, events } = props;
  const t = useTranslations("audit.filters");
  const { actorId } = control.filters;
  const [text, setText] = useState("");
  const people = usePeople(text, events);
  // Somebody whose events are not on screen still has to be shown as chosen.
  if (actorId && !people.some((person) => person.value === actorId)) {
    people.push({ value: actorId, label: `…${actorId.slice(-6)}` });
  }
  return (
    <Select
      className={styles.people ?? ""}
      aria-label={t("who")}
      placeholder={t("whoAll")}
      leftSection={<IconUser size={16} aria-hidden />}
      nothingFoundMessage={t("nothingFound")}
      clearable
      clearButtonProps={{ "aria-label": t("remove") }}
      searchable
      // Who types a name and presses Enter means the first that fits.
      selectFirstOptionOnChange
      onSearchChange={setText}
      data={people}
      value={actorId}
      onChange={(value) => control.change({ actorId: value })}
      comboboxProps={{ width: 260, position: "bottom-start" }}
    />
  );
}

interface Person {
  value: string;
  label: string;
}

function usePeople(text: string, events: readonly AuditEventRow[]): Person[] {
  const t = useTranslations("audit.filters");
  const { user, can } = useViewer();
  const [search] = useDebouncedValue(text.trim(), 300);
  const { data, previousData } = useQuery(
    AUDIT_PEOPLE,
    can("user:read")
      ? { variables: { search: search === "" ? null : search } }
      : skipToken,
  );
  const people = new Map([
    [user.id, t("me", { name: user.name })],
    ["SYSTEM", t("system")],
    ["ANONYMOUS", t("anonymous")],
  ]);
  const add = (id: string, name: string) => {
    if (!people.has(id)) people.set(id, name);
  };
  for (const event of events) add(event.actorId, event.actorName);
  for (const { node } of (data ?? previousData)?.users.edges ?? []) {
    add(node.id, node.name);
  }
  return [...people].map(([value, label]) => ({ value, label }));
}
