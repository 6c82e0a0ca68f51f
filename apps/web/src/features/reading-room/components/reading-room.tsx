"use client";

import { IconPhotoOff } from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { PageState } from "../../../components/layout/page-state.tsx";
import { useLeaveQuestion } from "../../../components/shell/use-leave-question.tsx";
import { useUnsaved } from "../../../components/shell/unsaved-context.tsx";
import { useViewer } from "../../../components/shell/viewer-context.tsx";
import type { CriticalMark } from "../../critical-marks/critical-mark.ts";
import {
  LookPanel,
  ReadPanel,
} from "../../reading-steps/components/read-panel.tsx";
import { isDoubted } from "../../decisions/components/chest-film-check.tsx";
import { RetakeNotice } from "../../case-notices/components/retake-notice.tsx";
import { FurtherReading } from "../../second-reads/components/further-reading.tsx";
import { SecondReadDialogs } from "../../second-reads/components/second-read-dialogs.tsx";
import { SecondReadNotice } from "../../second-reads/components/second-read-notice.tsx";
import { useSecondReading } from "../../second-reads/use-second-reading.ts";
import { SignDialog } from "../../signatures/components/sign-dialog.tsx";
import { CaseProcedures } from "../../procedure-steps/components/case-procedures.tsx";
import { RestoreSignature } from "../../signatures/components/restore-signature.tsx";
import { SignerNotice } from "../../case-notices/components/signer-notice.tsx";
import { SignedPanel } from "../../signatures/components/signed-panel.tsx";
import { marksOf } from "../../amendments/amendment-draft.ts";
import { useAmendment } from "../../amendments/use-amendment.ts";
import { useReading } from "../../readings/use-reading.ts";
import { useReadingDraft } from "../../readings/use-reading-draft.ts";
import { useReport } from "../../reports/use-report.ts";
import { canUse } from "../../film-tools/film-tool.ts";
import { useFilmShortcuts } from "../../film-tools/use-film-shortcuts.ts";
import { useFilmTools } from "../../film-tools/use-film-tools.ts";
import { useCaseFilms } from "../../case-films/use-case-films.ts";
import type { CaseList } from "../../next-cases/use-case-list.ts";
import { useCaseMarks } from "../../case-films/use-case-marks.ts";
import { useCaseOverlay } from "../../case-films/use-case-overlay.ts";
import { useCaseShortcuts } from "../use-case-shortcuts.ts";
import { isSettled } from "../../cases/further-reading.ts";
import type { OpenCase } from "../../cases/use-case.ts";
import { useClaim } from "../../claims/use-claim.ts";
import { useHeldCase } from "../../claims/use-held-case.ts";
import { useFullScreen } from "../use-full-screen.ts";
import { useNextCase } from "../../next-cases/use-next-case.ts";
import { usePatientName } from "../../patients/use-patient-name.ts";
import { useSeenVersion } from "../../cases/use-seen-version.ts";
import { ClinicalLine } from "../../case-details/components/case-details.tsx";
import { CaseHeader } from "./case-header.tsx";
import { CasePanel, type CaseTab } from "./case-panel.tsx";
import { DecisionBar } from "./decision-bar.tsx";
import {
  drawingsOf,
  FilmArea,
} from "../../case-films/components/film-area.tsx";
import { NextOffer } from "../../next-cases/components/next-offer.tsx";
import { OtherClaims } from "../../case-notices/components/other-claims.tsx";
import styles from "../../../components/layout/reading-room.module.css";

interface ReadingRoomProps {
  open: OpenCase;
  refetch: () => Promise<unknown>;
  list: CaseList;
}

/** A case with its film: everything a read needs, by mouse and by keyboard. */
export function ReadingRoom({ open: read, refetch, list }: ReadingRoomProps) {
  const open = useHeldCase(read);
  const t = useTranslations("cases");
  const router = useRouter();
  const patientName = usePatientName()(open.patient);
  const { can } = useViewer();
  const isReader = can("reading:sign");
  const seen = useSeenVersion(open.version);
  const claim = useClaim(open, seen.noteOwn);
  const drafts = useReadingDraft(open, claim.isMine);
  const report = useReport({
    caseId: open.id,
    label: drafts.draft.label,
    findings: drafts.draft.findings,
    draft: drafts.draft.report,
    onChange: (changed) => drafts.update({ report: changed }),
    isActive: claim.isMine && isReader,
  });
  const reading = useReading({
    open,
    claim,
    seen,
    drafts,
    report,
    isReader,
    refetch,
  });
  const current =
    open.signedVersions.find(({ isCurrent }) => isCurrent) ?? null;
  const amendment = useAmendment({
    caseId: open.id,
    review: current,
    shown: reading.suggestion,
    label: t("amendmentOf", { name: patientName }),
    refetch,
  });
  const films = useCaseFilms(open);
  const overlay = useCaseOverlay(reading.predictions, films.shown?.id);
  const tools = useFilmTools();
  const screen = useFullScreen();
  const [isSigning, setSigning] = useState(false);
  const [tab, setTab] = useState<CaseTab>("read");
  const following = useNextCase(
    {
      id: open.id,
      isMine: claim.isMine,
      isSigned: isSettled(open),
    },
    list,
  );
  useUnsaved(t("readingOf", { name: patientName }), reading.isUnsent);
  const startSigning = () => {
    setSigning(true);
    void following.prepare();
  };
  const askToLeave = useLeaveQuestion({
    isUnsaved: amendment.kept.isUnkept,
    title: t("amendmentUnsigned"),
  });

  const second = useSecondReading(open, refetch);
  const isSigned = isSettled(open);
  const canMark = isSigned ? amendment.draft !== null : claim.isMine;
  const marks = useCaseMarks({
    images: open.study.images,
    marks: isSigned
      ? (amendment.draft?.marks ?? (current ? marksOf(current) : []))
      : reading.draft.marks,
    isEditable: canMark,
    onChange: (changed) =>
      isSigned
        ? amendment.update({ marks: changed })
        : reading.update({ marks: changed }),
  });

  const sign = async (
    confirmsChestFilm: boolean,
    critical: CriticalMark | null,
  ): Promise<boolean> => {
    const outcome = await reading.sign(confirmsChestFilm, critical);
    // The dialog stays for the password, which it asks for in place.
    if (outcome === "proof-wanted") return false;
    setSigning(false);
    if (outcome === "refused") return false;
    screen.leave();
    drafts.discard();
    await refetch();
    await following.offer();
    return true;
  };

  useFilmShortcuts(tools, {
    hasMap: overlay.map !== null,
    hasBoxes: overlay.boxes.length > 0,
    hasDrawings: drawingsOf(films.shown, films.priors) === "shown",
    // A tool may be chosen behind the opinion that claims the case: typed at
    // speed, both come before the server's answer.
    canUse: (tool) => canUse(tool, canMark || claim.isBusy),
  });
  useCaseShortcuts({
    open,
    claim,
    reading,
    hasPriors: open.priors.length > 0,
    films,
    toggleLinked: tools.toggleLinked,
    toggleFullScreen: screen.toggle,
    leaveFullScreen: screen.leave,
    toggleHeader: () => {
      // It stands in the panel, which full screen hides.
      screen.leave();
      setTab(tab === "header" ? "read" : "header");
    },
    leave: () => {
      if (screen.isOn) screen.leave();
      else if (amendment.draft) amendment.close();
      else router.push(list.backHref);
    },
    next: () => askToLeave(() => void following.go()),
    sign: startSigning,
    askSecond: second.ask,
    showFirst: second.show,
    removeMark: marks.removeSelected,
    undoMark: marks.undo,
  });

  const markProps = {
    selectedMark: marks.selectedId,
    onSelectMark: marks.select,
    onRemoveMark: marks.remove,
  };
  return (
    <div
      className={styles.room}
      data-fills-window
      data-full-screen={screen.isOn || undefined}
    >
      <CaseHeader
        open={open}
        list={list}
        claim={claim}
        onNext={() => askToLeave(() => void following.go())}
      />
      {films.shown ? (
        <FilmArea
          open={open}
          shown={films.shown}
          priors={films.priors}
          tools={tools}
          map={overlay.map}
          aiBoxes={overlay.boxes}
          isAiVisible={reading.isAiVisible}
          isAiLoading={reading.isAiLoading}
          marks={marks}
          canMark={canMark}
          isFullScreen={screen.isOn}
          onShow={films.show}
          onCompare={films.toggle}
          onToggleCompare={films.toggleCompare}
          onToggleFullScreen={screen.toggle}
        />
      ) : (
        <PageState
          icon={<IconPhotoOff size={28} />}
          title={t(open.state === "EMPTY" ? "empty.title" : "noFilms.title")}
        >
          {t(open.state === "EMPTY" ? "empty.text" : "noFilms.text")}
        </PageState>
      )}
      <CasePanel
        open={open}
        seen={seen}
        imageId={films.shown?.id}
        tab={tab}
        onTab={setTab}
        refetch={refetch}
      >
        {isSigned && current ? (
          <SignedPanel
            open={open}
            current={current}
            reading={reading}
            amendment={amendment}
            refetch={refetch}
            {...markProps}
          >
            {following.next ? (
              <NextOffer
                next={following.next}
                list={list}
                isBusy={following.isBusy}
                onOpen={() => void following.go()}
              />
            ) : null}
            <SignerNotice open={open} />
            <SecondReadNotice open={open} second={second} />
            <RetakeNotice open={open} />
            <ClinicalLine open={open} />
            <CaseProcedures caseId={open.id} />
          </SignedPanel>
        ) : isReader ? (
          <ReadPanel
            open={open}
            claim={claim}
            seen={seen}
            reading={reading}
            report={report}
            drafts={drafts}
            onSign={startSigning}
            {...markProps}
          >
            <OtherClaims caseId={open.id} isMine={claim.isMine} />
            <SignerNotice open={open} />
            <RestoreSignature open={open} refetch={refetch} />
            <FurtherReading open={open} claim={claim} second={second} />
            <ClinicalLine open={open} />
            <CaseProcedures caseId={open.id} />
          </ReadPanel>
        ) : (
          <LookPanel open={open} reading={reading}>
            <ClinicalLine open={open} />
            <CaseProcedures caseId={open.id} />
          </LookPanel>
        )}
      </CasePanel>
      {screen.isOn ? (
        <DecisionBar
          open={open}
          reading={reading}
          claim={claim}
          onSign={startSigning}
          onLeave={screen.leave}
        />
      ) : null}
      <SecondReadDialogs open={open} second={second} />
      <SignDialog
        isOpen={isSigning}
        caseId={open.id}
        patientName={patientName}
        reading={reading}
        isDoubted={isDoubted(open, reading.draft.label)}
        report={report.report}
        onCancel={() => setSigning(false)}
        onSign={sign}
      />
    </div>
  );
}
