"use client";

import { Button, Group, Modal, Stack, Text, Textarea } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useViewer } from "../../../components/shell/viewer-context.tsx";
import { roleActions, type RoleAction } from "../model-role.ts";
import type { Model } from "../use-models.ts";
import { useRoleAction } from "../use-role-action.ts";

/** Buttons to make a model live, or a shadow, or no longer one. */
export function ModelRoleActions({ model }: { model: Model }) {
  const t = useTranslations("models.roles");
  const viewer = useViewer();
  const [chosen, setChosen] = useState<RoleAction | null>(null);
  if (!viewer.can("model:manage")) return null;
  const close = () => {
    setChosen(null);
  };
  return (
    <>
      {roleActions(model).map((action) => (
        <Button
          key={action}
          variant="default"
          onClick={() => {
            setChosen(action);
          }}
        >
          {t(`${action}.open`)}
        </Button>
      ))}
      <Modal
        opened={chosen !== null}
        onClose={close}
        title={chosen ? t(`${chosen}.title`, { name: model.name }) : ""}
        closeButtonProps={{ "aria-label": t("cancel") }}
      >
        {chosen ? (
          <ReasonForm model={model} action={chosen} onClose={close} />
        ) : null}
      </Modal>
    </>
  );
}

/** As long as the API takes. */
const MAX_REASON = 1_000;

interface ReasonFormProps {
  model: Model;
  action: RoleAction;
  onClose: () => void;
}

function ReasonForm({ model, action, onClose }: ReasonFormProps) {
  const t = useTranslations("models.roles");
  const [reason, setReason] = useState("");
  const { submit, isBusy } = useRoleAction(model, action);
  const send = async () => {
    if (await submit(reason)) onClose();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <Stack>
        <Text size="sm">{t(`${action}.text`)}</Text>
        <Textarea
          label={t("reason")}
          description={t("reasonHint")}
          value={reason}
          maxLength={MAX_REASON}
          autosize
          minRows={2}
          data-autofocus
          onChange={(event) => {
            setReason(event.currentTarget.value);
          }}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button type="submit" loading={isBusy} disabled={!reason.trim()}>
            {t(`${action}.open`)}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
