"use client";

import { useQuery } from "@apollo/client/react";
import { Anchor } from "@mantine/core";
import { useLocale, useTranslations } from "next-intl";
import Link from "next/link";
import { useState } from "react";
import type {
  FilmCorrectionsQuery,
  FilmPoseFieldsFragment,
} from "../../../gql/graphql.ts";
import { formatDateTime } from "../../../lib/dates.ts";
import { routes } from "../../../lib/routes.ts";
import { usePatientName } from "../../patients/use-patient-name.ts";
import { storedOrientation } from "../../viewer/stored-orientation.ts";
import { useOrientationWords } from "../../viewer/use-orientation-words.ts";
import { FILM_CORRECTIONS } from "../film-queries.ts";
import { CorrectionLine, CorrectionSection } from "./correction-section.tsx";
import { UndoFilmDialog } from "./undo-film-dialog.tsx";
import { nextCursor } from "../../../lib/paged-lists.ts";

export type FilmCorrection =
  FilmCorrectionsQuery["filmCorrections"]["edges"][number]["node"];

interface FilmCorrectionListProps {
  caseId: string;
  studyId: string;
  onDone: () => void;
}

/** What was put right about the films of a case; nothing where nothing was. */
export function FilmCorrectionList(props: FilmCorrectionListProps) {
  const { caseId, studyId } = props;
  const t = useTranslations("films.list");
  const [open, setOpen] = useState<FilmCorrection | null>(null);
  const { data, error, loading, fetchMore } = useQuery(FILM_CORRECTIONS, {
    variables: { caseId, after: null },
    fetchPolicy: "cache-and-network",
  });
  const page = data?.filmCorrections;
  return (
    <>
      <CorrectionSection
        id="film-corrections"
        title={t("title")}
        failed={t("failed")}
        error={error}
        lines={
          page?.edges.map(({ node }) => (
            <CorrectionRow
              key={node.id}
              row={node}
              studyId={studyId}
              onUndo={() => setOpen(node)}
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
        <UndoFilmDialog
          caseId={caseId}
          correction={open}
          onClose={() => setOpen(null)}
          onDone={props.onDone}
        />
      ) : null}
    </>
  );
}

interface CorrectionRowProps {
  row: FilmCorrection;
  studyId: string;
  onUndo: () => void;
}

function CorrectionRow({ row, studyId, onUndo }: CorrectionRowProps) {
  const t = useTranslations("films.list");
  const locale = useLocale();
  return (
    <CorrectionLine
      what={<What row={row} studyId={studyId} />}
      by={t("by", {
        when: formatDateTime(row.correctedAt, locale),
        name: row.byName,
        reason: row.reason,
      })}
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

/** How a film lay, and its view. */
function usePoseWords() {
  const t = useTranslations("films.list");
  const views = useTranslations("upload.views");
  const words = useOrientationWords();
  const known = ["PA", "AP", "LATERAL"] as const;
  return (pose: FilmPoseFieldsFragment): string => {
    const view = pose.viewPosition ?? pose.studyView ?? "";
    const name = known.find((one) => one === view);
    const lies = words(storedOrientation(pose)) || t("asStored");
    const said = name ? views(name) : view;
    return said === "" ? lies : `${said}, ${lies}`;
  };
}

function What({ row, studyId }: { row: FilmCorrection; studyId: string }) {
  const t = useTranslations("films.list");
  const patientName = usePatientName();
  const poses = usePoseWords();
  const { fileName: file, kind } = row;
  if (kind === "REMOVED") return t("removed", { file });
  if (kind === "TURNED")
    return t("turned", {
      file,
      before: row.before ? poses(row.before) : "",
      after: row.after ? poses(row.after) : "",
    });
  const isHere = row.toStudy?.id === studyId;
  const other = isHere ? row.study : row.toStudy;
  const text = t.rich(isHere ? "cameFrom" : "wentTo", {
    file,
    name: other ? patientName(other.patient) : "",
    mrn: other?.patient.mrn ?? "",
    link: (words) =>
      other?.case ? (
        <Anchor
          component={Link}
          href={routes.case(other.case.id)}
          underline="always"
          size="sm"
        >
          {words}
        </Anchor>
      ) : (
        words
      ),
  });
  return text;
}
