"use client";

import { useMutation, useQuery } from "@apollo/client/react";
import { Button, Checkbox, Group, Modal, Stack, Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useSite } from "../../../components/shell/site-context.tsx";
import { useViewer } from "../../../components/shell/viewer-context.tsx";
import { useNotify } from "../../../components/ui/use-notify.tsx";
import { useErrorText } from "../../../lib/error-text.ts";
import { receiverIds, receiversOf } from "../receivers.ts";
import { usePerSite } from "../../../lib/use-per-site.ts";
import {
  HAND_OVER,
  IN_HAND,
  RECEIVERS,
} from "../../worklist-query/worklist-queries.ts";
import { keyOf, NOBODY, ReceiverSelect } from "./receiver-select.tsx";

interface HandOverDialogProps {
  isOpen: boolean;
  onClose: () => void;
}

/** The end of a shift: everything in hand to a colleague, a pool, or all. */
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

function HandOverForm({ onClose }: { onClose: () => void }) {
  const t = useTranslations("worklist.handOver");
  const notify = useNotify();
  const errorText = useErrorText();
  const { user } = useViewer();
  const { sites } = useSite();
  const [to, setTo] = useState<string | null>(NOBODY);
  const [isAlong, setAlong] = useState(false);
  const { data, error } = useQuery(IN_HAND, { fetchPolicy: "network-only" });
  const [send, sending] = useMutation(HAND_OVER, {
    refetchQueries: "active",
  });
  const { answers } = usePerSite(
    sites.map(({ id }) => id),
    RECEIVERS,
  );
  const receivers =
    answers && receiversOf(answers).filter(({ id }) => id !== user.id);
  const chosen = receivers?.find((one) => keyOf(one) === to) ?? null;
  // A draft is given to somebody, not to whoever of a pool comes first.
  const mayGoAlong = chosen?.kind === "reader";
  const inHand = data?.inHand;
  const count = (inHand?.reading ?? 0) + (inHand?.assigned ?? 0);
  const submit = async () => {
    try {
      const { userId: toUserId, poolId: toPoolId } = receiverIds(chosen);
      const withDrafts = isAlong && mayGoAlong;
      await send({ variables: { toUserId, toPoolId, withDrafts } });
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
        <ReceiverSelect
          label={t("to")}
          description={t("help")}
          receivers={receivers}
          noneLabel={t("everybody")}
          error={null}
          value={to}
          onChange={setTo}
        />
        {mayGoAlong ? (
          <Checkbox
            label={t("withDrafts")}
            description={t("withDraftsHelp")}
            checked={isAlong}
            onChange={({ currentTarget }) => setAlong(currentTarget.checked)}
          />
        ) : null}
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
            disabled={count === 0 || !to || !receivers}
            loading={sending.loading}
          >
            {t("submit", { count })}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
