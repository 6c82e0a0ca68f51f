"use client";

import { useMutation, useQuery } from "@apollo/client/react";
import { Alert, Group, Radio } from "@mantine/core";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { StepDialog } from "../../../components/ui/step-dialog.tsx";
import { useNotify } from "../../../components/ui/use-notify.tsx";
import type { MergeUndoPreviewQuery } from "../../../gql/graphql.ts";
import { formatDate } from "../../../lib/dates.ts";
import { usePatientName } from "../../patients/use-patient-name.ts";
import { useKeptReason } from "../../kept-reasons/use-kept-reason.ts";
import { KeptWordsField } from "../../kept-texts/components/kept-words-field.tsx";
import { PATIENT_MERGES, UNDO_MERGE, UNDO_PREVIEW } from "../merge-queries.ts";
import { MAX_REASON } from "../merge-words.ts";
import type { Merge } from "./merge-list.tsx";
import styles from "./merges.module.css";

interface UndoDialogProps {
  merge: Merge;
  onClose: () => void;
}

type Whose = Readonly<Record<string, string>>;

/** Asks why, and of each study that came since whose it is. */
export function UndoDialog({ merge, onClose }: UndoDialogProps) {
  const t = useTranslations("duplicates");
  const notify = useNotify();
  const kept = useKeptReason({
    kind: "MERGE_UNDO",
    aboutId: merge.id,
    label: t("reason"),
  });
  const reason = kept.value.trim();
  const [whose, setWhose] = useState<Whose>({});
  const { data, error: unseen } = useQuery(UNDO_PREVIEW, {
    variables: { id: merge.id },
    fetchPolicy: "network-only",
  });
  const [undo, { loading, error }] = useMutation(UNDO_MERGE, {
    refetchQueries: [PATIENT_MERGES],
    awaitRefetchQueries: true,
    onCompleted: () => {
      notify.done(t("undo.done"));
      onClose();
    },
  });
  const ahead = data?.mergeUndoPreview;
  const since = ahead?.since ?? [];
  const of = (patientId: string) =>
    since.filter(({ id }) => whose[id] === patientId).map(({ id }) => id);
  const giveBack = of(merge.merged.id);
  const keep = of(merge.survivor.id);
  const isAllSaid = giveBack.length + keep.length === since.length;
  return (
    <StepDialog
      size="lg"
      title={t("undo.title")}
      action={t("undo.do")}
      isReady={ahead?.isAllowed === true && isAllSaid && reason !== ""}
      isBusy={loading}
      error={error ?? unseen}
      errorTitle={t("notDone")}
      onClose={onClose}
      onSubmit={() => {
        const { id } = merge;
        const variables = { id, reason, giveBack, keep };
        kept.send(() => undo({ variables })).catch(() => undefined);
      }}
    >
      {ahead ? <Changes merge={merge} ahead={ahead} /> : null}
      {since.length > 0 ? (
        <Since
          merge={merge}
          studies={since}
          whose={whose}
          onChange={(studyId, patientId) =>
            setWhose((said) => ({ ...said, [studyId]: patientId }))
          }
        />
      ) : null}
      <KeptWordsField
        kept={kept}
        isFirst
        isRequired
        label={t("reason")}
        maxLength={MAX_REASON}
      />
    </StepDialog>
  );
}

type Ahead = MergeUndoPreviewQuery["mergeUndoPreview"];

function Changes({ merge, ahead }: { merge: Merge; ahead: Ahead }) {
  const t = useTranslations("duplicates.undo");
  const refused = useTranslations("duplicates.merge");
  const patientName = usePatientName();
  const { studies, studiesGone, signedCases } = ahead;
  return (
    <>
      <ul className={styles.changes}>
        <li>
          {t("back", { count: studies, name: patientName(merge.merged) })}
        </li>
        {studiesGone > 0 ? <li>{t("gone", { count: studiesGone })}</li> : null}
        {signedCases > 0 ? (
          <li>{t("signed", { count: signedCases })}</li>
        ) : null}
      </ul>
      {ahead.isAllowed ? null : (
        <Alert color="yellow" p="sm">
          {refused("refused")}
        </Alert>
      )}
    </>
  );
}

interface SinceProps {
  merge: Merge;
  studies: Ahead["since"];
  whose: Whose;
  onChange: (studyId: string, patientId: string) => void;
}

function Since({ merge, studies, whose, onChange }: SinceProps) {
  const t = useTranslations("duplicates.undo");
  const locale = useLocale();
  const patientName = usePatientName();
  return (
    <div>
      <strong>{t("since")}</strong>
      {studies.map((study) => (
        <Radio.Group
          key={study.id}
          mt="0.375rem"
          label={`${t("study", {
            day: study.studyDate
              ? formatDate(study.studyDate, locale)
              : t("noDay"),
          })} ${study.description ?? ""}`}
          value={whose[study.id] ?? null}
          onChange={(patientId) => onChange(study.id, patientId)}
        >
          <Group gap="1rem">
            {[merge.merged, merge.survivor].map((record) => (
              <Radio
                key={record.id}
                value={record.id}
                label={`${patientName(record)} ${record.identifiers[0]?.value ?? ""}`}
              />
            ))}
          </Group>
        </Radio.Group>
      ))}
    </div>
  );
}
