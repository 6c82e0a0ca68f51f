"use client";

import { ActionIcon, Menu } from "@mantine/core";
import { IconTextPlus } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import type { SectionMacro } from "../expand-macro.ts";

interface MacroMenuProps {
  macros: readonly SectionMacro[];
  section: string;
  isOpen: boolean;
  isDisabled: boolean;
  onToggle: (isOpen: boolean) => void;
  onChoose: (macro: SectionMacro) => void;
}

/** The macros of a section; Ctrl and the point open it from the keyboard. */
export function MacroMenu(props: MacroMenuProps) {
  const t = useTranslations("macros");
  if (props.macros.length === 0) return null;
  return (
    <Menu
      opened={props.isOpen}
      onChange={props.onToggle}
      position="bottom-end"
      returnFocus={false}
      trapFocus
      shadow="md"
      width={280}
    >
      <Menu.Target>
        <ActionIcon
          size="sm"
          variant="subtle"
          color="gray"
          disabled={props.isDisabled}
          aria-label={t("insertOf", { section: props.section })}
          aria-keyshortcuts="Control+."
          title={t("insertHelp")}
        >
          <IconTextPlus size={15} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown mah={320} style={{ overflowY: "auto" }}>
        {props.macros.map((macro) => (
          <Menu.Item
            key={macro.name}
            title={macro.text}
            onClick={() => props.onChoose(macro)}
          >
            .{macro.name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
