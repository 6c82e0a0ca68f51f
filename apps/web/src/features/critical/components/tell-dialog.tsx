"use client";

import { skipToken, useMutation, useQuery } from "@apollo/client/react";
import { Input, SegmentedControl, Select, TextInput } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { StepDialog } from "../../../components/ui/step-dialog.tsx";
import type {
  CriticalFieldsFragment,
  CriticalWay,
} from "../../../gql/graphql.ts";
import { KeptNote } from "../../kept-texts/components/kept-note.tsx";
import { KeptWordsField } from "../../kept-texts/components/kept-words-field.tsx";
import { useKeptText } from "../../kept-texts/use-kept-text.ts";
import { MAX_WORDS } from "../../critical-marks/critical-mark.ts";
import {
  CRITICAL_RECIPIENTS,
  CRITICAL_SUMMARY,
  TELL_CRITICAL,
} from "../../critical-marks/critical-queries.ts";

const WAYS = [
  "PHONE",
  "IN_PERSON",
  "DESK",
] as const satisfies readonly CriticalWay[];

interface TellDialogProps {
  result: CriticalFieldsFragment;
  caseId: string;
  siteId: string;
  patientName: string;
  onClose: () => void;
}

/** Whom it was told and how; what came back at once closes it. */
export function TellDialog(props: TellDialogProps) {
  const { result, caseId, siteId, patientName, onClose } = props;
  const t = useTranslations("critical.tell");
  const ways = useTranslations("critical.ways");
  const [way, setWay] = useState<CriticalWay>("PHONE");
  const about = { caseId, aboutId: result.id };
  const to = useKeptText({
    ...about,
    kind: "CRITICAL_TOLD_TO",
    start: result.way === "DESK" ? "" : (result.toldTo ?? ""),
    label: t("to"),
  });
  const [toUserId, setToUserId] = useState<string | null>(null);
  const readBack = useKeptText({
    ...about,
    kind: "CRITICAL_TOLD",
    label: t("readBack"),
  });
  const isDesk = way === "DESK";
  const recipients = useQuery(
    CRITICAL_RECIPIENTS,
    isDesk ? { variables: { siteId } } : skipToken,
  );
  const [tell, { loading, error }] = useMutation(TELL_CRITICAL, {
    refetchQueries: [CRITICAL_SUMMARY],
    onCompleted: onClose,
  });
  const input = isDesk
    ? { way, toUserId }
    : {
        way,
        to: to.value.trim(),
        readBack: readBack.value.trim() || null,
      };
  const send = () => tell({ variables: { id: result.id, input } });
  return (
    <StepDialog
      title={t("title", { name: patientName })}
      action={t("do")}
      isReady={isDesk ? toUserId !== null : to.value.trim() !== ""}
      isBusy={loading}
      error={error ?? (isDesk ? recipients.error : undefined)}
      onClose={onClose}
      onSubmit={() => {
        // A refusal is shown in the dialog; what was typed stays.
        to.send(() => readBack.send(send)).catch(() => undefined);
      }}
    >
      <Input.Wrapper label={t("way")} labelElement="div">
        <SegmentedControl
          fullWidth
          aria-label={t("way")}
          data={WAYS.map((value) => ({ value, label: ways(value) }))}
          value={way}
          onChange={(value) =>
            setWay(WAYS.find((one) => one === value) ?? "PHONE")
          }
        />
      </Input.Wrapper>
      {isDesk ? (
        <Select
          label={t("user")}
          description={t("userHelp")}
          withAsterisk
          searchable
          data={(recipients.data?.criticalRecipients ?? []).map(
            ({ id, name }) => ({ value: id, label: name }),
          )}
          value={toUserId}
          onChange={setToUserId}
        />
      ) : (
        <>
          <TextInput
            data-autofocus
            label={t("to")}
            placeholder={t("toExample")}
            withAsterisk
            maxLength={MAX_WORDS}
            value={to.value}
            onBlur={to.flush}
            onChange={(event) => to.setValue(event.currentTarget.value)}
          />
          <KeptNote kept={to} />
          <KeptWordsField
            kept={readBack}
            label={t("readBack")}
            description={t("readBackHelp")}
            maxLength={MAX_WORDS}
          />
        </>
      )}
    </StepDialog>
  );
}
