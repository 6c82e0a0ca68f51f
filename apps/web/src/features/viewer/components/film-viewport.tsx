"use client";

import { Button, Loader } from "@mantine/core";
import { useTranslations } from "next-intl";
import {
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useEffectEvent,
} from "react";
import type { FilmFieldsFragment } from "../../../gql/graphql.ts";
import type { FilmActivation, LabelledBox, MapStyle } from "../film-overlay.ts";
import { FilmError } from "../film-pixels.ts";
import type { FilmStore } from "../film-store.ts";
import { useFilm } from "../use-film.ts";
import { useShownFilm, useView, useViewerElement } from "../use-viewer.ts";
import { steer } from "../steer.ts";
import type { Viewer, ViewerMark, ViewerTool } from "../viewer-contract.ts";
import { ActivationLayer } from "./activation-layer.tsx";
import { BoxLayer } from "./box-layer.tsx";
import { FilmStatus } from "./film-status.tsx";
import styles from "./film-viewport.module.css";
import frame from "./film-frame.module.css";

export interface FilmMarks {
  readonly marks: readonly (ViewerMark & { readonly label: string })[];
  readonly selectedId: string | null;
  readonly isEditable: boolean;
  readonly onChange: (marks: readonly ViewerMark[]) => void;
  readonly onDrawn: (mark: ViewerMark) => void;
  readonly onSelect: (id: string | null) => void;
}

interface FilmViewportProps {
  image: FilmFieldsFragment;
  store: FilmStore;
  /** names the film for people who cannot see it */
  label: string;
  tool: ViewerTool;
  /** in the frame above the film, for telling two films apart */
  caption?: ReactNode;
  map?: FilmActivation | null;
  mapStyle?: MapStyle;
  aiBoxes?: readonly LabelledBox[];
  marks?: FilmMarks;
  /** gets the viewer while a film can be steered, null otherwise */
  onViewer: (viewer: Viewer | null) => void;
}

/** One film with everything that is drawn over it, and its status line. */
export function FilmViewport(props: FilmViewportProps) {
  const { image, label, tool, onViewer } = props;
  const t = useTranslations("viewer");
  const film = useFilm(props.store, image);
  const { attach, ...element } = useViewerElement(() => ({
    colors: readColors(),
    formatLength: (value, unit) =>
      t(unit === "mm" ? "lengthMm" : "lengthPx", { value }),
  }));
  const viewer = element.state.status === "ready" ? element.state.viewer : null;
  const loaded = film.state.status === "ready" ? film.state.film : null;
  const paint = useShownFilm(viewer, loaded);
  const isPainted = paint.status === "painted";
  const view = useView(viewer);

  useEffect(() => viewer?.setTool(tool), [viewer, tool]);
  const giveViewer = useEffectEvent(onViewer);
  useEffect(() => {
    giveViewer(isPainted ? viewer : null);
    return () => giveViewer(null);
  }, [viewer, isPainted]);
  useMarks(isPainted ? viewer : null, image.id, props.marks);

  const onKeyDown = (event: KeyboardEvent) => {
    if (viewer && loaded && steer(viewer, loaded, event)) {
      event.preventDefault();
    }
  };
  const failure =
    film.state.status === "failed"
      ? { error: film.state.error, retry: film.retry }
      : element.state.status === "failed"
        ? { error: element.state.error, retry: element.retry }
        : paint.status === "failed"
          ? { error: paint.error, retry: element.retry }
          : null;
  const transform = isPainted ? view?.transform : undefined;
  return (
    <div className={frame.film}>
      {props.caption ? (
        <div className={frame.caption}>{props.caption}</div>
      ) : null}
      <div
        className={styles.viewport}
        role="application"
        aria-roledescription={t("film")}
        aria-label={label}
        tabIndex={0}
        onKeyDown={onKeyDown}
        data-painted={isPainted || undefined}
      >
        <div ref={attach} className={styles.host} />
        {transform && props.map && props.mapStyle ? (
          <ActivationLayer
            map={props.map}
            mapStyle={props.mapStyle}
            view={transform}
          />
        ) : null}
        {transform && props.aiBoxes ? (
          <BoxLayer boxes={props.aiBoxes} view={transform} by="ai" />
        ) : null}
        {transform && props.marks ? (
          <BoxLayer
            boxes={props.marks.marks.map((mark) => ({ ...mark, key: mark.id }))}
            view={transform}
            by="reader"
            selectedKey={props.marks.selectedId}
          />
        ) : null}
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
      />
    </div>
  );
}

/** Keeps the marks on the film and those of the page the same. */
function useMarks(
  viewer: Viewer | null,
  imageId: string,
  film: FilmMarks | undefined,
): void {
  const marks = film?.marks;
  const isEditable = film?.isEditable ?? false;
  const selectedId = film?.selectedId ?? null;
  useEffect(() => {
    viewer?.setMarks(
      (marks ?? []).map(({ id, x, y, width, height }) => ({
        id,
        x,
        y,
        width,
        height,
      })),
      isEditable,
    );
  }, [viewer, imageId, marks, isEditable]);
  useEffect(() => viewer?.selectMark(selectedId), [viewer, selectedId, marks]);
  const changed = useEffectEvent((next: readonly ViewerMark[]) =>
    film?.onChange(next),
  );
  const drawn = useEffectEvent((mark: ViewerMark) => film?.onDrawn(mark));
  const selected = useEffectEvent((id: string | null) => film?.onSelect(id));
  useEffect(() => {
    if (!viewer) return;
    const subscriptions = [
      viewer.onMarksChange((next) => changed(next)),
      viewer.onMarkDrawn((mark) => drawn(mark)),
      viewer.onMarkSelected((id) => selected(id)),
    ];
    return () => subscriptions.forEach((leave) => leave());
  }, [viewer]);
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

/** The theme's colours for what the bundle draws; the same in both schemes. */
function readColors() {
  const style = getComputedStyle(document.documentElement);
  const read = (name: string) => style.getPropertyValue(name).trim();
  return {
    mark: read("--li-mark"),
    markActive: read("--li-film-text"),
    ruler: read("--li-mark"),
  };
}
