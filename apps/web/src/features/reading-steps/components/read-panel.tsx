"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { OpenCase } from "../../cases/use-case.ts";
import type { Claim } from "../../claims/use-claim.ts";
import type { SeenVersion } from "../../cases/use-seen-version.ts";
import { GivenDrafts } from "../../given-drafts/components/given-drafts.tsx";
import { isEmptyDraft } from "../../readings/reading-draft.ts";
import type { ReportState } from "../../reports/use-report.ts";
import { IssuePreliminary } from "../../preliminary/components/issue-preliminary.tsx";
import { PreliminaryReports } from "../../preliminary/components/preliminary-reports.tsx";
import { type Reading, wasRevealed } from "../../readings/use-reading.ts";
import type { DraftState } from "../../readings/use-reading-draft.ts";
import { AiResult } from "./ai-result.tsx";
import { AiStep } from "./ai-step.tsx";
import { CaseNotices } from "../../case-notices/components/case-notices.tsx";
import { DecisionStep } from "./decision-step.tsx";
import { LabelTiles } from "../../decisions/components/label-tiles.tsx";
import { ReportStep, SignFooter } from "./report-step.tsx";
import styles from "../../../components/layout/reading.module.css";
import { Step } from "./step.tsx";

interface ReadPanelProps {
  open: OpenCase;
  claim: Claim;
  seen: SeenVersion;
  reading: Reading;
  report: ReportState;
  drafts: DraftState;
  selectedMark: string | null;
  onSelectMark: (id: string | null) => void;
  onRemoveMark: (id: string) => void;
  onSign: () => void;
  /** above the steps: what the sender said */
  children: ReactNode;
}

/** The four steps of a read, for a radiologist. */
export function ReadPanel(props: ReadPanelProps) {
  const { open, claim, seen, reading, drafts } = props;
  const t = useTranslations("readings");
  const mayRead = claim.isMine || open.viewerCanClaim;
  const isRevealed = wasRevealed(open) && open.assessment === "ASSESSED";
  const opinion = isRevealed ? reading.draft.blindLabel : reading.draft.label;
  return (
    <>
      <div className={styles.scroll}>
        {props.children}
        <CaseNotices
          open={open}
          claim={claim}
          seen={seen}
          hasDraft={!isEmptyDraft(drafts.draft)}
        />
        <Step
          number={1}
          title={t("step.opinion")}
          isCurrent={opinion === null && mayRead}
          isDone={opinion !== null}
        >
          <LabelTiles
            legend={t("step.opinion")}
            value={opinion}
            isDisabled={!mayRead || isRevealed}
            hasKeys
            onChange={(label) => void reading.giveOpinion(label)}
          />
        </Step>
        <AiStep open={open} reading={reading} mayRead={mayRead} />
        {/* It comes with the AI's answer, and above it would be out of sight. */}
        <GivenDrafts open={open} drafts={drafts} isMine={claim.isMine} />
        <DecisionStep open={open} reading={reading} isMine={claim.isMine} />
        <ReportStep
          open={open}
          report={props.report}
          reading={reading}
          isMine={claim.isMine}
          mayRead={mayRead}
          selectedMark={props.selectedMark}
          onSelectMark={props.onSelectMark}
          onRemoveMark={props.onRemoveMark}
        />
        <PreliminaryReports open={open} />
      </div>
      <SignFooter
        reading={reading}
        drafts={drafts}
        isMine={claim.isMine}
        onSign={props.onSign}
      >
        {claim.isMine ? (
          <IssuePreliminary
            open={open}
            reading={reading}
            report={props.report}
          />
        ) : null}
      </SignFooter>
    </>
  );
}

interface LookPanelProps {
  open: OpenCase;
  reading: Reading;
  children: ReactNode;
}

/** For those who may see a case and not read it. */
export function LookPanel({ open, reading, children }: LookPanelProps) {
  const t = useTranslations("readings");
  return (
    <div className={styles.scroll} tabIndex={0}>
      {children}
      <PreliminaryReports open={open} />
      <section className={styles.step} aria-labelledby="look-ai">
        <h2 className={styles.heading} id="look-ai">
          {t("step.ai")}
        </h2>
        <AiResult open={open} reading={reading} />
      </section>
      <p className={styles.text}>{t("onlyRadiologists")}</p>
    </div>
  );
}
