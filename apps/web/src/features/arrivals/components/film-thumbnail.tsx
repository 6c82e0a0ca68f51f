"use client";

import { IconPhoto } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { PatientPicture } from "../../../components/patient-picture.tsx";
import { apiRoutes } from "../../../lib/routes.ts";
import { useUploadManager } from "../../uploads/upload-context.tsx";
import type { UploadFilm } from "../../uploads/upload-state.ts";
import styles from "./upload-table.module.css";

/** Drawn at twice the size on screen, for sharp displays. */
const PIXELS = 80;

/** The server's small picture once there is one, else one made here. */
export function FilmThumbnail({ film }: { film: UploadFilm }) {
  const imageId =
    film.status.step === "done" ? film.status.result.imageId : null;
  if (imageId) {
    return (
      <PatientPicture
        className={styles.thumbnail}
        path={apiRoutes.file(`/images/${imageId}/thumbnail`)}
      />
    );
  }
  return <LocalThumbnail film={film} />;
}

function LocalThumbnail({ film }: { film: UploadFilm }) {
  const manager = useUploadManager();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [isDrawn, setDrawn] = useState(false);
  const { id, kind } = film;
  useEffect(() => {
    const file = manager.file(id);
    if (kind !== "picture" || !file) return;
    let isCurrent = true;
    drawInTurn(file, () => (isCurrent ? canvas.current : null)).then(
      (wasDrawn) => {
        if (isCurrent) setDrawn(wasDrawn);
      },
      // Not a picture this browser can show; the server will say more.
      () => undefined,
    );
    return () => {
      isCurrent = false;
    };
  }, [manager, id, kind]);
  return (
    <span className={styles.thumbnail}>
      <canvas
        ref={canvas}
        width={PIXELS}
        height={PIXELS}
        hidden={!isDrawn}
        aria-hidden
      />
      {isDrawn ? null : <IconPhoto size={18} aria-hidden />}
    </span>
  );
}

let turn: Promise<unknown> = Promise.resolve();

/** One at a time: decoding two hundred large films at once takes gigabytes. */
function drawInTurn(
  file: File,
  target: () => HTMLCanvasElement | null,
): Promise<boolean> {
  const drawn = turn.then(() => draw(file, target));
  turn = drawn.catch(() => undefined);
  return drawn;
}

async function draw(
  file: File,
  target: () => HTMLCanvasElement | null,
): Promise<boolean> {
  if (!target()) return false;
  const bitmap = await createImageBitmap(file, { resizeHeight: PIXELS });
  const canvas = target();
  const left = (PIXELS - bitmap.width) / 2;
  canvas?.getContext("2d")?.drawImage(bitmap, left, 0);
  bitmap.close();
  return canvas !== null;
}
