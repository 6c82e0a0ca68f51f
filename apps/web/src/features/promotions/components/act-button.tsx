"use client";

import { Button } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { StepDialog } from "../../../components/ui/step-dialog.tsx";
import { WordsField } from "../../../components/ui/words-field.tsx";
import { MAX_REASON, useAct } from "../use-act.ts";

interface ActButtonProps {
  what: "propose" | "approve" | "reject" | "rollBack";
  name: string;
  send: (reason: string) => Promise<unknown>;
}

/** One step of a promotion: a button, what it does, and why it is done. */
export function ActButton({ what, name, send }: ActButtonProps) {
  const t = useTranslations("models.loop");
  const roles = useTranslations("models.roles");
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState("");
  const { act, isBusy, error, forget } = useAct();
  const close = () => {
    setOpen(false);
    setReason("");
    forget();
  };
  const submit = async () => {
    if (await act(() => send(reason.trim()), t(`${what}.done`, { name })))
      close();
  };
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
      <StepDialog
        isOpen={isOpen}
        title={t(`${what}.title`, { name })}
        action={t(`${what}.submit`)}
        isReady={reason.trim() !== ""}
        isBusy={isBusy}
        error={error}
        errorTitle={t(`${what}.failed`, { name })}
        onClose={close}
        onSubmit={() => void submit()}
      >
        <div>{t(`${what}.text`)}</div>
        <WordsField
          isFirst
          isRequired
          label={roles("reason")}
          description={roles("reasonHint")}
          maxLength={MAX_REASON}
          value={reason}
          onChange={setReason}
        />
      </StepDialog>
    </>
  );
}
