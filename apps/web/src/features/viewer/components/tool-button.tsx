"use client";

import { ActionIcon } from "@mantine/core";
import type { ReactNode } from "react";
import { ShortcutTooltip } from "../../../components/shortcuts/keys.tsx";
import { ariaKeys } from "../../../components/shortcuts/shortcut-keys.ts";
import styles from "./viewer-toolbar.module.css";

interface ToolButtonProps {
  label: string;
  keys?: string;
  /** for switches; left out for commands */
  isOn?: boolean;
  /** shows something that the AI said */
  isAi?: boolean;
  isDisabled?: boolean;
  onClick: () => void;
  children: ReactNode;
}

/** A square button under the film; its tooltip names the key. */
export function ToolButton(props: ToolButtonProps) {
  return (
    <ShortcutTooltip label={props.label} keys={props.keys}>
      <ActionIcon
        className={styles.button}
        size={32}
        aria-label={props.label}
        aria-pressed={props.isOn}
        aria-keyshortcuts={props.keys ? ariaKeys(props.keys) : undefined}
        data-ai={props.isAi ?? undefined}
        disabled={props.isDisabled ?? false}
        onClick={props.onClick}
      >
        {props.children}
      </ActionIcon>
    </ShortcutTooltip>
  );
}
