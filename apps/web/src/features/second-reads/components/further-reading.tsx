"use client";

import { Button } from "@mantine/core";
import { useTranslations } from "next-intl";
import { Keys } from "../../../components/shortcuts/keys.tsx";
import { isReadFurther } from "../../cases/further-reading.ts";
import type { OpenCase } from "../../cases/use-case.ts";
import type { Claim } from "../../claims/use-claim.ts";
import { Notice } from "../../../components/ui/notice.tsx";
import { TakeOver } from "../../claims/components/take-over.tsx";
import type { SecondReading } from "../use-second-reading.ts";
import { UnnamedReadings } from "./unnamed-readings.tsx";

interface FurtherReadingProps {
  open: OpenCase;
  claim: Claim;
  second: SecondReading;
}

/** What a second or third reader is told; nothing of what was signed. */
export function FurtherReading({ open, claim, second }: FurtherReadingProps) {
  const t = useTranslations("readings.second");
  const notice = useTranslations("readings.notice");
  if (!isReadFurther(open)) return null;
  const stage = open.viewerStage === "ADJUDICATION" ? "ADJUDICATION" : "SECOND";
  if (claim.isMine) {
    return (
      <>
        <Notice title={t(`mine.${stage}.title`)} tone="plain">
          {t(`mine.${stage}.text`)}
        </Notice>
        {stage === "ADJUDICATION" ? <UnnamedReadings open={open} /> : null}
      </>
    );
  }
  const show = (
    <Button
      size="compact-sm"
      variant="subtle"
      rightSection={<Keys keys="shift+S" />}
      aria-keyshortcuts="Shift+S"
      onClick={second.show}
    >
      {t("show")}
    </Button>
  );
  if (open.viewerCanClaim) {
    return (
      <Notice title={t(`kept.${stage}.title`)} tone="plain">
        {t(`kept.${stage}.text`)}
        <Button
          size="compact-sm"
          variant="default"
          loading={claim.isBusy}
          rightSection={<Keys keys="c" />}
          onClick={() => void claim.claim()}
        >
          {notice("claim")}
        </Button>
        {show}
      </Notice>
    );
  }
  const reader = open.secondReader?.name;
  return (
    <Notice
      title={reader ? t("taken", { name: reader }) : t(`kept.${stage}.title`)}
    >
      {reader ? t("takenText") : t("seenAi")}
      {open.viewerCanTakeOver ? <TakeOver open={open} claim={claim} /> : null}
      {show}
    </Notice>
  );
}
