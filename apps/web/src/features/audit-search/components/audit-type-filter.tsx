"use client";

import { Button, Checkbox, Popover } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import {
  AUDIT_EVENT_GROUPS,
  AUDIT_GROUPS,
  type AuditGroup,
} from "@lung-iris/audit-words";
import type { FilterControl } from "../use-audit-filters.ts";
import { useAuditWords } from "../../audit-events/use-audit-words.ts";
import styles from "../../audit-events/components/audit.module.css";

/** Which events, one by one or a whole group at once. */
export function AuditTypeFilter({ control }: { control: FilterControl }) {
  const t = useTranslations("audit.filters");
  const words = useAuditWords();
  const { types } = control.filters;
  const [only] = types;
  const label =
    types.length === 0
      ? t("whatAll")
      : types.length === 1 && only
        ? words.type(only)
        : t("whatCount", { count: types.length });
  return (
    <Popover position="bottom-start" trapFocus shadow="md" width={320}>
      <Popover.Target>
        <Button
          variant={types.length > 0 ? "light" : "default"}
          rightSection={<IconChevronDown size={14} aria-hidden />}
          aria-label={`${t("what")}: ${label}`}
        >
          {label}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t("what")}>
        <div className={styles.typeList}>
          {AUDIT_GROUPS.map((group) => (
            <TypeGroup key={group} group={group} control={control} />
          ))}
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}

interface TypeGroupProps {
  group: AuditGroup;
  control: FilterControl;
}

function TypeGroup({ group, control }: TypeGroupProps) {
  const t = useTranslations("audit.groups");
  const words = useAuditWords();
  const own: readonly string[] = AUDIT_EVENT_GROUPS[group];
  const chosen = control.filters.types;
  const count = own.filter((type) => chosen.includes(type)).length;
  const without = chosen.filter((type) => !own.includes(type));
  const set = (types: string[]) => control.change({ types });
  return (
    <div className={styles.typeGroup} role="group" aria-label={t(group)}>
      <Checkbox
        size="xs"
        label={<b>{t(group)}</b>}
        checked={count === own.length}
        indeterminate={count > 0 && count < own.length}
        onChange={() =>
          set(count === own.length ? without : [...without, ...own])
        }
      />
      {own.length === 1
        ? null
        : own.map((type) => (
            <Checkbox
              key={type}
              className={styles.typeOf ?? ""}
              size="xs"
              label={words.type(type)}
              checked={chosen.includes(type)}
              onChange={() =>
                set(
                  chosen.includes(type)
                    ? chosen.filter((other) => other !== type)
                    : [...chosen, type],
                )
              }
            />
          ))}
    </div>
  );
}
