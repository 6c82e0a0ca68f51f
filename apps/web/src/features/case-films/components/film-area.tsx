"use client";

import {
  IconArrowsDiagonal,
  IconArrowsDiagonalMinimize2,
  IconColumns2,
  IconLink,
  IconUnlink,
} from "@tabler/icons-react";
import { useTranslations } from "next-intl";
import type { FilmFieldsFragment } from "../../../gql/graphql.ts";
import { FilmViewport } from "../../film-viewport/components/film-viewport.tsx";
import { MapControls } from "../../film-tools/components/map-controls.tsx";
import { ToolButton } from "../../film-tools/components/tool-button.tsx";
import {
  type FilmDrawings,
  ViewerToolbar,
} from "../../film-tools/components/viewer-toolbar.tsx";
import frame from "../../film-viewport/components/film-frame.module.css";
import type {
  FilmActivation,
  LabelledBox,
} from "../../film-layers/film-overlay.ts";
import { useFilmStore } from "../../film-viewport/film-store-context.tsx";
import { canUse } from "../../film-tools/film-tool.ts";
import type { FilmTools } from "../../film-tools/use-film-tools.ts";
import type { CaseMarks } from "../use-case-marks.ts";
import type { OpenCase } from "../../cases/use-case.ts";
import {
  usePatientLine,
  useStudyLine,
} from "../../patients/use-patient-line.ts";
import { usePatientName } from "../../patients/use-patient-name.ts";
import { FilmStrip } from "./film-strip.tsx";
import styles from "../../../components/layout/reading-room.module.css";

export interface PriorFilm {
  image: FilmFieldsFragment;
  study: OpenCase["priors"][number];
}

interface FilmAreaProps {
  open: OpenCase;
  shown: FilmFieldsFragment;
  priors: readonly PriorFilm[];
  tools: FilmTools;
  map: FilmActivation | null;
  aiBoxes: readonly LabelledBox[];
  isAiVisible: boolean;
  isAiLoading: boolean;
  marks: CaseMarks;
  canMark: boolean;
  isFullScreen: boolean;
  onShow: (image: FilmFieldsFragment) => void;
  /** puts a prior beside the film, or takes it away */
  onCompare: (image: FilmFieldsFragment) => void;
  onToggleCompare: () => void;
  onToggleFullScreen: () => void;
}

/** The film, priors beside it where wanted, and all that acts on them. */
export function FilmArea(props: FilmAreaProps) {
  const { open, shown, priors, tools, map, aiBoxes } = props;
  const t = useTranslations("cases");
  const viewer = useTranslations("viewer");
  const store = useFilmStore();
  const studyLine = useStudyLine();
  const patientName = usePatientName();
  const line = usePatientLine(open);
  const lens = { isLensOn: tools.isLensOn, onLeaveLens: tools.toggleLens };
  const { areDrawingsOn } = tools;
  const leaveTool = () => tools.setTool("window");
  return (
    <div className={styles.filmArea}>
      <div className={frame.frame} data-films={1 + priors.length}>
        <FilmViewport
          image={shown}
          store={store}
          label={t("filmOf", { name: patientName(open.patient), line })}
          isMain
          tool={tools.tool}
          onLeaveTool={leaveTool}
          caption={priors.length > 0 ? t("thisStudy") : undefined}
          map={tools.isMapOn ? map : null}
          mapStyle={tools.mapStyle}
          aiBoxes={tools.areBoxesOn ? aiBoxes : []}
          areDrawingsOn={areDrawingsOn}
          marks={props.marks.ofFilm(shown)}
          {...lens}
          onUse={() => tools.setActive("film")}
          onViewer={(next) => tools.setViewer("film", next)}
        />
        {priors.map((prior) => (
          <FilmViewport
            key={prior.image.id}
            image={prior.image}
            store={store}
            label={t("priorOf", { study: studyLine(prior.study) })}
            tool={tools.tool}
            onLeaveTool={leaveTool}
            areDrawingsOn={areDrawingsOn}
            marks={props.marks.ofFilm(prior.image)}
            caption={t("priorCaption", { study: studyLine(prior.study) })}
            {...lens}
            onUse={() => tools.setActive(prior.image.id)}
            onViewer={(next) => tools.setViewer(prior.image.id, next)}
          />
        ))}
      </div>
      <ViewerToolbar
        tools={tools}
        canUse={(tool) => canUse(tool, props.canMark)}
        drawings={drawingsOf(shown, priors)}
        ai={
          props.isAiVisible ? (
            <MapControls
              tools={tools}
              hasMap={map !== null}
              hasBoxes={aiBoxes.length > 0}
              isLoading={props.isAiLoading}
            />
          ) : null
        }
        end={
          <>
            {priors.length > 0 ? (
              <ToolButton
                label={viewer("action.link")}
                keys="shift+P"
                isOn={tools.areLinked}
                onClick={tools.toggleLinked}
              >
                {tools.areLinked ? (
                  <IconLink size={18} aria-hidden />
                ) : (
                  <IconUnlink size={18} aria-hidden />
                )}
              </ToolButton>
            ) : null}
            <ToolButton
              label={viewer("action.compare")}
              keys="p"
              isOn={priors.length > 0}
              whyNot={open.priors.length > 0 ? undefined : t("noPriors")}
              onClick={props.onToggleCompare}
            >
              <IconColumns2 size={18} aria-hidden />
            </ToolButton>
            <ToolButton
              label={viewer("action.fullScreen")}
              keys="f"
              isOn={props.isFullScreen}
              onClick={props.onToggleFullScreen}
            >
              {props.isFullScreen ? (
                <IconArrowsDiagonalMinimize2 size={18} aria-hidden />
              ) : (
                <IconArrowsDiagonal size={18} aria-hidden />
              )}
            </ToolButton>
          </>
        }
      />
      {props.isFullScreen ? null : (
        <FilmStrip
          open={open}
          shownId={shown.id}
          priorIds={priors.map(({ image }) => image.id)}
          onShow={props.onShow}
          onCompare={props.onCompare}
        />
      )}
    </div>
  );
}

/** What came drawn over the films on the screen. */
export function drawingsOf(
  shown: FilmFieldsFragment | null,
  priors: readonly PriorFilm[],
): FilmDrawings {
  const films = [shown, ...priors.map(({ image }) => image)];
  if (films.some((film) => film?.drawingsPath)) return "shown";
  return films.some((film) => film?.areDrawingsKept) ? "kept" : "none";
}
