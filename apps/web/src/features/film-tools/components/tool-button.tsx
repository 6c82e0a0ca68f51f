"use client";

import { ActionIcon } from "@mantine/core";
import { useTranslations } from "next-intl";
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
  /** Why it does nothing now; left out where it works. */
  whyNot?: string | undefined;
  onClick: () => void;
  children: ReactNode;
}

/**
 * A square button under the film; its tooltip names the key. One that does
 * nothing now keeps its place and its focus, and says why.
 */
export function ToolButton(props: ToolButtonProps) {
  const { label, keys, whyNot } = props;
  const t = useTranslations("viewer");
  const isOff = whyNot !== undefined;
  return (
    <ShortcutTooltip
      label={isOff ? t("whyNot.of", { tool: label, reason: whyNot }) : label}
      keys={keys}
    >
      <ActionIcon
        className={styles.button}
        size={32}
        aria-label={label}
        aria-pressed={props.isOn}
        aria-keyshortcuts={keys ? ariaKeys(keys) : undefined}
        aria-disabled={isOff || undefined}
        aria-description={whyNot}
        data-ai={props.isAi ?? undefined}
        data-off={isOff || undefined}
        onClick={() => {
          if (!isOff) props.onClick();
        }}
      >
        {props.children}
      </ActionIcon>
    </ShortcutTooltip>
  );
}
