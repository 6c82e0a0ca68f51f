"use client";

import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import type { CaseRowFragment } from "../../../gql/graphql.ts";
import { useErrorText } from "../../../lib/error-text.ts";
import { usePatientName } from "../../patients/use-patient-name.ts";
import { receiversOf } from "../receivers.ts";
import type { Receiver } from "../receivers.ts";
import { usePerSite } from "../../../lib/use-per-site.ts";
import { RECEIVERS } from "../../worklist-query/worklist-queries.ts";
import { keyOf, ReceiverSelect } from "./receiver-select.tsx";

interface AssignDialogProps {
  /** null while closed. */
  rows: readonly CaseRowFragment[] | null;
  onClose: () => void;
  onAssign: (
    rows: readonly CaseRowFragment[],
    to: Receiver | null,
  ) => Promise<void>;
}

/** Gives one case or many to a reader of all of their sites, or to a pool. */
export function AssignDialog({ rows, onClose, onAssign }: AssignDialogProps) {
  const t = useTranslations("worklist.assign");
  return (
    <Modal
      opened={rows !== null}
      onClose={onClose}
      title={t("title", { count: rows?.length ?? 0 })}
      closeButtonProps={{ "aria-label": t("cancel") }}
    >
      {rows ? <AssignForm {...{ rows, onClose, onAssign }} /> : null}
    </Modal>
  );
}

function AssignForm({
  rows,
  onClose,
  onAssign,
}: AssignDialogProps & { rows: readonly CaseRowFragment[] }) {
  const t = useTranslations("worklist.assign");
  const errorText = useErrorText();
  const [chosen, setChosen] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const { answers, error } = usePerSite(
    rows.map(({ site }) => site.id),
    RECEIVERS,
  );
  const receivers = answers && receiversOf(answers);
  const patientName = usePatientName();
  const only = rows.length === 1 ? rows[0] : undefined;
  const isAssigned = rows.some(({ assignee, pool }) => assignee ?? pool);
  const submit = async () => {
    const to = receivers?.find((one) => keyOf(one) === chosen) ?? null;
    setBusy(true);
    await onAssign(rows, to);
    onClose();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      <Stack>
        <Text size="sm" c="dimmed">
          {only ? patientName(only.patient) : t("sites")}
        </Text>
        <ReceiverSelect
          label={t("reader")}
          receivers={receivers}
          noneLabel={isAssigned ? t("nobody") : null}
          error={error ? errorText(error) : null}
          value={chosen}
          onChange={setChosen}
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button
            type="submit"
            disabled={!chosen || !receivers}
            loading={isBusy}
          >
            {t("submit")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
