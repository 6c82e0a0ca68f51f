"use client";

import { Group, Kbd, Tooltip, type TooltipProps } from "@mantine/core";
import { useSyncExternalStore } from "react";
import { keyCaps } from "./shortcut-keys.ts";
import styles from "./keys.module.css";

const never = () => () => undefined;

/** Decided in the browser; the server draws the keys of other machines. */
export function useIsMac(): boolean {
  return useSyncExternalStore(
    never,
    () => /Mac|iPhone|iPad/.test(navigator.userAgent),
    () => false,
  );
}

/** Key caps, for example ⟦Ctrl⟧ ⟦K⟧. */
export function Keys({ keys }: { keys: string }) {
  const isMac = useIsMac();
  return (
    <span className={styles.keys}>
      {keyCaps(keys, isMac).map((cap) => (
        <Kbd key={cap} size="xs" className={styles.cap}>
          {cap}
        </Kbd>
      ))}
    </span>
  );
}

interface ShortcutTooltipProps extends Omit<TooltipProps, "label"> {
  label: string;
  keys?: string | undefined;
}

/** A tooltip that names the key beside what it does. */
export function ShortcutTooltip({
  label,
  keys,
  ...rest
}: ShortcutTooltipProps) {
  return (
    <Tooltip
      {...rest}
      label={
        <Group gap="sm" wrap="nowrap">
          <span>{label}</span>
          {keys ? <Keys keys={keys} /> : null}
        </Group>
      }
    />
  );
}
