"use client";

import { Button } from "@mantine/core";
import { IconEyeOff } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { Keys } from "../../../components/shortcuts/keys.tsx";
import { isReadFurther } from "../../cases/further-reading.ts";
import type { OpenCase } from "../../cases/use-case.ts";
import { isClosed, type Reading } from "../../readings/use-reading.ts";
import { AiResult } from "./ai-result.tsx";
import styles from "../../../components/layout/reading.module.css";
import { Step } from "./step.tsx";

interface AiStepProps {
  open: OpenCase;
  reading: Reading;
  /** has claimed the case, or may */
  mayRead: boolean;
}

/** Hidden until the reader has said what the film shows. */
export function AiStep({ open, reading, mayRead }: AiStepProps) {
  const t = useTranslations("readings");
  const hasOpinion = reading.draft.blindLabel !== null;
  const isHidden = open.assessment === "ASSESSED" && !reading.isAiVisible;
  if (isClosed(open)) {
    return (
      <Step number={2} title={t("step.ai")} isCurrent={false} isDone={false}>
        <div className={styles.text}>
          {t(isReadFurther(open) ? "second.closedAi" : "ai.control")}
        </div>
      </Step>
    );
  }
  return (
    <Step
      number={2}
      title={t("step.ai")}
      isCurrent={isHidden && hasOpinion}
      isDone={!isHidden}
    >
      {isHidden ? (
        <div className={styles.stack}>
          <Button
            variant={hasOpinion ? "filled" : "default"}
            leftSection={<IconEyeOff size={16} aria-hidden />}
            rightSection={<Keys keys="r" />}
            disabled={!hasOpinion || !mayRead}
            loading={reading.isRevealing}
            aria-keyshortcuts="r"
            onClick={() => void reading.reveal()}
          >
            {t("ai.reveal")}
          </Button>
          <div className={styles.text}>
            {hasOpinion ? t("ai.opinionStays") : t("ai.hidden")}
          </div>
        </div>
      ) : (
        <AiResult open={open} reading={reading} />
      )}
    </Step>
  );
}
