"use client";

import { Button } from "@mantine/core";
import { useLocale, useTranslations } from "next-intl";
import { Keys } from "../../../components/shortcuts/keys.tsx";
import { formatExactTime } from "../../../lib/dates.ts";
import type { OpenCase } from "../../cases/use-case.ts";
import styles from "../../../components/layout/reading.module.css";
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
      <AuthorisationLine authorisation={open.authorisation ?? null} />
    </div>
  );
}

/** Whether what a junior signed is final; nothing where no senior has to sign. */
function AuthorisationLine({
  authorisation,
}: {
  authorisation: NonNullable<OpenCase["authorisation"]> | null;
}) {
  const t = useTranslations("readings.second.authorisation");
  const locale = useLocale();
  if (authorisation === null) return null;
  const { at, by } = authorisation;
  if (!at) return <div>{t("awaited")}</div>;
  const when = formatExactTime(at, locale);
  return <div>{t("given", { name: by?.name ?? "", when })}</div>;
}
