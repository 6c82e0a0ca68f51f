"use client";

import { useMutation } from "@apollo/client/react";
import { Checkbox, TextInput } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { StepDialog } from "../../../components/ui/step-dialog.tsx";
import { useNotify } from "../../../components/ui/use-notify.tsx";
import type { ViewFieldsFragment } from "../../../gql/graphql.ts";
import type { WorklistChoice } from "../../worklist-query/worklist-url.ts";
import { VIEW_LISTS } from "../use-views.ts";
import { CREATE_VIEW, SET_DEFAULT_VIEW } from "../view-queries.ts";
import { settingsOf } from "../view-settings.ts";

/** Longest name that the API takes, in characters. */
export const MAX_NAME = 60;

interface SaveViewDialogProps {
  choice: WorklistChoice;
  onClose: () => void;
  onSaved: (view: ViewFieldsFragment) => void;
}

/** Keeps the worklist as it is set out now, under a name. */
export function SaveViewDialog(props: SaveViewDialogProps) {
  const { choice, onClose, onSaved } = props;
  const t = useTranslations("views");
  const notify = useNotify();
  const [name, setName] = useState("");
  const [isDefault, setDefault] = useState(false);
  const [save, saving] = useMutation(CREATE_VIEW, {
    refetchQueries: VIEW_LISTS,
    awaitRefetchQueries: true,
  });
  const [choose, choosing] = useMutation(SET_DEFAULT_VIEW, {
    refetchQueries: VIEW_LISTS,
  });
  const submit = async () => {
    const input = { name: name.trim(), settings: settingsOf(choice) };
    const { data } = await save({ variables: { input } });
    if (!data) return;
    const view = data.createWorklistView;
    onSaved(view);
    onClose();
    notify.done(t("saved", { name: view.name }));
    if (isDefault)
      // It is kept already; that it is not the first one is said by itself.
      await choose({ variables: { id: view.id } }).catch((error: unknown) =>
        notify.failed(t("failed"), error),
      );
  };
  return (
    <StepDialog
      title={t("saveNew")}
      action={t("save")}
      isReady={name.trim() !== ""}
      isBusy={saving.loading || choosing.loading}
      error={saving.error}
      onClose={onClose}
      onSubmit={() => void submit().catch(() => undefined)}
    >
      <TextInput
        data-autofocus
        label={t("nameLabel")}
        description={t("nameHelp")}
        withAsterisk
        maxLength={MAX_NAME}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Checkbox
        label={t("asDefault")}
        checked={isDefault}
        onChange={(event) => setDefault(event.currentTarget.checked)}
      />
    </StepDialog>
  );
}
