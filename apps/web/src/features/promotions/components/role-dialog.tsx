"use client";

import { NumberInput } from "@mantine/core";
import { useTranslations } from "next-intl";
import { type ReactNode, useState } from "react";
import { StepDialog } from "../../../components/ui/step-dialog.tsx";
import { useKeptReason } from "../../kept-reasons/use-kept-reason.ts";
import { KeptWordsField } from "../../kept-texts/components/kept-words-field.tsx";
import { MAX_REASON } from "../../judgements/use-act.ts";

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
  siteId: string;
  modelVersionId: string;
  isBusy: boolean;
  error: unknown;
  /** @returns whether it was done */
  send: (answers: RoleAnswers) => Promise<boolean>;
  onClose: () => void;
}

/** Asks for how long a shadow runs, and why; a judgement asks for nothing. */
export function RoleDialog(props: RoleDialogProps) {
  return props.action === "judge" ? (
    <Asking {...props} isReady onSubmit={() => void judge(props)} />
  ) : (
    <ShadowDialog {...props} action={props.action} />
  );
}

async function judge({ send, onClose }: RoleDialogProps): Promise<void> {
  if (await send({ reason: "", films: null, days: null })) onClose();
}

function ShadowDialog(
  props: RoleDialogProps & { action: "startShadow" | "endShadow" },
) {
  const { action, siteId, modelVersionId, send, onClose } = props;
  const t = useTranslations("models.roles");
  const kept = useKeptReason({
    kind: action === "startShadow" ? "SHADOW_START" : "SHADOW_END",
    aboutId: siteId,
    part: modelVersionId,
    label: t("reason"),
  });
  const reason = kept.value.trim();
  const [films, setFilms] = useState<number | null>(null);
  const [days, setDays] = useState<number | null>(null);
  const isLimited = films !== null || days !== null;
  const submit = async () => {
    const isDone = await kept.send(
      () => send({ reason, films, days }),
      (isSent) => isSent,
    );
    if (isDone) onClose();
  };
  return (
    <Asking
      {...props}
      isReady={reason !== "" && (action === "endShadow" || isLimited)}
      onSubmit={() => void submit()}
    >
      {action === "startShadow" ? (
        <>
          <Limit kind="films" most={MOST_FILMS} onChange={setFilms} />
          <Limit kind="days" most={MOST_DAYS} onChange={setDays} />
        </>
      ) : null}
      <KeptWordsField
        kept={kept}
        isRequired
        isFirst={action === "endShadow"}
        label={t("reason")}
        description={t("reasonHint")}
        maxLength={MAX_REASON}
      />
    </Asking>
  );
}

interface AskingProps extends RoleDialogProps {
  isReady: boolean;
  onSubmit: () => void;
  children?: ReactNode;
}

/** What the step does, and what is asked before it. */
function Asking(props: AskingProps) {
  const { action, name, site } = props;
  const t = useTranslations("models.roles");
  return (
    <StepDialog
      title={t(`${action}.title`, { name, site })}
      action={t(`${action}.submit`)}
      isReady={props.isReady}
      isBusy={props.isBusy}
      error={props.error}
      errorTitle={t(`${action}.failed`, { name })}
      onClose={props.onClose}
      onSubmit={props.onSubmit}
    >
      <div>{t(`${action}.text`, { site })}</div>
      {props.children}
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
