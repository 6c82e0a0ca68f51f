"use client";

import { Button, Group, Modal, Select, Stack, Text } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useViewer } from "../../../components/shell/viewer-context.tsx";
import type { CaseRowFragment } from "../../../gql/graphql.ts";
import { useErrorText } from "../../../lib/error-text.ts";
import { usePatientName } from "../../cases/use-patient-name.ts";
import { useAssignees } from "../use-assignees.ts";
import type { Person } from "../use-case-actions.ts";

interface AssignDialogProps {
  /** null while closed. */
  rows: readonly CaseRowFragment[] | null;
  onClose: () => void;
  onAssign: (
    rows: readonly CaseRowFragment[],
    user: Person | null,
  ) => Promise<void>;
}

/** Gives one case or many to a reader who may read at all of their sites. */
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

const NOBODY = "nobody";

function AssignForm({
  rows,
  onClose,
  onAssign,
}: AssignDialogProps & { rows: readonly CaseRowFragment[] }) {
  const t = useTranslations("worklist.assign");
  const errorText = useErrorText();
  const { user } = useViewer();
  const [chosen, setChosen] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const { people, error } = useAssignees(
    rows.map(({ site }) => site.id),
    "every",
  );
  const patientName = usePatientName();
  const only = rows.length === 1 ? rows[0] : undefined;
  const isAssigned = rows.some(({ assignee }) => assignee);
  const submit = async () => {
    const person = people?.find(({ id }) => id === chosen) ?? null;
    setBusy(true);
    await onAssign(rows, chosen === NOBODY ? null : person);
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
        <Select
          label={t("reader")}
          placeholder={people ? t("choose") : t("loading")}
          data={[
            ...(isAssigned ? [{ value: NOBODY, label: t("nobody") }] : []),
            ...(people ?? []).map(({ id, name }) => ({
              value: id,
              label: id === user.id ? t("me", { name }) : name,
            })),
          ]}
          value={chosen}
          onChange={setChosen}
          error={error ? errorText(error) : null}
          nothingFoundMessage={
            people?.length === 0 ? t("nobodyMay") : t("nobodyFound")
          }
          searchable
          data-autofocus
        />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button type="submit" disabled={!chosen} loading={isBusy}>
            {t("submit")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
