"use client";

import { skipToken, useMutation, useQuery } from "@apollo/client/react";
import { Input, SegmentedControl, Select, TextInput } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { StepDialog } from "../../../components/ui/step-dialog.tsx";
import { WordsField } from "../../../components/ui/words-field.tsx";
import type {
  CriticalFieldsFragment,
  CriticalWay,
} from "../../../gql/graphql.ts";
import { MAX_WORDS } from "../critical-mark.ts";
import {
  CRITICAL_RECIPIENTS,
  CRITICAL_SUMMARY,
  TELL_CRITICAL,
} from "../critical-queries.ts";

const WAYS = [
  "PHONE",
  "IN_PERSON",
  "DESK",
] as const satisfies readonly CriticalWay[];

interface TellDialogProps {
  result: CriticalFieldsFragment;
  siteId: string;
  patientName: string;
  onClose: () => void;
}

/** Whom it was told and how; what came back at once closes it. */
export function TellDialog(props: TellDialogProps) {
  const { result, siteId, patientName, onClose } = props;
  const t = useTranslations("critical.tell");
  const ways = useTranslations("critical.ways");
  const [way, setWay] = useState<CriticalWay>("PHONE");
  const [to, setTo] = useState(
    result.way === "DESK" ? "" : (result.toldTo ?? ""),
  );
  const [toUserId, setToUserId] = useState<string | null>(null);
  const [readBack, setReadBack] = useState("");
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
    : { way, to: to.trim(), readBack: readBack.trim() || null };
  return (
    <StepDialog
      title={t("title", { name: patientName })}
      action={t("do")}
      isReady={isDesk ? toUserId !== null : to.trim() !== ""}
      isBusy={loading}
      error={error ?? (isDesk ? recipients.error : undefined)}
      onClose={onClose}
      onSubmit={() => {
        // A refusal is shown in the dialog; what was typed stays.
        tell({ variables: { id: result.id, input } }).catch(() => undefined);
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
            value={to}
            onChange={(event) => setTo(event.currentTarget.value)}
          />
          <WordsField
            label={t("readBack")}
            description={t("readBackHelp")}
            maxLength={MAX_WORDS}
            value={readBack}
            onChange={setReadBack}
          />
        </>
      )}
    </StepDialog>
  );
}
