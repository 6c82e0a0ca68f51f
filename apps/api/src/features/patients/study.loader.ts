import type { Image } from "@lung-iris/prisma";
import { BY_ID } from "../../access/scoped-rows.ts";
import type { By, ScopedRows } from "../../access/scoped-rows.ts";
import { rowsById, rowsByKey } from "../../platform/loader.ts";

/** The order in which films came in. */
export function oldestFilmFirst(a: Image, b: Image): number {
  return (
    a.createdAt.getTime() - b.createdAt.getTime() || (a.id < b.id ? -1 : 1)
  );
}

const FILMS_OF_STUDY: By<Image> = {
  column: "studyId",
  compare: oldestFilmFirst,
};

export function studyLoaders(rows: ScopedRows) {
  return {
    studies: rowsById((ids) => rows.read("Study", BY_ID, ids)),
    /** In the order in which the films came in. */
    imagesOfStudy: rowsByKey(
      (studyIds) => rows.read("Image", FILMS_OF_STUDY, studyIds),
      ({ studyId }) => studyId,
    ),
  };
}
