"use client";

import { useMutation } from "@apollo/client/react";
import { Button, Select } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { StepDialog } from "../../../components/ui/step-dialog.tsx";
import type { RetakeEnd } from "../../../gql/graphql.ts";
import { formatExactTime } from "../../../lib/dates.ts";
import type { OpenCase } from "../../cases/use-case.ts";
import { usePatientName } from "../../patients/use-patient-name.ts";
import { KeptWordsField } from "../../kept-texts/components/kept-words-field.tsx";
import { useKeptText } from "../../kept-texts/use-kept-text.ts";
import { END_RETAKE } from "../../readings/reading-mutations.ts";
import styles from "../../../components/layout/reading.module.css";

const RETAKE_ENDS = [
  "TAKEN_ELSEWHERE",
  "NOT_POSSIBLE",
  "NOT_NEEDED",
  "OTHER",
] as const satisfies readonly RetakeEnd[];

/** Longest note that the API takes, in characters. */
const MAX_NOTE = 500;

/** That another film is asked for, since when, and whether it came. */
export function RetakeNotice({ open }: { open: OpenCase }) {
  const t = useTranslations("readings");
  const locale = useLocale();
  const { retakeAskedAt, retakeDoneAt, retakeReason } = open;
  if (!retakeAskedAt || !retakeReason) return null;
  const reason = t(`notDiagnostic.reasons.${retakeReason}`);
  const time = formatExactTime(retakeDoneAt ?? retakeAskedAt, locale);
  return (
    <div
      className={styles.notice}
      data-tone={retakeDoneAt ? "plain" : undefined}
      role="status"
    >
      <div className={styles.noticeTitle}>
        {t(retakeDoneAt ? "retake.done" : "retake.asked")}
      </div>
      <div>
        {t(retakeDoneAt ? "retake.doneText" : "retake.askedText", {
          reason,
          time,
        })}
      </div>
      {open.viewerCanEndRetake ? <EndRetake open={open} /> : null}
    </div>
  );
}

/** Says that no film will come, and why. */
function EndRetake({ open }: { open: OpenCase }) {
  const t = useTranslations("readings.retake");
  const patientName = usePatientName();
  const [isOpen, dialog] = useDisclosure(false);
  const [reason, setReason] = useState<RetakeEnd | null>(null);
  const kept = useKeptText({
    caseId: open.id,
    kind: "RETAKE_END",
    label: t("note"),
  });
  const note = kept.value.trim();
  const [endRetake, { loading, error }] = useMutation(END_RETAKE);
  const isReady = reason !== null && (reason !== "OTHER" || note !== "");
  const end = async () => {
    if (reason === null) return;
    const variables = { caseId: open.id, reason, note: note || null };
    const done = await kept
      .send(() => endRetake({ variables }))
      .catch(() => null);
    if (done) dialog.close();
  };
  return (
    <>
      <Button mt="xs" size="compact-sm" variant="default" onClick={dialog.open}>
        {t("end")}
      </Button>
      <StepDialog
        isOpen={isOpen}
        title={t("title", { name: patientName(open.patient) })}
        action={t("do")}
        isReady={isReady}
        isBusy={loading}
        error={error}
        onClose={dialog.close}
        onSubmit={() => void end()}
      >
        <Select
          data-autofocus
          label={t("why")}
          withAsterisk
          allowDeselect={false}
          data={RETAKE_ENDS.map((code) => ({
            value: code,
            label: t(`ends.${code}`),
          }))}
          value={reason}
          onChange={(value) =>
            setReason(RETAKE_ENDS.find((code) => code === value) ?? null)
          }
        />
        <KeptWordsField
          kept={kept}
          isRequired={reason === "OTHER"}
          label={t("note")}
          maxLength={MAX_NOTE}
        />
      </StepDialog>
    </>
  );
}
