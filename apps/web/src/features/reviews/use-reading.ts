"use client";

import { useMutation } from "@apollo/client/react";
import { useState } from "react";
import type {
  Decision,
  Label,
  ReviewFieldsFragment,
} from "../../gql/graphql.ts";
import { errorCode } from "../../lib/error-text.ts";
import type { Claim } from "../cases/use-claim.ts";
import {
  type FilmPrediction,
  type OpenCase,
  usePredictions,
} from "../cases/use-case.ts";
import { type Reassess, useReassess } from "../cases/use-reassess.ts";
import type { SeenVersion } from "../cases/use-seen-version.ts";
import {
  confirmedLabel,
  decisionFor,
  missingParts,
  type MissingPart,
  overrideReasonsFor,
  type Suggestion,
  suggestionOf,
} from "./decision-rules.ts";
import { type ReviewDraft, toMarkInput } from "./review-draft.ts";
import { REVEAL_PREDICTION, SIGN_REVIEW } from "./review-mutations.ts";
import { shownPrediction } from "./shown-prediction.ts";
import type { DraftState } from "./use-review-draft.ts";

export interface ImagePrediction {
  imageId: string;
  prediction: FilmPrediction | null;
}

/** Codes that mean: look again, something is no longer as it was. */
const STALE_CODES = ["CASE_CHANGED", "PREDICTION_CHANGED"];

export interface Reading {
  /** What may be seen of the AI; empty while it is hidden. */
  predictions: readonly ImagePrediction[];
  isAiVisible: boolean;
  isAiLoading: boolean;
  aiError: unknown;
  retryAi: () => void;
  reassess: Reassess;
  suggestion: Suggestion | null;
  draft: ReviewDraft;
  update: DraftState["update"];
  /** The decision as it would be signed now. */
  decision: Decision | null;
  missing: readonly MissingPart[];
  isRevealing: boolean;
  isSigning: boolean;
  /** Why revealing or signing did not work. */
  error: unknown;
  giveOpinion: (label: Label) => Promise<void>;
  reveal: () => Promise<void>;
  confirm: () => void;
  /** Opens the override, or changes its label. */
  override: (label: Label) => void;
  /** @returns the signed review, null when it was refused */
  sign: () => Promise<ReviewFieldsFragment | null>;
}

interface ReadingInput {
  open: OpenCase;
  claim: Claim;
  seen: SeenVersion;
  drafts: DraftState;
  /** A reader is blind until the reveal; others look at once. */
  isReader: boolean;
  refetch: () => Promise<unknown>;
}

/** The four steps of a read: opinion, reveal, decision, signature. */
export function useReading(input: ReadingInput): Reading {
  const { open, claim, seen, drafts, isReader, refetch } = input;
  const { draft, update } = drafts;
  const [error, setError] = useState<unknown>(null);
  const [revealPrediction, revealing] = useMutation(REVEAL_PREDICTION);
  const [signReview, signing] = useMutation(SIGN_REVIEW);

  const isAssessed = open.assessment === "ASSESSED";
  const isAiVisible =
    !isReader ||
    open.state === "SIGNED" ||
    open.assessment === "NOT_ASSESSED" ||
    (draft.isRevealed && isAssessed);
  const ai = usePredictions(open.id, isAiVisible);
  const reassess = useReassess(open, seen.noteOwn);
  const suggestion = isAssessed
    ? suggestionOf(ai.predictions.map(({ prediction }) => prediction))
    : null;
  const decision = decisionNow(draft, isAssessed);

  const attempt = async <T>(work: () => Promise<T>): Promise<T | null> => {
    setError(null);
    try {
      return await work();
    } catch (thrown) {
      setError(thrown);
      if (STALE_CODES.includes(errorCode(thrown))) {
        await Promise.all([refetch(), ai.refetch()]).catch(() => undefined);
      }
      return null;
    }
  };

  return {
    predictions: ai.predictions,
    isAiVisible,
    isAiLoading: ai.isLoading,
    aiError: ai.error,
    retryAi: () => void ai.refetch().catch(() => undefined),
    reassess,
    suggestion,
    draft,
    update,
    decision,
    missing: missingParts({ ...draft, decision }),
    isRevealing: revealing.loading,
    isSigning: signing.loading,
    error,
    giveOpinion: async (label) => {
      update({
        label,
        ...(isAssessed && draft.isRevealed ? {} : { blindLabel: label }),
      });
      // Refused when somebody was faster; the opinion is kept all the same.
      if (!claim.isMine) await claim.claim();
    },
    reveal: async () => {
      const { blindLabel } = draft;
      if (blindLabel === null) return;
      // the claim that came with the opinion may still be on its way
      if (!claim.isMine && (await claim.claim()) === null) return;
      await attempt(async () => {
        await revealPrediction({ variables: { caseId: open.id, blindLabel } });
        update({ isRevealed: true });
      });
    },
    confirm: () => {
      if (!suggestion) return;
      update({
        label: confirmedLabel(draft.label, suggestion),
        decision: "CONFIRM",
        overrideReason: null,
      });
    },
    override: (label) => {
      if (!suggestion) return;
      const [reason] = overrideReasonsFor(label, suggestion);
      const isOnlyReason = overrideReasonsFor(label, suggestion).length === 1;
      update({
        label,
        decision: "OVERRIDE",
        overrideReason: isOnlyReason ? (reason ?? null) : null,
      });
    },
    sign: () =>
      attempt(async () => {
        const { label, comment, marks } = draft;
        if (label === null || decision === null) return null;
        const { data } = await signReview({
          variables: {
            input: {
              caseId: open.id,
              caseVersion: seen.version,
              label,
              decision,
              // What was said at the reveal stands; only without one is the
              // first opinion still to be told.
              blindLabel: draft.isRevealed ? null : draft.blindLabel,
              overrideReason: draft.overrideReason,
              comment: comment.trim() || null,
              marks: marks.map(toMarkInput),
              predictionId: shownPrediction(ai.predictions)?.id ?? null,
            },
          },
        });
        return data?.signReview ?? null;
      }),
  };
}

/** What a draft decides, now that the AI says something, or nothing. */
function decisionNow(draft: ReviewDraft, isAssessed: boolean): Decision | null {
  if (!isAssessed) {
    return draft.label === null ? null : decisionFor(draft.label, null);
  }
  return draft.isRevealed && draft.decision !== "INDEPENDENT"
    ? draft.decision
    : null;
}
