"use client";

import { useMutation, useQuery } from "@apollo/client/react";
import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useTranslations } from "next-intl";
import { StepDialog } from "../../../components/ui/step-dialog.tsx";
import { Keys } from "../../../components/shortcuts/keys.tsx";
import { useShortcuts } from "../../../components/shortcuts/use-shortcuts.ts";
import type {
  CriticalFieldsFragment,
  SignedVersionFragment,
} from "../../../gql/graphql.ts";
import type { OpenCase } from "../../cases/use-case.ts";
import { usePatientName } from "../../patients/use-patient-name.ts";
import steps from "../../../components/layout/reading.module.css";
import {
  isSaid,
  markInput,
  proposedFinding,
} from "../../critical-marks/critical-mark.ts";
import {
  CRITICAL_OF_CASE,
  CRITICAL_SUMMARY,
  MARK_CRITICAL,
} from "../../critical-marks/critical-queries.ts";
import { useKeptMark } from "../../critical-marks/use-kept-mark.ts";
import { useCriticalWords } from "../../critical-marks/use-critical-words.ts";
import {
  CriticalActions,
  CriticalStepDialog,
  useCriticalStep,
} from "./critical-actions.tsx";
import { CriticalStateText } from "./critical-state.tsx";
import styles from "../../critical-marks/components/critical.module.css";
import { MarkFields } from "../../critical-marks/components/mark-fields.tsx";

interface CaseCriticalProps {
  open: OpenCase;
  current: SignedVersionFragment;
}

/** What of a signed case somebody must be told, and how far that is. */
export function CaseCritical({ open, current }: CaseCriticalProps) {
  const t = useTranslations("critical");
  const { data } = useQuery(CRITICAL_OF_CASE, {
    variables: { id: open.id },
    fetchPolicy: "cache-and-network",
  });
  const [isMarking, dialog] = useDisclosure(false);
  const found = data?.case;
  const canMark = found?.viewerCanMarkCritical === true;
  useShortcuts([
    {
      id: "case.critical",
      keys: "!",
      label: t("mark.start"),
      group: "case",
      enabled: canMark,
      run: dialog.open,
    },
  ]);
  if (!found || (found.criticalResults.length === 0 && !canMark)) return null;
  const proposed = proposedFinding(current.findings, found.criticalFindings);
  return (
    <section className={steps.step} aria-labelledby="critical">
      <h2 className={steps.heading} id="critical">
        <span>{t("ofCase")}</span>
        {canMark ? (
          <Button
            size="compact-sm"
            variant="default"
            rightSection={<Keys keys="!" />}
            onClick={dialog.open}
          >
            {t("mark.start")}
          </Button>
        ) : null}
      </h2>
      <div className={steps.stack}>
        {canMark && proposed && found.criticalResults.length === 0 ? (
          <div className={styles.notice} role="status">
            {t("mark.proposed")}
          </div>
        ) : null}
        {found.criticalResults.map((result) => (
          <Result key={result.id} open={open} result={result} />
        ))}
      </div>
      {isMarking ? (
        <MarkDialog open={open} finding={proposed} onClose={dialog.close} />
      ) : null}
    </section>
  );
}

interface ResultProps {
  open: OpenCase;
  result: CriticalFieldsFragment;
}

function Result({ open, result }: ResultProps) {
  const words = useCriticalWords();
  const patientName = usePatientName()(open.patient);
  const action = useCriticalStep();
  return (
    <div className={styles.box}>
      <div className={styles.head}>
        <strong>{words.what(result)}</strong>
        <CriticalStateText result={result} />
      </div>
      <ul className={styles.steps}>
        {words.steps(result).map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ul>
      <CriticalActions result={result} onStep={action.setStep} />
      <CriticalStepDialog
        step={action.step}
        result={result}
        caseId={open.id}
        siteId={open.site.id}
        patientName={patientName}
        onClose={action.close}
      />
    </div>
  );
}

interface MarkDialogProps {
  open: OpenCase;
  finding: string | null;
  onClose: () => void;
}

function MarkDialog({ open, finding, onClose }: MarkDialogProps) {
  const t = useTranslations("critical.mark");
  const patientName = usePatientName()(open.patient);
  const { mark, setMark, kept } = useKeptMark(open.id, finding);
  const [send, { loading, error }] = useMutation(MARK_CRITICAL, {
    refetchQueries: [CRITICAL_OF_CASE, CRITICAL_SUMMARY],
    awaitRefetchQueries: true,
    onCompleted: onClose,
  });
  return (
    <StepDialog
      title={t("title", { name: patientName })}
      action={t("do")}
      isReady={isSaid(mark)}
      isBusy={loading}
      error={error}
      onClose={onClose}
      onSubmit={() => {
        const variables = { caseId: open.id, input: markInput(mark) };
        kept.send(() => send({ variables })).catch(() => undefined);
      }}
    >
      <div>{t("text")}</div>
      <MarkFields mark={mark} isFirst onChange={setMark} kept={kept} />
    </StepDialog>
  );
}
