"use client";

import { useFormatter, useTranslations } from "next-intl";
import type { FilmFieldsFragment } from "../../../gql/graphql.ts";
import { scaleGradient } from "../../film-layers/color-scale.ts";
import type { MapStyle } from "../../film-layers/film-overlay.ts";
import type { Orientation, ViewState } from "../../viewer/viewer-contract.ts";
import { storedOrientation } from "../../viewer/stored-orientation.ts";
import { orientationSince } from "../../viewer/turn-film.ts";
import { useOrientationWords } from "../../viewer/use-orientation-words.ts";
import styles from "./film-frame.module.css";

interface FilmStatusProps {
  image: FilmFieldsFragment;
  /** null while nothing is painted */
  view: ViewState | null;
  /** how the map is drawn, null while there is none on the film */
  mapStyle: MapStyle | null;
  /** no spot of that map would be seen */
  isMapFaint: boolean;
}

/** The strip under a film, inside its frame: what it is, legend, numbers. */
export function FilmStatus(props: FilmStatusProps) {
  const { image, view, mapStyle } = props;
  const t = useTranslations("viewer");
  const format = useFormatter();
  const whole = (value: number) =>
    format.number(value, { maximumFractionDigits: 0, useGrouping: false });
  const [spacing] = image.pixelSpacing;
  return (
    <div className={styles.status}>
      <span className={styles.size}>
        {t("size", { width: whole(image.width), height: whole(image.height) })}
        {" · "}
        {spacing ? t("spacing", { value: spacing }) : t("spacingUnknown")}
        {spacing && image.spacingKind && image.spacingKind !== "PATIENT"
          ? ` (${t(`spacingKind.${image.spacingKind}`)})`
          : null}
      </span>
      <CorrectionNote image={image} />
      {view ? (
        <TurnNote
          orientation={orientationSince(
            storedOrientation(image),
            view.orientation,
          )}
        />
      ) : null}
      {mapStyle ? <MapLegend mapStyle={mapStyle} /> : null}
      <span role="status" className={styles.mapNote}>
        {mapStyle && props.isMapFaint ? t("nothingStandsOut") : ""}
      </span>
      <span className={styles.numbers}>
        {view
          ? t("numbers", {
              center: whole(view.window.center),
              width: whole(view.window.width),
              zoom: whole(view.scale * 100),
            })
          : null}
      </span>
    </div>
  );
}

/** Whoever reads a film that was put right knows that its file is otherwise. */
function CorrectionNote({ image }: { image: FilmFieldsFragment }) {
  const t = useTranslations("viewer");
  const words = useOrientationWords();
  const lies = words(storedOrientation(image));
  return lies === "" ? null : <span>{t("corrected", { lies })}</span>;
}

/** A film that a reader has turned says so: left may be right. */
function TurnNote({ orientation }: { orientation: Orientation }) {
  const words = useOrientationWords()(orientation);
  if (words === "") return null;
  return (
    <span className={styles.turned} role="status">
      {words}
    </span>
  );
}

/** What the colours of the activation map mean, as strong as they are drawn. */
function MapLegend({ mapStyle }: { mapStyle: MapStyle }) {
  const t = useTranslations("viewer");
  return (
    <div className={styles.legend} data-testid="map-legend">
      <span>{t("legend.low")}</span>
      <div
        className={styles.ramp}
        role="img"
        aria-label={t("legend.label")}
        style={{
          background: scaleGradient(mapStyle.scale, mapStyle.opacity),
        }}
      />
      <span>{t("legend.high")}</span>
    </div>
  );
}
