"use client";

import { PatientPicture } from "../../../components/patient-picture.tsx";
import { apiRoutes } from "../../../lib/routes.ts";
import type { ViewTransform } from "../../viewer/viewer-contract.ts";
import styles from "./film-viewport.module.css";

interface DrawingLayerProps {
  /** The picture's path below the API's address. */
  path: string;
  film: { width: number; height: number };
  view: ViewTransform;
}

/**
 * What somebody drew over the film before it came (overlay planes), where the
 * film lies now, turned and mirrored with it.
 */
export function DrawingLayer({ path, film, view }: DrawingLayerProps) {
  const { a, b, c, d, e, f } = view;
  return (
    <div
      className={styles.drawings}
      data-testid="film-drawings"
      aria-hidden
      style={{
        width: film.width,
        height: film.height,
        transform: `matrix(${[a, b, c, d, e, f].join(", ")})`,
      }}
    >
      <PatientPicture path={apiRoutes.file(path)} />
    </div>
  );
}
