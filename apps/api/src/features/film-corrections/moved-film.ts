import type { Case, Image, Patient, Study, Tx } from "@lung-iris/prisma";
import { assertCan } from "../../access/authorize.ts";
import type { UserViewer } from "../../access/viewer.ts";
import type { RecordEvent } from "../../audit/audit-log.ts";
import { ConflictError } from "../../errors.ts";
import type { AssignArrival } from "../assignment/assign-by-rules.ts";
import type { CaseFilmCommands } from "../cases/case-film.commands.ts";
import type { CaseCommands } from "../cases/case.commands.ts";
import { lockCasesOfStudies } from "../case-rows/case.locks.ts";
import type { PlaceAnew } from "../corrections/study-details.service.ts";
import type { EnterCase } from "../policies/case-entry.ts";
import { askModels } from "../predictions/ask-models.ts";
import { countOthers, putFilm, setRemoved } from "./film-correction.store.ts";

/** What films come and go by. */
export interface FilmDeps {
  commands: CaseCommands;
  filmCommands: CaseFilmCommands;
  enter: EnterCase;
  assignArrival: AssignArrival;
  placeAnew: PlaceAnew;
}

/** Study and patient that a film comes to. */
export interface Place {
  study: Study;
  patient: Patient;
}

/**
 * Holds the cases of some studies, by study; every correction of a film holds
 * the case of its study, so that of two at once the second sees the first.
 *
 * @throws FORBIDDEN where one is signed and the viewer may not say whose a
 *   signed film is.
 */
export async function holdCases(
  tx: Tx,
  viewer: UserViewer,
  studyIds: readonly string[],
): Promise<Map<string, Case>> {
  const rows = await lockCasesOfStudies(tx, studyIds);
  for (const { state, siteId } of rows)
    if (state === "SIGNED")
      assertCan(viewer, "study:edit-signed", { what: "film", siteId });
  return new Map(rows.map((row) => [row.studyId, row]));
}

/** @throws CONFLICT where the film is no longer where it was. */
export function assertStillIn(film: Image | null, studyId: string): Image {
  if (film?.studyId === studyId && film.removedAt === null) return film;
  throw new ConflictError(
    "CONFLICT",
    "Somebody else has moved or removed this film meanwhile.",
  );
}

/**
 * Takes a film out of its study and puts it into another, the cases of both
 * following; the models are asked about it as of the study that it is in now.
 */
export async function moveFilm(
  deps: FilmDeps,
  tx: Tx,
  record: RecordEvent,
  move: {
    viewer: UserViewer;
    film: Image;
    from: Case;
    to: Place;
    reason: string;
    newSeriesId: string;
  },
): Promise<{ film: Image; toCase: Case }> {
  const { viewer, from, to, reason } = move;
  const { studyId, id: imageId } = move.film;
  const isLast = (await countOthers(tx, studyId, imageId)) === 0;
  const film = await putFilm(tx, move.film, to.study.id, move.newSeriesId);
  const left = await deps.filmCommands.loseFilm(tx, record, from, {
    imageId,
    cause: "moved",
    isLast,
    reason,
  });
  const toCase = await bringFilm(deps, tx, record, film, to, viewer);
  if (left.state !== "EMPTY") await deps.placeAnew(tx, record, left);
  return { film, toCase };
}

/** Takes a film out of sight; its row, bytes and predictions stay. */
export async function hideFilm(
  deps: FilmDeps,
  tx: Tx,
  record: RecordEvent,
  {
    film,
    from,
    reason,
    now,
  }: {
    film: Image;
    from: Case;
    reason: string;
    now: Date;
  },
): Promise<void> {
  const isLast = (await countOthers(tx, film.studyId, film.id)) === 0;
  await setRemoved(tx, film.id, now);
  const left = await deps.filmCommands.loseFilm(tx, record, from, {
    imageId: film.id,
    cause: "removed",
    isLast,
    reason,
  });
  if (left.state !== "EMPTY") await deps.placeAnew(tx, record, left);
}

/** A film that is in its study now: the case takes it in as one that came. */
export async function bringFilm(
  deps: FilmDeps,
  tx: Tx,
  record: RecordEvent,
  { id: imageId, siteId }: Image,
  { study, patient }: Place,
  viewer: UserViewer,
): Promise<Case> {
  const entry = await deps.enter(tx, { siteId, studyId: study.id });
  const arrival = { patient, study, notes: [], imageId, entry };
  const { row, before } = await deps.commands.arrive(tx, record, arrival);
  if (before === null) await deps.assignArrival(tx, record, row);
  const { requestId } = viewer.origin;
  await askModels(tx, siteId, [imageId], "corrected", requestId);
  const placed = await tx.case.findUniqueOrThrow({ where: { id: row.id } });
  await deps.placeAnew(tx, record, placed);
  return placed;
}
