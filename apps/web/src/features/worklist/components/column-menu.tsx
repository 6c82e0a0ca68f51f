"use client";

import { ActionIcon, Checkbox, Popover, Tooltip } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconColumns3 } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import {
  type ColumnChoice,
  FIXED_COLUMN,
  moveColumn,
  toggleColumn,
} from "../worklist-columns.ts";
import styles from "./column-menu.module.css";

interface ColumnMenuProps {
  choice: ColumnChoice;
  onChange: (choice: ColumnChoice) => void;
}

/** Which columns are shown, and in which order; remembered here. */
export function ColumnMenu({ choice, onChange }: ColumnMenuProps) {
  const t = useTranslations("worklist");
  return (
    <Popover
      position="bottom-end"
      withinPortal={false}
      trapFocus
      returnFocus
      shadow="md"
    >
      <Popover.Target>
        <Tooltip label={t("columnMenu.title")}>
          <ActionIcon aria-label={t("columnMenu.title")} size={32}>
            <IconColumns3 size={17} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown p="sm" aria-label={t("columnMenu.title")}>
        <ul className={styles.list}>
          {choice.order.map((id, index) => {
            const name = t(`columns.${id}`);
            return (
              <li key={id} className={styles.item}>
                <Checkbox
                  size="sm"
                  label={name}
                  checked={!choice.hidden.includes(id)}
                  disabled={id === FIXED_COLUMN}
                  onChange={() => onChange(toggleColumn(choice, id))}
                />
                <span className={styles.moves}>
                  <ActionIcon
                    size="sm"
                    aria-label={t("columnMenu.up", { name })}
                    disabled={index === 0}
                    onClick={() => onChange(moveColumn(choice, id, -1))}
                  >
                    <IconArrowUp size={14} aria-hidden />
                  </ActionIcon>
                  <ActionIcon
                    size="sm"
                    aria-label={t("columnMenu.down", { name })}
                    disabled={index === choice.order.length - 1}
                    onClick={() => onChange(moveColumn(choice, id, 1))}
                  >
                    <IconArrowDown size={14} aria-hidden />
                  </ActionIcon>
                </span>
              </li>
            );
          })}
        </ul>
      </Popover.Dropdown>
    </Popover>
  );
}
