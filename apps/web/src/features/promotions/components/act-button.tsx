"use client";

import { Button, Modal } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useAct } from "../use-act.ts";
import { ReasonForm } from "./reason-form.tsx";

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
  const { act, isBusy } = useAct();
  const close = () => {
    setOpen(false);
  };
  const submit = async (reason: string) => {
    const done = await act(() => send(reason), {
      done: t(`${what}.done`, { name }),
      failed: t(`${what}.failed`, { name }),
    });
    if (done) close();
  };
  return (
    <>
      <Button
        variant="default"
        size="xs"
        onClick={() => {
          setOpen(true);
        }}
      >
        {t(`${what}.open`)}
      </Button>
      <Modal
        opened={isOpen}
        onClose={close}
        title={t(`${what}.title`, { name })}
        closeButtonProps={{ "aria-label": roles("cancel") }}
      >
        <ReasonForm
          text={t(`${what}.text`)}
          confirm={t(`${what}.open`)}
          isBusy={isBusy}
          onSubmit={({ reason }) => void submit(reason)}
          onClose={close}
        />
      </Modal>
    </>
  );
}
