"use client";

import { Modal, Stack, Text, Title } from "@mantine/core";
import { useTranslations } from "next-intl";
import { Keys } from "./keys.tsx";
import { SHORTCUT_GROUPS, type Shortcut, keysOf } from "./shortcut-registry.ts";
import styles from "./shortcut-list.module.css";
import { useShortcutList } from "./use-shortcuts.ts";

interface ShortcutListProps {
  opened: boolean;
  onClose: () => void;
}

/** The `?` dialog: every key of the page, by what it is for. */
export function ShortcutList({ opened, onClose }: ShortcutListProps) {
  const t = useTranslations("shell");
  const shortcuts = useShortcutList();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      size="lg"
      title={t("shortcuts.title")}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      <div className={styles.columns}>
        {SHORTCUT_GROUPS.map((group) => {
          const own = lastOfEach(shortcuts.filter((s) => s.group === group));
          return own.length > 0 ? (
            <section key={group} className={styles.group}>
              <Title order={3} mb="sm">
                {t(`shortcuts.groups.${group}`)}
              </Title>
              <Stack gap={6}>
                {own.map((shortcut) => (
                  <ShortcutRow key={shortcut.id} shortcut={shortcut} />
                ))}
              </Stack>
            </section>
          ) : null;
        })}
      </div>
    </Modal>
  );
}

function ShortcutRow({ shortcut }: { shortcut: Shortcut }) {
  return (
    <div className={styles.row}>
      <Text size="sm" {...(shortcut.enabled === false ? { c: "dimmed" } : {})}>
        {shortcut.label}
      </Text>
      <span className={styles.keys}>
        {keysOf(shortcut).map((keys) => (
          <Keys key={keys} keys={keys} />
        ))}
      </span>
    </div>
  );
}

/** A name registered twice (page over shell) is listed once. */
function lastOfEach(shortcuts: readonly Shortcut[]): Shortcut[] {
  return [...new Map(shortcuts.map((item) => [item.id, item])).values()];
}
