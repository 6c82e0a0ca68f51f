"use client";

import { skipToken, useMutation, useQuery } from "@apollo/client/react";
import { Alert } from "@mantine/core";
import { useTranslations } from "next-intl";
import {
  ErrorState,
  ListSkeleton,
} from "../../../components/layout/states.tsx";
import { StepDialog } from "../../../components/ui/step-dialog.tsx";
import { useNotify } from "../../../components/ui/use-notify.tsx";
import type { ErasureObstacle, KeptReasonKind } from "../../../gql/graphql.ts";
import { useKeptReason } from "../../kept-reasons/use-kept-reason.ts";
import { KeptWordsField } from "../../kept-texts/components/kept-words-field.tsx";
import {
  APPROVE_ERASURE,
  ERASURE_PREVIEW,
  ERASURES,
  PROPOSE_ERASURE,
  REJECT_ERASURE,
} from "../erasure-queries.ts";
import { ErasureExtent } from "./erasure-extent.tsx";

/** Longest reason that the API takes, in characters. */
const MAX_REASON = 1_000;

const KINDS = {
  propose: "ERASURE",
  approve: "ERASURE_APPROVAL",
  reject: "ERASURE_REJECTION",
} as const satisfies Record<string, KeptReasonKind>;

export type ErasureStep = keyof typeof KINDS;

interface ErasureDialogProps {
  step: ErasureStep;
  /** How the patient is called; his stand-in where the viewer sees no name. */
  name: string;
  patientId: string;
  /** The proposal; null where one is made. */
  erasureId: string | null;
  onClose: () => void;
}

/** Shows what an erasure takes and asks why: to propose, approve or decline. */
export function ErasureDialog(props: ErasureDialogProps) {
  const { step, name, patientId, erasureId, onClose } = props;
  const t = useTranslations("erasures");
  const preview = useQuery(
    ERASURE_PREVIEW,
    step === "reject"
      ? skipToken
      : { variables: { patientId }, fetchPolicy: "network-only" },
  );
  const kept = useKeptReason({
    kind: KINDS[step],
    aboutId: erasureId ?? patientId,
    label: t("reason"),
  });
  const send = useErasureStep(props);
  const reason = kept.value.trim();
  const found = preview.data?.erasurePreview;
  const isClear = step === "reject" || found?.obstacles.length === 0;
  return (
    <StepDialog
      size="lg"
      title={t(`${step}.title`, { name })}
      action={t(`${step}.do`)}
      isReady={reason !== "" && isClear}
      isBusy={send.isBusy}
      error={send.error}
      errorTitle={t("notDone")}
      onClose={onClose}
      onSubmit={() => {
        kept.send(() => send.run(reason)).catch(() => undefined);
      }}
    >
      <div>{t(`${step}.text`)}</div>
      {step === "reject" ? null : found ? (
        <>
          <Obstacles obstacles={found.obstacles} />
          <ErasureExtent counts={found.counts} exports={found.exports} />
        </>
      ) : preview.error ? (
        <ErrorState
          title={t("previewFailed")}
          error={preview.error}
          onRetry={() => void preview.refetch()}
          inline
        />
      ) : (
        <ListSkeleton rows={3} height={20} />
      )}
      <KeptWordsField
        kept={kept}
        isFirst
        isRequired
        label={t("reason")}
        maxLength={MAX_REASON}
      />
    </StepDialog>
  );
}

function Obstacles({ obstacles }: { obstacles: readonly ErasureObstacle[] }) {
  const t = useTranslations("erasures");
  if (obstacles.length === 0) return null;
  return (
    <Alert color="yellow" p="sm" role="status" title={t("notNow")}>
      {obstacles.map((obstacle) => (
        <div key={obstacle}>{t(`obstacles.${obstacle}`)}</div>
      ))}
    </Alert>
  );
}

function useErasureStep({
  step,
  patientId,
  erasureId,
  onClose,
}: ErasureDialogProps) {
  const t = useTranslations("erasures");
  const notify = useNotify();
  const options = {
    refetchQueries: [ERASURES],
    awaitRefetchQueries: true,
    onCompleted: () => {
      notify.done(t(`${step}.done`));
      onClose();
    },
  };
  const [propose, proposing] = useMutation(PROPOSE_ERASURE, options);
  const [approve, approving] = useMutation(APPROVE_ERASURE, options);
  const [reject, rejecting] = useMutation(REJECT_ERASURE, options);
  const { loading, error } = {
    propose: proposing,
    approve: approving,
    reject: rejecting,
  }[step];
  return {
    isBusy: loading,
    error,
    run: async (reason: string): Promise<void> => {
      const id = erasureId ?? "";
      if (step === "propose")
        await propose({ variables: { patientId, reason } });
      else if (step === "approve") await approve({ variables: { id, reason } });
      else await reject({ variables: { id, reason } });
    },
  };
}
