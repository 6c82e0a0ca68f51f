"use client";

import { Button } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useCallback, useState, type ReactNode } from "react";
import { StepDialog } from "../../../components/ui/step-dialog.tsx";
import { useKeptReason } from "../../kept-reasons/use-kept-reason.ts";
import { KeptWordsField } from "../../kept-texts/components/kept-words-field.tsx";
import { MAX_REASON, useAct } from "../use-act.ts";

interface ActButtonProps {
  what: "propose" | "approve" | "reject" | "rollBack";
  /** The judgement that is proposed, else the promotion. */
  aboutId: string;
  name: string;
  send: (reason: string) => Promise<unknown>;
  /** What has to be before somebody's eyes first; says when it is. */
  ground?: (onShown: () => void) => ReactNode;
}

/** What the reason of each is kept for until it is sent. */
const KINDS = {
  propose: "PROMOTION_PROPOSAL",
  approve: "PROMOTION_APPROVAL",
  reject: "PROMOTION_REJECTION",
  rollBack: "PROMOTION_ROLLBACK",
} as const satisfies Record<ActButtonProps["what"], string>;

/** One step of a promotion: a button, what it does, and why it is done. */
export function ActButton(props: ActButtonProps) {
  const { what } = props;
  const t = useTranslations("models.loop");
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button
        variant={what === "approve" ? "filled" : "default"}
        size="xs"
        onClick={() => {
          setOpen(true);
        }}
      >
        {t(`${what}.open`)}
      </Button>
      {isOpen ? <ActDialog {...props} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

function ActDialog(props: ActButtonProps & { onClose: () => void }) {
  const { what, aboutId, name, send, ground, onClose } = props;
  const t = useTranslations("models.loop");
  const roles = useTranslations("models.roles");
  const kept = useKeptReason({
    kind: KINDS[what],
    aboutId,
    label: roles("reason"),
  });
  const reason = kept.value.trim();
  const [isShown, setShown] = useState(ground === undefined);
  const onShown = useCallback(() => setShown(true), []);
  const { act, isBusy, error } = useAct();
  const submit = async () => {
    const done = t(`${what}.done`, { name });
    const isDone = await kept.send(
      () => act(() => send(reason), done),
      (isSent) => isSent,
    );
    if (isDone) onClose();
  };
  return (
    <StepDialog
      title={t(`${what}.title`, { name })}
      action={t(`${what}.submit`)}
      isReady={isShown && reason !== ""}
      size={ground ? "xl" : "md"}
      isBusy={isBusy}
      error={error}
      errorTitle={t(`${what}.failed`, { name })}
      onClose={onClose}
      onSubmit={() => void submit()}
    >
      <div>{t(`${what}.text`)}</div>
      {ground?.(onShown)}
      <KeptWordsField
        kept={kept}
        isFirst
        isRequired
        label={roles("reason")}
        description={roles("reasonHint")}
        maxLength={MAX_REASON}
      />
    </StepDialog>
  );
}
