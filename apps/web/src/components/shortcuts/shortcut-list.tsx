"use client";

import { Modal, Stack, Text, Title } from "@mantine/core";
import { useTranslations } from "next-intl";
import { Keys } from "./keys.tsx";
import { inTwoColumns } from "./two-columns.ts";
import { SHORTCUT_GROUPS, type Shortcut, keysOf } from "./shortcut-registry.ts";
import styles from "./shortcut-list.module.css";
import { useShortcutList } from "./use-shortcuts.ts";

/** A heading and the space below its group, in rows. */
const HEADING_ROWS = 2;

interface ShortcutListProps {
  opened: boolean;
  onClose: () => void;
}

/** The `?` dialog: every key of the page, by what it is for. */
export function ShortcutList({ opened, onClose }: ShortcutListProps) {
  const t = useTranslations("shell");
  const shortcuts = useShortcutList();
  const groups = SHORTCUT_GROUPS.map((group) => ({
    group,
    own: lastOfEach(shortcuts.filter((s) => s.group === group)),
  })).filter(({ own }) => own.length > 0);
  const columns = inTwoColumns(groups, ({ own }) => own.length + HEADING_ROWS);
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      size="xl"
      title={t("shortcuts.title")}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      <div className={styles.columns}>
        {columns.map((groups) => (
          <div key={groups[0]?.group} className={styles.column}>
            {groups.map(({ group, own }) => (
              <section key={group}>
                <Title order={3} mb="sm">
                  {t(`shortcuts.groups.${group}`)}
                </Title>
                <Stack gap={6}>
                  {own.map((shortcut) => (
                    <ShortcutRow key={shortcut.id} shortcut={shortcut} />
                  ))}
                </Stack>
              </section>
            ))}
          </div>
        ))}
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
