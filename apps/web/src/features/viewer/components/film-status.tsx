"use client";

import { useFormatter, useTranslations } from "next-intl";
import type { FilmFieldsFragment } from "../../../gql/graphql.ts";
import { scaleGradient } from "../color-scale.ts";
import type { MapStyle } from "../film-overlay.ts";
import type { Orientation, ViewState } from "../viewer-contract.ts";
import styles from "./film-frame.module.css";

interface FilmStatusProps {
  image: FilmFieldsFragment;
  /** null while nothing is painted */
  view: ViewState | null;
  /** how the map is drawn, null while there is none on the film */
  mapStyle: MapStyle | null;
}

/** The strip under a film, inside its frame: what it is, legend, numbers. */
export function FilmStatus({ image, view, mapStyle }: FilmStatusProps) {
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
      {view ? <TurnNote orientation={view.orientation} /> : null}
      {mapStyle ? <MapLegend mapStyle={mapStyle} /> : null}
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

/** A film that lies otherwise than it was taken says so: left may be right. */
function TurnNote({ orientation }: { orientation: Orientation }) {
  const t = useTranslations("viewer");
  const { turns, flipped } = orientation;
  if (turns === 0 && !flipped) return null;
  const parts = [
    turns === 0 ? null : t("turnedBy", { degrees: turns * 90 }),
    flipped ? t("mirrored") : null,
  ];
  return (
    <span className={styles.turned} role="status">
      {parts.filter((part) => part !== null).join(" · ")}
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
