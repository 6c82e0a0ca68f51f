"use client";

import { useMutation } from "@apollo/client/react";
import { Alert, Button, Group, Modal, Textarea } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useNotify } from "../../../components/ui/use-notify.tsx";
import type { AlarmFieldsFragment } from "../../../gql/graphql.ts";
import { useErrorText } from "../../../lib/error-text.ts";
import { ACKNOWLEDGE_ALARM, ALARMS } from "../alarm-queries.ts";
import { MONITORING } from "../monitoring-queries.ts";
import styles from "./monitoring.module.css";

/** Longest note that the API takes, in characters. */
const MAX_NOTE = 1_000;

interface AcknowledgeDialogProps {
  alarm: AlarmFieldsFragment;
  /** The alarm in words. */
  title: string;
  onClose: () => void;
}

/** Asks what an alarm was. */
export function AcknowledgeDialog(props: AcknowledgeDialogProps) {
  const { alarm, title, onClose } = props;
  const t = useTranslations("monitoring.alarms");
  const common = useTranslations("common");
  const errorText = useErrorText();
  const notify = useNotify();
  const [note, setNote] = useState("");
  const [act, { loading, error }] = useMutation(ACKNOWLEDGE_ALARM, {
    refetchQueries: [ALARMS, MONITORING],
    onCompleted: () => {
      notify.done(t("done"));
      onClose();
    },
  });
  return (
    <Modal
      opened
      onClose={onClose}
      title={t("dialogTitle")}
      closeButtonProps={{ "aria-label": common("close") }}
      size="md"
    >
      <form
        className={styles.stack}
        onSubmit={(event) => {
          event.preventDefault();
          const variables = { id: alarm.id, note: note.trim() };
          // A refusal is shown below; what was typed stays as it is.
          act({ variables }).catch(() => undefined);
        }}
      >
        <strong>{title}</strong>
        <div>
          {t("dialogText")} {alarm.kind === "DRIFT" ? t("dialogDrift") : null}
        </div>
        <Textarea
          data-autofocus
          label={t("note")}
          withAsterisk
          autosize
          minRows={2}
          maxLength={MAX_NOTE}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        {error ? (
          <Alert color="red" p="sm" role="alert" title={t("notDone")}>
            {errorText(error)}
          </Alert>
        ) : null}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {common("cancel")}
          </Button>
          <Button type="submit" loading={loading} disabled={note.trim() === ""}>
            {t("submit")}
          </Button>
        </Group>
      </form>
    </Modal>
  );
}
