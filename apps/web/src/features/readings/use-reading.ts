"use client";

import { useMutation } from "@apollo/client/react";
import { useState } from "react";
import type { Decision, Label } from "../../gql/graphql.ts";
import { useIsOnline } from "../../components/shell/graphql-provider.tsx";
import { errorCode, standingError } from "../../lib/error-text.ts";
import { wantsProof } from "../auth/components/signature-proof.tsx";
import type { Claim } from "../claims/use-claim.ts";
import {
  type FilmPrediction,
  type OpenCase,
  usePredictions,
} from "../cases/use-case.ts";
import { isSettled } from "../cases/further-reading.ts";
import { type Reassess, useReassess } from "../cases/use-reassess.ts";
import type { SeenVersion } from "../cases/use-seen-version.ts";
import {
  contradicts,
  type DraftFinding,
  findingsUnder,
  labelUnder,
  toFindingInput,
} from "../findings/draft-findings.ts";
import { decisionAfter, decisionWithout } from "./draft-decision.ts";
import {
  confirmedLabel,
  decisionFor,
  missingParts,
  type MissingPart,
  opinionsDiffer,
  overrideReasonsFor,
  type Suggestion,
  suggestionOf,
} from "../decisions/decision-rules.ts";
import {
  notDiagnosticInput,
  type ReadingDraft,
  toMarkInput,
} from "./reading-draft.ts";
import { REVEAL_PREDICTION, SIGN_READING } from "./reading-mutations.ts";
import type { ReportState } from "../reports/use-report.ts";
import {
  type CriticalMark,
  markInput,
} from "../critical-marks/critical-mark.ts";
import { useOpinion } from "./use-opinion.ts";
import type { DraftState } from "./use-reading-draft.ts";

export interface ImagePrediction {
  imageId: string;
  prediction: FilmPrediction | null;
}

/** Codes that mean: look again, something is no longer as it was. */
const STALE_CODES = ["CASE_CHANGED", "PREDICTION_CHANGED"];

export interface Reading {
  /** What may be seen of the AI; empty while it is hidden. */
  predictions: readonly ImagePrediction[];
  /** The one that the case shows and a signature answers. */
  shown: FilmPrediction | null;
  isAiVisible: boolean;
  isAiLoading: boolean;
  aiError: unknown;
  retryAi: () => void;
  reassess: Reassess;
  suggestion: Suggestion | null;
  draft: ReadingDraft;
  update: DraftState["update"];
  /** The decision as it would be signed now. */
  decision: Decision | null;
  /** What the reader said before anything of the AI was shown, on record. */
  blindOpinion: Label | null;
  /** The AI is about to be followed against the reader's own opinion. */
  isChange: boolean;
  missing: readonly MissingPart[];
  isRevealing: boolean;
  isSigning: boolean;
  /** Why revealing or signing did not work. */
  error: unknown;
  /** Something of it has not reached the server, which was away. */
  isUnsent: boolean;
  giveOpinion: (label: Label) => Promise<void>;
  /** What the film shows, one by one; the label follows where it must. */
  setFindings: (findings: readonly DraftFinding[]) => void;
  reveal: () => Promise<void>;
  confirm: () => void;
  /** The AI's answer holds in part; its reason says what does not. */
  partly: () => void;
  /** Opens the override, or changes its label. */
  override: (label: Label) => void;
  /** After the reveal: the film answers nothing, whatever the AI says. */
  answerNothing: () => void;
  /** Signs; says whether the password has to be given first. */
  sign: (
    confirmsChestFilm: boolean,
    critical: CriticalMark | null,
  ) => Promise<"signed" | "proof-wanted" | "refused">;
}

interface ReadingInput {
  open: OpenCase;
  claim: Claim;
  seen: SeenVersion;
  drafts: DraftState;
  report: ReportState;
  /** Somebody who reads answers the AI only once it was revealed to him. */
  isReader: boolean;
  refetch: () => Promise<unknown>;
}

/** The four steps of a read: opinion, reveal, decision, signature. */
export function useReading(input: ReadingInput): Reading {
  const { open, claim, seen, drafts, isReader, refetch } = input;
  const { draft, update } = drafts;
  const [error, setError] = useState<unknown>(null);
  const [revealPrediction, revealing] = useMutation(REVEAL_PREDICTION);
  const [signReading, signing] = useMutation(SIGN_READING);
  const [isSettling, setSettling] = useState(false);
  const isOnline = useIsOnline();

  // A control case is read as if there were no AI.
  const isAssessed = open.assessment === "ASSESSED" && !isClosed(open);
  const isRevealed = wasRevealed(open);
  const mustReveal = isReader && !isSettled(open) && open.site.viewerReadsBlind;
  const isAiVisible =
    open.assessment === "NOT_ASSESSED" ||
    (open.viewerSeesAi && (isRevealed || !mustReveal));
  const ai = usePredictions(open.id, isAiVisible);
  const reassess = useReassess(open, seen.noteOwn);
  const suggestion = isAssessed ? suggestionOf(ai.shown) : null;
  const decision = isAssessed
    ? decisionAfter(draft, isRevealed, suggestion)
    : decisionWithout(draft);
  const blindOpinion = blindOpinionOf(open);
  const isChange =
    (decision === "CONFIRM" || decision === "PARTLY") &&
    opinionsDiffer(blindOpinion, suggestion);

  const attempt = async (
    work: () => Promise<unknown>,
    onProofWanted?: () => void,
  ): Promise<void> => {
    setError(null);
    try {
      await work();
    } catch (thrown) {
      setError(thrown);
      if (wantsProof(thrown)) onProofWanted?.();
      if (STALE_CODES.includes(errorCode(thrown))) {
        await Promise.all([refetch(), ai.refetch()]).catch(() => undefined);
      }
    }
  };

  const opinion = useOpinion({ caseId: open.id, claim, attempt });
  const giveOpinion = async (
    label: Label,
    findings = findingsUnder(label, draft.findings),
  ): Promise<void> => {
    // Behind a colleague's draft the opinion stands as behind the AI's answer.
    if ((isAssessed && isRevealed) || open.viewerReading?.opinionStands) {
      update({ label, findings });
      return;
    }
    // Refused when somebody was faster; the opinion is kept all the same.
    update({ label, blindLabel: label, findings });
    await opinion.send(label);
  };

  return {
    predictions: ai.predictions,
    shown: ai.shown,
    isAiVisible,
    isAiLoading: ai.isLoading,
    aiError: ai.error,
    retryAi: () => void ai.refetch().catch(() => undefined),
    reassess,
    suggestion,
    draft,
    update,
    decision,
    blindOpinion,
    isChange,
    missing: missingParts({
      ...draft,
      decision,
      isChange,
      hasContradiction: contradicts(draft.findings, draft.label),
    }),
    isRevealing: revealing.loading,
    isSigning: signing.loading || isSettling,
    error: standingError(error, isOnline),
    isUnsent: opinion.isUnsent || drafts.isUnkept,
    giveOpinion: (label) => giveOpinion(label),
    setFindings: (findings) => {
      const label = labelUnder(findings, draft.label);
      if (label === draft.label || label === null) update({ findings });
      else if (suggestion !== null && isRevealed) {
        update({
          label,
          findings,
          ...(draft.decision === null
            ? {}
            : answerWith(label, suggestion, draft.decision)),
        });
      } else void giveOpinion(label, [...findings]);
    },
    reveal: async () => {
      const given = draft.blindLabel;
      const isSigned = isSettled(open);
      if (given === null && !isSigned) return;
      // the claim that came with the opinion may still be on its way
      if (!isSigned && !claim.isMine && (await claim.claim()) === null) return;
      await attempt(() =>
        revealPrediction({
          variables: { caseId: open.id, opinion: isSigned ? null : given },
        }),
      );
    },
    confirm: () => {
      if (!suggestion) return;
      const own = confirmedLabel(blindOpinion ?? draft.label, suggestion);
      const findings = findingsUnder(own, draft.findings);
      // What was named since goes with it: normal, and an effusion.
      const label = labelUnder(findings, own) ?? own;
      update({ label, findings, decision: "CONFIRM", overrideReason: null });
    },
    partly: () => {
      if (!suggestion) return;
      const own = confirmedLabel(blindOpinion ?? draft.label, suggestion);
      const findings = findingsUnder(own, draft.findings);
      const label = labelUnder(findings, own) ?? own;
      update({ label, findings, decision: "PARTLY", overrideReason: null });
    },
    override: (label) => {
      if (!suggestion) return;
      update({
        label,
        findings: findingsUnder(label, draft.findings),
        decision: "OVERRIDE",
        overrideReason: onlyReasonFor(label, suggestion),
        changeReason: null,
      });
    },
    answerNothing: () =>
      update({
        label: "NOT_DIAGNOSTIC",
        findings: findingsUnder("NOT_DIAGNOSTIC", draft.findings),
        decision: "INDEPENDENT",
        overrideReason: null,
        changeReason: null,
      }),
    sign: async (confirmsChestFilm, critical) => {
      let outcome: "signed" | "proof-wanted" | "refused" = "refused";
      await attempt(
        async () => {
          const { label, comment } = draft;
          if (label === null || decision === null) return;
          // A film may have left the case since it was marked.
          const films = new Set(open.study.images.map(({ id }) => id));
          const marks = draft.marks.filter(({ imageId }) => films.has(imageId));
          // What is signed says what is chosen now, however fast it was typed.
          setSettling(true);
          const report = await input.report
            .settled()
            .finally(() => setSettling(false));
          const { data } = await signReading({
            variables: {
              input: {
                caseId: open.id,
                caseVersion: seen.version,
                label,
                decision,
                overrideReason: draft.overrideReason,
                changeReason: isChange ? draft.changeReason : null,
                ...notDiagnosticInput(draft),
                confirmsChestFilm,
                confidence: draft.confidence,
                comment: comment.trim() || null,
                report,
                findings: toFindingInput(draft.findings, marks),
                marks: marks.map(toMarkInput),
                predictionId: ai.shown?.id ?? null,
                critical: critical && markInput(critical),
              },
            },
          });
          if (data) outcome = "signed";
        },
        () => (outcome = "proof-wanted"),
      );
      return outcome;
    },
  };
}

/** The answer to the AI that a label comes to, once one was given. */
function answerWith(
  label: Label,
  suggestion: Suggestion,
  before: Decision | null,
): Partial<Pick<ReadingDraft, "decision" | "overrideReason">> {
  const decision = decisionFor(label, suggestion);
  // Agreed with in part, it still is.
  if (before === "PARTLY" && decision === "CONFIRM") return {};
  return {
    decision,
    overrideReason:
      decision === "OVERRIDE" ? onlyReasonFor(label, suggestion) : null,
  };
}

/** The reason for an override where there is but one. */
function onlyReasonFor(label: Label, suggestion: Suggestion) {
  const [reason, ...others] = overrideReasonsFor(label, suggestion);
  return others.length === 0 ? (reason ?? null) : null;
}

function blindOpinionOf({ viewerReading }: OpenCase): Label | null {
  return viewerReading?.opinionIsBlind ? (viewerReading.opinion ?? null) : null;
}

/** Read without the AI, which opens with the signature. */
export function isClosed(open: Pick<OpenCase, "aiIsClosed">): boolean {
  return open.aiIsClosed;
}

/**
 * The AI's answer was shown in the reading that runs: on record, or because
 * the site reads openly.
 */
export function wasRevealed(open: OpenCase): boolean {
  const reading = open.viewerReading;
  if (!open.viewerSeesAi || !reading || reading.state === "SIGNED")
    return false;
  return Boolean(reading.revealedAt) || !open.site.viewerReadsBlind;
}
