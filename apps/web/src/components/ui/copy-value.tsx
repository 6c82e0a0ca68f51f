"use client";

import { ActionIcon, CopyButton, Tooltip } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import styles from "./copy-value.module.css";

interface CopyValueProps {
  value: string;
  /** What is copied, as a noun: "the hash of this event". */
  what: string;
  /** Shown instead of the whole value. */
  shown?: string;
  /** Let a long value take several lines instead of being cut off. */
  wraps?: boolean;
}

/** A hash or an identifier in fixed-width letters, with a button to copy it. */
export function CopyValue({ value, what, shown, wraps }: CopyValueProps) {
  return (
    <span className={styles.root} data-wraps={wraps ?? undefined}>
      <code className={styles.value} title={shown ? value : undefined}>
        {shown ?? value}
      </code>
      <CopyIcon value={value} what={what} />
    </span>
  );
}

export function CopyIcon({
  value,
  what,
  disabled,
}: Pick<CopyValueProps, "value" | "what"> & { disabled?: boolean }) {
  const t = useTranslations("common");
  return (
    <CopyButton value={value}>
      {({ copied, copy }) => (
        <Tooltip label={copied ? t("copied") : t("copy", { what })}>
          <ActionIcon
            size="sm"
            onClick={copy}
            disabled={disabled ?? false}
            aria-label={copied ? t("copied") : t("copy", { what })}
          >
            {copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
          </ActionIcon>
        </Tooltip>
      )}
    </CopyButton>
  );
}

/** "4f9a1c02…8be7": enough of a hash to tell it from another at a glance. */
export function shortHash(hash: string): string {
  return hash.length > 16 ? `${hash.slice(0, 8)}…${hash.slice(-4)}` : hash;
}
