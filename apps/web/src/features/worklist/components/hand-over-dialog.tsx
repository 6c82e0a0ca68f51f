"use client";

import { useMutation, useQuery } from "@apollo/client/react";
import { Button, Group, Modal, NativeSelect, Stack, Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useSite } from "../../../components/shell/site-context.tsx";
import { useViewer } from "../../../components/shell/viewer-context.tsx";
import { useNotify } from "../../../components/ui/use-notify.tsx";
import { useErrorText } from "../../../lib/error-text.ts";
import { useAssignees } from "../use-assignees.ts";
import { HAND_OVER, IN_HAND } from "../worklist-queries.ts";

interface HandOverDialogProps {
  isOpen: boolean;
  onClose: () => void;
}

/** The end of a shift: everything in hand to one colleague, or to all. */
export function HandOverDialog({ isOpen, onClose }: HandOverDialogProps) {
  const t = useTranslations("worklist.handOver");
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={t("title")}
      closeButtonProps={{ "aria-label": t("cancel") }}
    >
      {isOpen ? <HandOverForm onClose={onClose} /> : null}
    </Modal>
  );
}

const EVERYBODY = "everybody";

function HandOverForm({ onClose }: { onClose: () => void }) {
  const t = useTranslations("worklist.handOver");
  const notify = useNotify();
  const errorText = useErrorText();
  const { user } = useViewer();
  const { sites } = useSite();
  const [to, setTo] = useState(EVERYBODY);
  const { data, error } = useQuery(IN_HAND, { fetchPolicy: "network-only" });
  const [send, sending] = useMutation(HAND_OVER, {
    refetchQueries: "active",
  });
  const { people } = useAssignees(
    sites.map(({ id }) => id),
    "any",
  );
  const inHand = data?.inHand;
  const count = (inHand?.reading ?? 0) + (inHand?.assigned ?? 0);
  const submit = async () => {
    try {
      const toUserId = to === EVERYBODY ? null : to;
      await send({ variables: { toUserId } });
      notify.done(t("done", { count }));
      onClose();
    } catch {
      // Shown above the button; nothing was handed over.
    }
  };
  const failure = sending.error ?? error;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Stack>
        <Text size="sm" role="status">
          {inHand
            ? t("inHand", {
                reading: inHand.reading,
                assigned: inHand.assigned,
              })
            : t("counting")}
        </Text>
        <NativeSelect
          label={t("to")}
          description={t("help")}
          data={[
            { value: EVERYBODY, label: t("everybody") },
            ...(people ?? [])
              .filter(({ id }) => id !== user.id)
              .map(({ id, name }) => ({ value: id, label: name })),
          ]}
          value={to}
          onChange={(event) => setTo(event.currentTarget.value)}
          data-autofocus
        />
        {failure ? (
          <Text size="sm" c="var(--li-bad)" role="alert">
            {errorText(failure)}
          </Text>
        ) : null}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button
            type="submit"
            disabled={count === 0}
            loading={sending.loading}
          >
            {t("submit", { count })}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
