"use client";

import { useMutation, useQuery } from "@apollo/client/react";
import { Button } from "@mantine/core";
import { useTranslations } from "next-intl";
import { useState } from "react";
import {
  ErrorState,
  ListSkeleton,
} from "../../../components/layout/states.tsx";
import { useViewer } from "../../../components/shell/viewer-context.tsx";
import { StepDialog } from "../../../components/ui/step-dialog.tsx";
import type { ProcedureVersionFieldsFragment } from "../../../gql/graphql.ts";
import { useKeptReason } from "../../kept-reasons/use-kept-reason.ts";
import { KeptWordsField } from "../../kept-texts/components/kept-words-field.tsx";
import { draftOf } from "../procedure-draft.ts";
import {
  PROCEDURES,
  SAVE_PROCEDURE,
} from "../../procedure-steps/procedure-queries.ts";
import { useProcedureWords } from "../../procedure-steps/use-procedure-words.ts";
import { ProcedureDialog } from "./procedure-dialog.tsx";
import { ProcedureHistory } from "./procedure-history.tsx";
import styles from "../../procedure-steps/components/procedures.module.css";

const MAX_REASON = 500;

type Asked =
  | { kind: "write"; version: ProcedureVersionFieldsFragment | null }
  | { kind: "switch" | "history"; version: ProcedureVersionFieldsFragment };

/** The procedures of a site; admins write them and switch them. */
export function ProcedureList({ siteId }: { siteId: string }) {
  const t = useTranslations("procedures");
  const canEdit = useViewer().can("procedure:edit");
  const [asked, setAsked] = useState<Asked | null>(null);
  const close = () => setAsked(null);
  const query = useQuery(PROCEDURES, {
    variables: { siteId },
    fetchPolicy: "cache-and-network",
  });
  const rows = query.data?.procedures;
  if (!rows)
    return query.error ? (
      <ErrorState
        title={t("failedProcedures")}
        error={query.error}
        onRetry={() => void query.refetch().catch(() => undefined)}
      />
    ) : (
      <ListSkeleton rows={4} height={72} />
    );
  return (
    <>
      {canEdit ? (
        <div className={styles.above}>
          <Button
            size="compact-sm"
            onClick={() => setAsked({ kind: "write", version: null })}
          >
            {t("editor.new")}
          </Button>
        </div>
      ) : null}
      <ul className={styles.rows}>
        {rows.map((version) => (
          <ProcedureRow
            key={version.procedureId}
            version={version}
            canEdit={canEdit}
            onAsk={(kind) => setAsked({ kind, version })}
          />
        ))}
      </ul>
      {asked?.kind === "write" ? (
        <ProcedureDialog
          siteId={siteId}
          version={asked.version}
          onClose={close}
        />
      ) : null}
      {asked?.kind === "switch" ? (
        <SwitchDialog siteId={siteId} version={asked.version} onClose={close} />
      ) : null}
      {asked?.kind === "history" ? (
        <ProcedureHistory version={asked.version} onClose={close} />
      ) : null}
    </>
  );
}

interface ProcedureRowProps {
  version: ProcedureVersionFieldsFragment;
  canEdit: boolean;
  onAsk: (kind: "write" | "switch" | "history") => void;
}

function ProcedureRow({ version, canEdit, onAsk }: ProcedureRowProps) {
  const t = useTranslations("procedures");
  const { inLocale } = useProcedureWords();
  const { document, isOn } = version;
  const name = inLocale(document.name);
  const button = (kind: "write" | "switch" | "history", label: string) => (
    <Button
      size="compact-sm"
      variant="default"
      aria-label={`${label}: ${name}`}
      onClick={() => onAsk(kind)}
    >
      {label}
    </Button>
  );
  return (
    <li className={styles.row} aria-label={name}>
      <div className={styles.main}>
        <div className={styles.head}>
          <strong>{name}</strong>
          <span className={styles.state} data-on={isOn || undefined}>
            {t(isOn ? "on" : "off")}
          </span>
          <span className={styles.dim}>
            {t("version", { version: version.version })}
          </span>
        </div>
        <div className={styles.dim}>
          {t(`moments.${document.trigger.moment}`)} ·{" "}
          {t("stepCount", { count: document.steps.length })}
        </div>
      </div>
      <div className={styles.actions}>
        {button("history", t("versions"))}
        {canEdit ? button("write", t("change")) : null}
        {canEdit ? button("switch", t(isOn ? "switchOff" : "switchOn")) : null}
      </div>
    </li>
  );
}

interface SwitchDialogProps {
  siteId: string;
  version: ProcedureVersionFieldsFragment;
  onClose: () => void;
}

/** On or off is a version of its own, with its reason. */
function SwitchDialog({ siteId, version, onClose }: SwitchDialogProps) {
  const t = useTranslations("procedures");
  const { inLocale } = useProcedureWords();
  const { document, isOn, procedureId } = version;
  const kept = useKeptReason({
    kind: "PROCEDURE_CHANGE",
    aboutId: procedureId,
    label: t("editor.reason"),
  });
  const reason = kept.value.trim();
  const [save, { loading, error }] = useMutation(SAVE_PROCEDURE, {
    refetchQueries: [PROCEDURES],
    awaitRefetchQueries: true,
    onCompleted: onClose,
  });
  return (
    <StepDialog
      title={inLocale(document.name)}
      action={t(isOn ? "switchOff" : "switchOn")}
      isReady={reason !== ""}
      isBusy={loading}
      error={error}
      onClose={onClose}
      onSubmit={() => {
        const input = {
          siteId,
          procedureId,
          baseVersion: version.version,
          document: draftOf(document),
          isOn: !isOn,
          reason,
        };
        kept.send(() => save({ variables: { input } })).catch(() => undefined);
      }}
    >
      <div>{t(isOn ? "switchOffText" : "switchOnText")}</div>
      <KeptWordsField
        kept={kept}
        isFirst
        isRequired
        label={t("editor.reason")}
        maxLength={MAX_REASON}
      />
    </StepDialog>
  );
}
