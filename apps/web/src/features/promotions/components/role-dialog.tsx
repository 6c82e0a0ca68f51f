"use client";

import { NumberInput } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { StepDialog } from "../../../components/ui/step-dialog.tsx";
import { WordsField } from "../../../components/ui/words-field.tsx";
import { MAX_REASON } from "../use-act.ts";

const MOST_FILMS = 100_000;
const MOST_DAYS = 90;

export interface RoleAnswers {
  reason: string;
  films: number | null;
  days: number | null;
}

interface RoleDialogProps {
  action: "judge" | "startShadow" | "endShadow";
  name: string;
  site: string;
  isBusy: boolean;
  error: unknown;
  onSubmit: (answers: RoleAnswers) => void;
  onClose: () => void;
}

/** Asks for how long a shadow runs, and why; a judgement asks for nothing. */
export function RoleDialog(props: RoleDialogProps) {
  const { action, name, site, onSubmit } = props;
  const t = useTranslations("models.roles");
  const [reason, setReason] = useState("");
  const [films, setFilms] = useState<number | null>(null);
  const [days, setDays] = useState<number | null>(null);
  const isLimited = films !== null || days !== null;
  const isReady =
    action === "judge" ||
    (reason.trim() !== "" && (action === "endShadow" || isLimited));
  return (
    <StepDialog
      title={t(`${action}.title`, { name, site })}
      action={t(`${action}.submit`)}
      isReady={isReady}
      isBusy={props.isBusy}
      error={props.error}
      errorTitle={t(`${action}.failed`, { name })}
      onClose={props.onClose}
      onSubmit={() => onSubmit({ reason: reason.trim(), films, days })}
    >
      <div>{t(`${action}.text`, { site })}</div>
      {action === "startShadow" ? (
        <>
          <Limit kind="films" most={MOST_FILMS} onChange={setFilms} />
          <Limit kind="days" most={MOST_DAYS} onChange={setDays} />
        </>
      ) : null}
      {action === "judge" ? null : (
        <WordsField
          isRequired
          isFirst={action === "endShadow"}
          label={t("reason")}
          description={t("reasonHint")}
          maxLength={MAX_REASON}
          value={reason}
          onChange={setReason}
        />
      )}
    </StepDialog>
  );
}

function Limit(props: {
  kind: "films" | "days";
  most: number;
  onChange: (value: number | null) => void;
}) {
  const { kind, most, onChange } = props;
  const t = useTranslations("models.roles");
  return (
    <NumberInput
      label={t(kind)}
      description={t(`${kind}Hint`)}
      min={1}
      max={most}
      allowDecimal={false}
      data-autofocus={kind === "films" || undefined}
      onChange={(value) => onChange(typeof value === "number" ? value : null)}
    />
  );
}
