"use client";

import { Button, Loader, VisuallyHidden } from "@mantine/core";
import { useTranslations } from "next-intl";
import {
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useEffectEvent,
  useRef,
} from "react";
import type { FilmFieldsFragment } from "../../../gql/graphql.ts";
import { MarkLayer } from "../../marks/components/mark-layer.tsx";
import type { FilmMarks } from "../../marks/film-marks.ts";
import { pressOnMark } from "../../marks/mark-keys.ts";
import { toCoordinates } from "../../marks/shape.ts";
import { useDrawing } from "../../marks/use-drawing.ts";
import { useMeasureText } from "../../marks/use-measure-text.ts";
import type {
  FilmActivation,
  LabelledBox,
  MapStyle,
} from "../../film-layers/film-overlay.ts";
import { standsOut } from "../../film-layers/color-scale.ts";
import { FilmError } from "../film-pixels.ts";
import type { FilmStore } from "../film-store.ts";
import {
  drawnBy,
  type FilmTool,
  viewerTool,
} from "../../film-tools/film-tool.ts";
import { useFilm } from "../use-film.ts";
import {
  useShownFilm,
  useView,
  useViewerElement,
} from "../../viewer/use-viewer.ts";
import { steer } from "../../viewer/steer.ts";
import type { Viewer } from "../../viewer/viewer-contract.ts";
import { ActivationLayer } from "../../film-layers/components/activation-layer.tsx";
import { BoxLayer } from "../../film-layers/components/box-layer.tsx";
import { DrawingLayer } from "../../film-layers/components/drawing-layer.tsx";
import { FilmLens } from "../../film-layers/components/film-lens.tsx";
import { FilmStatus } from "./film-status.tsx";
import styles from "../../film-layers/components/film-viewport.module.css";
import frame from "./film-frame.module.css";

interface FilmViewportProps {
  image: FilmFieldsFragment;
  store: FilmStore;
  /** names the film for people who cannot see it */
  label: string;
  tool: FilmTool;
  /** Esc with nothing begun: back to the usual tool */
  onLeaveTool: () => void;
  /** takes the keys as soon as it is painted, or something is drawn */
  isMain?: boolean;
  /** in the frame above the film, for telling two films apart */
  caption?: ReactNode;
  map?: FilmActivation | null;
  mapStyle?: MapStyle;
  aiBoxes?: readonly LabelledBox[];
  /** drawings that came with the film are shown over it */
  areDrawingsOn: boolean;
  marks: FilmMarks;
  isLensOn: boolean;
  onLeaveLens: () => void;
  /** the film is used: by pointer or by focus */
  onUse: () => void;
  /** gets the viewer while a film can be steered, null otherwise */
  onViewer: (viewer: Viewer | null) => void;
}

/** One film with everything that is drawn over it, and its status line. */
export function FilmViewport(props: FilmViewportProps) {
  const { image, label, tool, marks, isMain = false, onViewer } = props;
  const t = useTranslations("viewer");
  const film = useFilm(props.store, image);
  const { attach, ...element } = useViewerElement(() => ({}));
  const viewer = element.state.status === "ready" ? element.state.viewer : null;
  const loaded = film.state.status === "ready" ? film.state.film : null;
  const paint = useShownFilm(viewer, loaded);
  const isPainted = paint.status === "painted";
  const view = useView(viewer);

  const transform = isPainted ? view?.transform : undefined;
  const sheet = transform ? { film: image, view: transform } : null;
  const wanted = drawnBy(tool);
  const kind = wanted !== null && marks.canDraw(wanted) ? wanted : null;
  const drawing = useDrawing({
    kind,
    isPointing: props.isLensOn,
    sheet,
    onDrawn: marks.onDrawn,
    onLeave: kind === null ? props.onLeaveLens : props.onLeaveTool,
  });
  const measure = useMeasureText();
  const surface = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isMain && kind !== null)
      surface.current?.focus({ preventScroll: true });
  }, [isMain, kind]);

  useEffect(() => {
    // The film takes the keys where nobody else has them.
    if (isMain && isPainted && document.activeElement === document.body)
      surface.current?.focus({ preventScroll: true });
  }, [isMain, isPainted]);

  const main = viewerTool(tool, kind !== null);
  useEffect(() => viewer?.setTool(main), [viewer, main]);
  const giveViewer = useEffectEvent(onViewer);
  useEffect(() => {
    giveViewer(isPainted ? viewer : null);
    return () => giveViewer(null);
  }, [viewer, isPainted]);

  const onKeyDown = (event: KeyboardEvent) => {
    const isTaken =
      drawing.press(event) ||
      (sheet !== null && pressOnMark(event, marks, sheet)) ||
      (viewer !== null && loaded !== null && steer(viewer, loaded, event));
    if (isTaken) event.preventDefault();
  };
  const failure =
    film.state.status === "failed"
      ? { error: film.state.error, retry: film.retry }
      : element.state.status === "failed"
        ? { error: element.state.error, retry: element.retry }
        : paint.status === "failed"
          ? { error: paint.error, retry: element.retry }
          : null;
  const { draft } = drawing;
  return (
    <div className={frame.film}>
      {props.caption ? (
        <div className={frame.caption}>{props.caption}</div>
      ) : null}
      <div
        ref={surface}
        className={styles.viewport}
        role="application"
        aria-roledescription={t("film")}
        aria-label={label}
        tabIndex={0}
        onKeyDown={onKeyDown}
        data-painted={isPainted || undefined}
        data-drawing={kind ?? undefined}
        {...drawing.pointer}
        onFocus={props.onUse}
        onPointerDownCapture={props.onUse}
      >
        <div ref={attach} className={styles.host} />
        {transform && props.areDrawingsOn && image.drawingsPath ? (
          <DrawingLayer
            path={image.drawingsPath}
            film={image}
            view={transform}
          />
        ) : null}
        {transform && props.map && props.mapStyle ? (
          <ActivationLayer
            map={props.map}
            mapStyle={props.mapStyle}
            view={transform}
          />
        ) : null}
        {transform && props.aiBoxes ? (
          <BoxLayer boxes={props.aiBoxes} view={transform} />
        ) : null}
        {sheet ? (
          <MarkLayer
            marks={marks}
            sheet={sheet}
            canPick={kind === null}
            drawing={drawing}
            draftLabel={
              draft
                ? measure.valueOf(
                    { kind: draft.kind, points: toCoordinates(draft.points) },
                    image,
                  )
                : ""
            }
          />
        ) : null}
        {props.isLensOn && loaded && sheet && view && drawing.cursor ? (
          <FilmLens film={loaded} view={view} at={drawing.cursor} />
        ) : null}
        <VisuallyHidden role="status">{drawing.news}</VisuallyHidden>
        {failure ? (
          <FilmFailed {...failure} />
        ) : isPainted ? null : (
          <div className={styles.cover} role="status">
            <Loader size="sm" color="gray" />
            {t("loading")}
          </div>
        )}
      </div>
      <FilmStatus
        image={image}
        view={isPainted ? view : null}
        mapStyle={transform && props.map ? (props.mapStyle ?? null) : null}
        isMapFaint={props.map ? !standsOut(props.map) : false}
      />
    </div>
  );
}

function FilmFailed({ error, retry }: { error: unknown; retry: () => void }) {
  const t = useTranslations("viewer");
  const common = useTranslations("common");
  const reason = error instanceof FilmError ? error.failure : "viewer";
  return (
    <div className={styles.cover} role="alert">
      <div className={styles.coverTitle}>{t("failed.title")}</div>
      <div>{t(`failed.${reason}`)}</div>
      {reason === "refused" ? null : (
        <Button variant="default" onClick={retry}>
          {common("tryAgain")}
        </Button>
      )}
    </div>
  );
}
