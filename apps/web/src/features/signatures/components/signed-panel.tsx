"use client";

import { Button } from "@mantine/core";
import { IconEyeOff } from "@tabler/icons-react";
import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { SignedVersionFragment } from "../../../gql/graphql.ts";
import { Keys } from "../../../components/shortcuts/keys.tsx";
import { formatDateTime } from "../../../lib/dates.ts";
import type { OpenCase } from "../../cases/use-case.ts";
import type { Amendment } from "../../amendments/use-amendment.ts";
import type { Reading } from "../../readings/use-reading.ts";
import { AiResult } from "../../reading-steps/components/ai-result.tsx";
import { AmendForm } from "../../amendments/components/amend-form.tsx";
import { Notice } from "../../../components/ui/notice.tsx";
import { CaseCritical } from "../../critical/components/case-critical.tsx";
import { PreliminaryReports } from "../../preliminary/components/preliminary-reports.tsx";
import { SignedReportSection as ReportSection } from "../../reports/components/signed-report-section.tsx";
import { EarlierVersions, VersionFacts } from "./signed-versions.tsx";
import styles from "../../../components/layout/reading.module.css";

interface SignedPanelProps {
  open: OpenCase;
  current: SignedVersionFragment;
  reading: Reading;
  amendment: Amendment;
  refetch: () => Promise<unknown>;
  selectedMark: string | null;
  onSelectMark: (id: string | null) => void;
  onRemoveMark: (id: string) => void;
  children: ReactNode;
}

/** A case that is decided: the review that counts, the AI, the versions. */
export function SignedPanel(props: SignedPanelProps) {
  const { open, current, reading, amendment } = props;
  const t = useTranslations("readings");
  return (
    <div className={styles.scroll}>
      {props.children}
      <section className={styles.step} aria-labelledby="signed-review">
        <h2 className={styles.heading} id="signed-review">
          <span>
            {amendment.draft
              ? t("amend.heading", { number: current.version + 1 })
              : t("signedHeading", { number: current.version })}
          </span>
          {open.viewerCanAmend && !amendment.draft && !amendment.isWaiting ? (
            <Button
              size="compact-sm"
              variant="default"
              onClick={amendment.start}
            >
              {t("amend.start")}
            </Button>
          ) : null}
        </h2>
        {amendment.draft ? (
          <AmendForm
            open={open}
            amendment={amendment}
            draft={amendment.draft}
            suggestion={reading.suggestion}
            selectedMark={props.selectedMark}
            onSelectMark={props.onSelectMark}
            onRemoveMark={props.onRemoveMark}
          />
        ) : (
          <>
            {open.viewerCanAmend && amendment.isWaiting ? (
              <WaitingAmendment amendment={amendment} />
            ) : null}
            <VersionFacts review={current} />
          </>
        )}
      </section>
      {amendment.draft ? null : (
        <ReportSection open={open} current={current} refetch={props.refetch} />
      )}
      <CaseCritical open={open} current={current} />
      <section className={styles.step} aria-labelledby="signed-ai">
        <h2 className={styles.heading} id="signed-ai">
          {t("step.ai")}
        </h2>
        {reading.isAiVisible ? (
          <AiResult open={open} reading={reading} />
        ) : (
          <div className={styles.stack}>
            <div className={styles.text}>{t("ai.hiddenOfSigned")}</div>
            <Button
              variant="default"
              leftSection={<IconEyeOff size={16} aria-hidden />}
              rightSection={<Keys keys="r" />}
              loading={reading.isRevealing}
              aria-keyshortcuts="r"
              onClick={() => void reading.reveal()}
            >
              {t("ai.reveal")}
            </Button>
          </div>
        )}
      </section>
      <PreliminaryReports open={open} />
      <EarlierVersions
        reviews={open.signedVersions.filter(({ id }) => id !== current.id)}
      />
    </div>
  );
}

/** One that was begun, here or at another desk, and is not signed. */
function WaitingAmendment({ amendment }: { amendment: Amendment }) {
  const t = useTranslations("readings.amend");
  const locale = useLocale();
  const { keptAt } = amendment.kept;
  return (
    <Notice title={t("waiting")} role="status">
      {keptAt === null
        ? t("waitingText")
        : t("waitingSince", { time: formatDateTime(keptAt, locale) })}
      <div className={styles.row}>
        <Button size="compact-sm" variant="default" onClick={amendment.start}>
          {t("goOn")}
        </Button>
        <Button
          size="compact-sm"
          variant="subtle"
          color="gray"
          onClick={amendment.discard}
        >
          {t("discard")}
        </Button>
      </div>
    </Notice>
  );
}
