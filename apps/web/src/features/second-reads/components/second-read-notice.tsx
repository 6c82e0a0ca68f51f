"use client";

import { Button } from "@mantine/core";
import { useTranslations } from "next-intl";
import { Keys } from "../../../components/shortcuts/keys.tsx";
import type { OpenCase } from "../../cases/use-case.ts";
import styles from "../../readings/components/reading.module.css";
import type { SecondReading } from "../use-second-reading.ts";
import { useSecondReadReasons } from "../use-second-read-words.ts";

interface SecondReadNoticeProps {
  open: OpenCase;
  second: SecondReading;
}

/** Where the reading beside the signed one stands, for who may know both. */
export function SecondReadNotice({ open, second }: SecondReadNoticeProps) {
  const t = useTranslations("readings.second");
  const reasons = useSecondReadReasons();
  const { secondRead, secondReadReasons } = open;
  if (!secondRead) {
    if (!open.viewerCanRequestSecond) return null;
    return (
      <div className={styles.step}>
        <Button
          size="compact-sm"
          variant="default"
          rightSection={<Keys keys="shift+R" />}
          aria-keyshortcuts="Shift+R"
          onClick={second.ask}
        >
          {t("ask")}
        </Button>
      </div>
    );
  }
  const name = open.secondReader?.name ?? "";
  return (
    <div className={styles.notice} data-tone="plain" role="status">
      <div className={styles.noticeTitle}>
        {t(`states.${secondRead}`, { name })}
      </div>
      {secondReadReasons.length > 0 ? (
        <div>{t("because", { reasons: reasons(secondReadReasons) })}</div>
      ) : null}
    </div>
  );
}
