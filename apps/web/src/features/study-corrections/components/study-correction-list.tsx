"use client";

import { useQuery } from "@apollo/client/react";
import { useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import type { StudyCorrectionsQuery } from "../../../gql/graphql.ts";
import { formatDateTime } from "../../../lib/dates.ts";
import {
  CorrectionLine,
  CorrectionSection,
} from "../../film-corrections/components/correction-section.tsx";
import { STUDY_CORRECTIONS } from "../study-correction-queries.ts";
import { usePatientThen } from "../use-patient-then.ts";
import { UndoStudyDialog } from "./undo-study-dialog.tsx";
import { nextCursor } from "../../../lib/paged-lists.ts";

type Correction =
  StudyCorrectionsQuery["studyCorrections"]["edges"][number]["node"];

interface StudyCorrectionListProps {
  caseId: string;
  onDone: () => void;
}

/** What was put right of whose a case is; nothing where nothing was. */
export function StudyCorrectionList(props: StudyCorrectionListProps) {
  const { caseId, onDone } = props;
  const t = useTranslations("films.study.list");
  const [open, setOpen] = useState<string | null>(null);
  const { data, error, loading, fetchMore } = useQuery(STUDY_CORRECTIONS, {
    variables: { caseId, after: null },
    fetchPolicy: "cache-and-network",
  });
  const page = data?.studyCorrections;
  return (
    <>
      <CorrectionSection
        id="study-corrections"
        title={t("title")}
        failed={t("failed")}
        error={error}
        lines={
          page?.edges.map(({ node }) => (
            <CorrectionRow
              key={node.id}
              row={node}
              onUndo={() => setOpen(node.id)}
            />
          )) ?? null
        }
        more={{
          label: t("more"),
          after: nextCursor(page),
          isLoading: loading,
          fetchMore,
        }}
      />
      {open ? (
        <UndoStudyDialog
          id={open}
          caseId={caseId}
          onClose={() => setOpen(null)}
          onDone={onDone}
        />
      ) : null}
    </>
  );
}

interface CorrectionRowProps {
  row: Correction;
  onUndo: () => void;
}

function CorrectionRow({ row, onUndo }: CorrectionRowProps) {
  const t = useTranslations("films.study.list");
  const locale = useLocale();
  const patientThen = usePatientThen();
  const who = {
    when: formatDateTime(row.correctedAt, locale),
    name: row.byName,
  };
  return (
    <CorrectionLine
      what={t(row.isOtherRecord ? "moved" : "renamed", {
        before: patientThen(row.before),
        after: patientThen(row.after),
      })}
      by={
        row.reason
          ? t("by", { ...who, reason: row.reason })
          : t("byNobody", who)
      }
      undone={
        row.undoneAt
          ? t("undone", {
              when: formatDateTime(row.undoneAt, locale),
              name: row.undoneByName ?? "",
              reason: row.undoReason ?? "",
            })
          : null
      }
      undoLabel={t("undo")}
      onUndo={row.viewerCanUndo ? onUndo : null}
    />
  );
}
