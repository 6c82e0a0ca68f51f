"use client";

import { useLazyQuery, useMutation } from "@apollo/client/react";
import { Button, Checkbox } from "@mantine/core";
import { useTranslations } from "next-intl";
import Link from "next/link";
import { useState } from "react";
import { StepDialog } from "../../../components/ui/step-dialog.tsx";
import type { ProcedureVersionFieldsFragment } from "../../../gql/graphql.ts";
import { useErrorText } from "../../../lib/error-text.ts";
import { routes } from "../../../lib/routes.ts";
import { usePatientName } from "../../patients/use-patient-name.ts";
import { useKeptReason } from "../../kept-reasons/use-kept-reason.ts";
import { KeptWordsField } from "../../kept-texts/components/kept-words-field.tsx";
import {
  draftOf,
  isWritten,
  newPlan,
  newProcedure,
  type ProcedureDraft,
} from "../procedure-draft.ts";
import {
  PREVIEW_PROCEDURE,
  PROCEDURES,
  PROCEDURE_VERSIONS,
  SAVE_PROCEDURE,
} from "../../procedure-steps/procedure-queries.ts";
import { PlanFields } from "./plan-fields.tsx";
import { TriggerFields } from "./trigger-fields.tsx";
import { WordsPair } from "./words-pair.tsx";
import styles from "../../procedure-steps/components/procedures.module.css";

/** As many as the API takes. */
const MAX_STEPS = 20;
const MAX_REASON = 500;

interface ProcedureDialogProps {
  siteId: string;
  /** The version to be changed; null for a new procedure. */
  version: ProcedureVersionFieldsFragment | null;
  onClose: () => void;
}

/** Writes the next version of a procedure. */
export function ProcedureDialog(props: ProcedureDialogProps) {
  const { siteId, version, onClose } = props;
  const t = useTranslations("procedures.editor");
  const [draft, setDraft] = useState<ProcedureDraft>(() =>
    version ? draftOf(version.document) : newProcedure(),
  );
  const [isOn, setOn] = useState(version?.isOn ?? false);
  const kept = useKeptReason({
    kind: version ? "PROCEDURE_CHANGE" : "PROCEDURE_NEW",
    aboutId: version?.procedureId ?? siteId,
    label: t("reason"),
  });
  const reason = kept.value.trim();
  const [save, { loading, error }] = useMutation(SAVE_PROCEDURE, {
    refetchQueries: [PROCEDURES, PROCEDURE_VERSIONS],
    awaitRefetchQueries: true,
    onCompleted: onClose,
  });
  return (
    <StepDialog
      title={t(version ? "change" : "new")}
      action={t("save")}
      isReady={isWritten(draft) && reason !== ""}
      isBusy={loading}
      error={error}
      size="lg"
      onClose={onClose}
      onSubmit={() => {
        const input = {
          siteId,
          procedureId: version?.procedureId ?? null,
          baseVersion: version?.version ?? 0,
          document: draft,
          isOn,
          reason,
        };
        kept.send(() => save({ variables: { input } })).catch(() => undefined);
      }}
    >
      <WordsPair
        isFirst
        label={t("name")}
        words={draft.name}
        onChange={(name) => setDraft({ ...draft, name })}
      />
      <TriggerFields
        trigger={draft.trigger}
        onChange={(trigger) => setDraft({ ...draft, trigger })}
      />
      <Steps draft={draft} onChange={setDraft} />
      <Preview siteId={siteId} draft={draft} />
      <Checkbox
        label={t("isOn")}
        checked={isOn}
        onChange={(event) => setOn(event.currentTarget.checked)}
      />
      <KeptWordsField
        kept={kept}
        isRequired
        label={t("reason")}
        description={t("reasonHelp")}
        maxLength={MAX_REASON}
      />
    </StepDialog>
  );
}

interface StepsProps {
  draft: ProcedureDraft;
  onChange: (draft: ProcedureDraft) => void;
}

function Steps({ draft, onChange }: StepsProps) {
  const t = useTranslations("procedures.editor");
  const { steps } = draft;
  return (
    <>
      {steps.map((plan, at) => (
        <PlanFields
          // Steps have no name of their own; they are only added at the end.
          key={at}
          plan={plan}
          number={at + 1}
          canReadBack={draft.trigger.moment === "CRITICAL"}
          onChange={(changed) =>
            onChange({
              ...draft,
              steps: steps.map((one, place) => (place === at ? changed : one)),
            })
          }
          onRemove={
            steps.length === 1
              ? null
              : () =>
                  onChange({
                    ...draft,
                    steps: steps.filter((_one, place) => place !== at),
                  })
          }
        />
      ))}
      {steps.length < MAX_STEPS ? (
        <div>
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => onChange({ ...draft, steps: [...steps, newPlan()] })}
          >
            {t("addStep")}
          </Button>
        </div>
      ) : null}
    </>
  );
}

/** Which of the last month's cases it would have begun for. */
function Preview({ siteId, draft }: { siteId: string; draft: ProcedureDraft }) {
  const t = useTranslations("procedures.editor");
  const errorText = useErrorText();
  const [ask, { data, loading, error }] = useLazyQuery(PREVIEW_PROCEDURE, {
    fetchPolicy: "network-only",
  });
  const preview = data?.previewProcedure;
  const patientName = usePatientName();
  return (
    <div>
      <Button
        size="compact-sm"
        variant="default"
        loading={loading}
        disabled={!isWritten(draft)}
        onClick={() => {
          const variables = { siteId, document: draft };
          ask({ variables }).catch(() => undefined);
        }}
      >
        {t("preview")}
      </Button>
      <div role="status" className={styles.dim}>
        {error ? errorText(error) : null}
        {preview && !error
          ? t("previewed", { begun: preview.begun, looked: preview.looked })
          : null}
      </div>
      {preview && !error && preview.cases.length > 0 ? (
        <ul className={styles.cases} aria-label={t("previewCases")}>
          {preview.cases.map(({ id, patient }) => (
            <li key={id}>
              <Link href={routes.case(id)} target="_blank">
                {patientName(patient)}
              </Link>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}
