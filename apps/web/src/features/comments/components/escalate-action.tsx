"use client";

import { useMutation } from "@apollo/client/react";
import { Button, NativeSelect, Text } from "@mantine/core";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { StepDialog } from "../../../components/ui/step-dialog.tsx";
import { useNotify } from "../../../components/ui/use-notify.tsx";
import type { EscalateReason } from "../../../gql/graphql.ts";
import { formatDateTime } from "../../../lib/dates.ts";
import type { OpenCase } from "../../cases/use-case.ts";
import { ESCALATE_CASE } from "../comment-queries.ts";
import styles from "./comments.module.css";

/** The API's reasons, with their codes in the messages. */
const REASONS = {
  PATIENT_WORSE: "patient-worse",
  DOCTOR_ASKS: "doctor-asks",
  PROCEDURE_WAITS: "procedure-waits",
  WAITS_TOO_LONG: "waits-too-long",
  OTHER: "other",
} as const satisfies Record<EscalateReason, string>;
const NAMES = Object.keys(REASONS) as EscalateReason[]; // a const's keys

/** Says that the case is to be read now, or since when somebody has. */
export function EscalateAction({ open }: { open: OpenCase }) {
  const t = useTranslations("comments.escalate");
  const locale = useLocale();
  const [isAsking, setAsking] = useState(false);
  if (open.escalatedAt && open.state !== "SIGNED")
    return (
      <p className={styles.dim}>
        {t("since", { time: formatDateTime(open.escalatedAt, locale) })}
      </p>
    );
  if (!open.viewerCanEscalate) return null;
  return (
    <div>
      <Button size="xs" variant="default" onClick={() => setAsking(true)}>
        {t("start")}
      </Button>
      {isAsking ? (
        <EscalateDialog caseId={open.id} onClose={() => setAsking(false)} />
      ) : null}
    </div>
  );
}

function EscalateDialog(props: { caseId: string; onClose: () => void }) {
  const t = useTranslations("comments.escalate");
  const reasons = useTranslations("findings.escalated");
  const notify = useNotify();
  const [reason, setReason] = useState<EscalateReason>("PATIENT_WORSE");
  const [escalate, { loading, error }] = useMutation(ESCALATE_CASE, {
    onCompleted: () => {
      notify.done(t("done"));
      props.onClose();
    },
  });
  return (
    <StepDialog
      title={t("title")}
      action={t("submit")}
      isReady
      isBusy={loading}
      error={error}
      onClose={props.onClose}
      onSubmit={() => {
        const variables = { caseId: props.caseId, reason };
        escalate({ variables }).catch(() => undefined);
      }}
    >
      <Text size="sm">{t("help")}</Text>
      <NativeSelect
        data-autofocus
        label={t("reason")}
        data={NAMES.map((name) => ({
          value: name,
          label: reasons(REASONS[name]),
        }))}
        value={reason}
        onChange={(event) => {
          const chosen = NAMES.find(
            (name) => name === event.currentTarget.value,
          );
          if (chosen) setReason(chosen);
        }}
      />
    </StepDialog>
  );
}
