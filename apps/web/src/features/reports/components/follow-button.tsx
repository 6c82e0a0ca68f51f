"use client";

import { Button, Group, Popover } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useTranslations } from "next-intl";
import type { ReportSection } from "../../../gql/graphql.ts";
import styles from "../../report-text/components/report.module.css";

interface FollowButtonProps {
  section: ReportSection;
  suggested: string;
  /** There is nothing that would be lost. */
  isEmpty: boolean;
  onFollow: () => void;
}

/** Offers the suggestion; asks before it takes the place of what was typed. */
export function FollowButton(props: FollowButtonProps) {
  const { suggested, isEmpty, onFollow } = props;
  const t = useTranslations("reports");
  const common = useTranslations("common");
  const [isOpen, popover] = useDisclosure(false);
  const follow = () => {
    popover.close();
    onFollow();
  };
  return (
    <Popover
      opened={isOpen}
      onDismiss={popover.close}
      position="bottom-end"
      width={300}
      trapFocus
      returnFocus
      shadow="md"
    >
      <Popover.Target>
        <Button
          size="compact-xs"
          variant="subtle"
          aria-label={t("suggestOf", {
            section: t(`sections.${props.section}`),
          })}
          onClick={isEmpty ? follow : popover.open}
        >
          {t("suggest")}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t("replace.title")}>
        <div className={styles.replace}>
          <strong>{t("replace.title")}</strong>
          <div className={styles.text}>{suggested}</div>
          <Group justify="flex-end" gap="xs">
            <Button size="xs" variant="default" onClick={popover.close}>
              {common("cancel")}
            </Button>
            <Button size="xs" data-autofocus onClick={follow}>
              {t("replace.do")}
            </Button>
          </Group>
        </div>
      </Popover.Dropdown>
    </Popover>
  );
}
