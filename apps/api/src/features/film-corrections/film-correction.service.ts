import type { Case, DatabaseClient, Image, Tx } from "@lung-iris/prisma";
import { assertCan, assertUserCan } from "../../access/authorize.ts";
import { visibleFilmCorrections, visibleImages } from "../../access/scope.ts";
import type { UserViewer, Viewer } from "../../access/viewer.ts";
import type { AuditLog, RecordEvent } from "../../audit/audit-log.ts";
import { ConflictError, NotFoundError } from "../../errors.ts";
import type { Clock } from "../../platform/clock.ts";
import { isUuid, newId } from "../../platform/ids.ts";
import { requiredReason } from "../../platform/required-reason.ts";
import { dropKeptText } from "../kept-texts/drop-kept-text.ts";
import {
  movedEvents,
  removedEvent,
  turnedEvent,
} from "./film-correction.events.ts";
import {
  closeCorrection,
  countOthers,
  findCorrection,
  findFilm,
  insertCorrection,
  newestStanding,
  setRemoved,
  type CorrectionRow,
} from "./film-correction.store.ts";
import {
  assertStillIn,
  bringFilm,
  hideFilm,
  holdCases,
  moveFilm,
  type FilmDeps,
} from "./moved-film.ts";
import {
  changeBack,
  poseOf,
  wantedChange,
  type WantedPose,
} from "./film-pose.ts";
import { turnFilm } from "./turned-film.ts";
import { placeOf, type WantedPlace } from "./wanted-place.ts";

export type { CorrectionRow } from "./film-correction.store.ts";

export interface FilmCorrectionDeps extends FilmDeps {
  client: DatabaseClient;
  audit: AuditLog;
  clock: Clock;
}

/** What of films people put right: their study, how they lie, whether they belong here. */
export class FilmCorrectionService {
  readonly #deps: FilmCorrectionDeps;

  constructor(deps: FilmCorrectionDeps) {
    this.#deps = deps;
  }

  /**
   * The film is of another study of the site, of the same patient or another,
   * or of one that is made for it. The cases of both follow: what was signed
   * of either is read again by who signed it, and he is told.
   *
   * @throws CONFLICT where the film has gone elsewhere meanwhile, FORBIDDEN
   *   for a signed case without the right to say whose it is.
   */
  move(
    viewer: Viewer,
    imageId: string,
    wanted: WantedPlace,
    why: string,
  ): Promise<CorrectionRow> {
    assertUserCan(viewer, "film:correct");
    const reason = requiredReason(why);
    const { audit, clock } = this.#deps;
    return audit.changeAndRecord(viewer, async (tx, record) => {
      const seen = await this.#film(tx, viewer, imageId);
      const now = clock.now();
      const to = await placeOf(tx, viewer, seen, wanted, now);
      const held = await holdCases(tx, viewer, [seen.studyId, to.study.id]);
      const film = assertStillIn(await freshFilm(tx, seen), seen.studyId);
      const from = caseOf(held, film.studyId);
      const moved = await moveFilm(this.#deps, tx, record, {
        viewer,
        film,
        from,
        to,
        reason,
        newSeriesId: newId(now),
      });
      const correction = await insertCorrection(tx, {
        ...this.#made(viewer, film, reason, now),
        kind: "MOVED",
        toStudyId: to.study.id,
      });
      await dropKeptText(tx, viewer, "FILM_MOVE", film.id);
      const cases = { from, to: moved.toCase };
      const said = { correction, reason, isUndo: false };
      movedEvents(film, cases, said).forEach(record);
      return correction;
    });
  }

  /**
   * The film should not be here: it leaves every list, count and export at
   * once, and is kept for the trail.
   *
   * @throws as `move`.
   */
  remove(viewer: Viewer, imageId: string, why: string): Promise<CorrectionRow> {
    assertUserCan(viewer, "film:correct");
    const reason = requiredReason(why);
    const { audit, clock } = this.#deps;
    return audit.changeAndRecord(viewer, async (tx, record) => {
      const seen = await this.#film(tx, viewer, imageId);
      const held = await holdCases(tx, viewer, [seen.studyId]);
      const film = assertStillIn(await freshFilm(tx, seen), seen.studyId);
      const from = caseOf(held, film.studyId);
      const now = clock.now();
      const hidden = { film, from, reason, now };
      await hideFilm(this.#deps, tx, record, hidden);
      const correction = await insertCorrection(tx, {
        ...this.#made(viewer, film, reason, now),
        kind: "REMOVED",
      });
      await dropKeptText(tx, viewer, "FILM_REMOVAL", film.id);
      record(removedEvent(film, from, { correction, reason, isUndo: false }));
      return correction;
    });
  }

  /**
   * The film lies otherwise than its file has it, or is another view. Its
   * pixels, marks and predictions stay as they are; whoever shows or reads
   * it lays it so.
   *
   * @throws BAD_USER_INPUT where nothing changes; else as `move`.
   */
  turn(
    viewer: Viewer,
    imageId: string,
    wanted: WantedPose,
    why: string,
  ): Promise<CorrectionRow> {
    assertUserCan(viewer, "film:correct");
    const reason = requiredReason(why);
    const { audit, clock } = this.#deps;
    return audit.changeAndRecord(viewer, async (tx, record) => {
      const seen = await this.#film(tx, viewer, imageId);
      const held = await holdCases(tx, viewer, [seen.studyId]);
      const film = assertStillIn(await freshFilm(tx, seen), seen.studyId);
      const from = caseOf(held, film.studyId);
      const isOnly = (await countOthers(tx, film.studyId, film.id)) === 0;
      const change = wantedChange(await poseNow(tx, film), wanted, isOnly);
      const turned = { viewer, film, from, change, reason };
      await turnFilm(this.#deps, tx, record, turned);
      const correction = await insertCorrection(tx, {
        ...this.#made(viewer, film, reason, clock.now()),
        kind: "TURNED",
        ...change,
      });
      const said = { correction, reason, isUndo: false };
      await dropKeptText(tx, viewer, "FILM_TURN", film.id);
      record(turnedEvent(film, from, change, said));
      return correction;
    });
  }

  /**
   * As it was before the correction.
   *
   * @throws CONFLICT where it is undone already, or a later correction of the
   *   film stands and is to be undone first.
   */
  undo(viewer: Viewer, id: string, why: string): Promise<CorrectionRow> {
    assertUserCan(viewer, "film:correct");
    const reason = requiredReason(why);
    const { audit, clock } = this.#deps;
    return audit.changeAndRecord(viewer, async (tx, record) => {
      const found = await this.#correction(tx, viewer, id);
      const { studyId, toStudyId } = found;
      const held = await holdCases(tx, viewer, [
        studyId,
        ...(toStudyId === null ? [] : [toStudyId]),
      ]);
      const correction = await this.#correction(tx, viewer, id);
      const film = await tx.image.findUniqueOrThrow({
        where: { id: correction.imageId },
      });
      await assertMayUndo(tx, correction, film);
      const said = { correction, reason, isUndo: true };
      await this.#takeBack(tx, record, viewer, { film, held }, said);
      await dropKeptText(tx, viewer, "FILM_UNDO", correction.id);
      return closeCorrection(tx, id, {
        undoneAt: clock.now(),
        undoneById: viewer.userId,
        undoneByName: viewer.name,
        undoReason: reason,
      });
    });
  }

  async #takeBack(
    tx: Tx,
    record: RecordEvent,
    viewer: UserViewer,
    { film, held }: { film: Image; held: ReadonlyMap<string, Case> },
    said: { correction: CorrectionRow; reason: string; isUndo: boolean },
  ): Promise<void> {
    const { correction, reason } = said;
    const row = caseOf(held, film.studyId);
    switch (correction.kind) {
      case "MOVED": {
        const to = await placeOfStudy(tx, correction.studyId);
        const newSeriesId = newId(this.#deps.clock.now());
        const move = { viewer, film, from: row, to, reason, newSeriesId };
        const { toCase } = await moveFilm(this.#deps, tx, record, move);
        movedEvents(film, { from: row, to: toCase }, said).forEach(record);
        return;
      }
      case "REMOVED": {
        const back = await setRemoved(tx, film.id, null);
        const to = await placeOfStudy(tx, film.studyId);
        await bringFilm(this.#deps, tx, record, back, to, viewer);
        record(removedEvent(film, row, said));
        return;
      }
      case "TURNED": {
        const change = changeBack(correction, await poseNow(tx, film));
        const back = { viewer, film, from: row, change, reason };
        await turnFilm(this.#deps, tx, record, back);
        record(turnedEvent(film, row, change, said));
        return;
      }
    }
  }

  #made(viewer: UserViewer, film: Image, reason: string, now: Date) {
    return {
      id: newId(now),
      siteId: film.siteId,
      imageId: film.id,
      studyId: film.studyId,
      reason,
      byId: viewer.userId,
      byName: viewer.name,
      correctedAt: now,
    };
  }

  async #film(tx: Tx, viewer: UserViewer, id: string): Promise<Image> {
    const film = isUuid(id)
      ? await findFilm(tx, visibleImages(viewer), id)
      : null;
    if (film === null) throw new NotFoundError("film");
    const { siteId } = film;
    assertCan(viewer, "film:correct", { what: "film", siteId });
    return film;
  }

  async #correction(
    tx: Tx,
    viewer: UserViewer,
    id: string,
  ): Promise<CorrectionRow> {
    const found = isUuid(id)
      ? await findCorrection(tx, visibleFilmCorrections(viewer), id)
      : null;
    if (found === null) throw new NotFoundError("correction");
    const { siteId } = found;
    assertCan(viewer, "film:correct", { what: "correction", siteId });
    return found;
  }
}

function freshFilm(tx: Tx, { id }: Image): Promise<Image | null> {
  return tx.image.findUnique({ where: { id } });
}

async function poseNow(tx: Tx, film: Image) {
  const study = await tx.study.findUniqueOrThrow({
    where: { id: film.studyId },
    select: { viewPosition: true },
  });
  return poseOf(film, study);
}

function caseOf(held: ReadonlyMap<string, Case>, studyId: string): Case {
  const row = held.get(studyId);
  if (row === undefined) throw new Error("a film of a study without a case");
  return row;
}

async function placeOfStudy(tx: Tx, id: string) {
  const { patient, ...study } = await tx.study.findUniqueOrThrow({
    where: { id },
    include: { patient: true },
  });
  return { study, patient };
}

async function assertMayUndo(
  tx: Tx,
  correction: CorrectionRow,
  film: Image,
): Promise<void> {
  const { id, imageId, undoneAt, studyId, toStudyId } = correction;
  if (undoneAt !== null)
    throw new ConflictError("CONFLICT", "This correction is undone already.");
  const isThere = film.studyId === (toStudyId ?? studyId);
  if (!isThere || !(await newestStanding(tx, [imageId])).has(id))
    throw new ConflictError(
      "CONFLICT",
      "Something else of this film was corrected since: undo that first.",
    );
}
