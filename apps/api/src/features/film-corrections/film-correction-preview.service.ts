import type {
  Case,
  DatabaseClient,
  Image,
  Patient,
  Study,
} from "@lung-iris/prisma";
import { assertCan, can } from "../../access/authorize.ts";
import {
  visibleFilmCorrections,
  visibleImages,
  visiblePatients,
  visibleStudies,
} from "../../access/scope.ts";
import type { Viewer } from "../../access/viewer.ts";
import { NotFoundError } from "../../errors.ts";
import { isUuid } from "../../platform/ids.ts";
import {
  countOthers,
  findCorrection,
  findFilm,
  type CorrectionRow,
} from "./film-correction.store.ts";
import { countExports, countMarks } from "./film-traces.store.ts";
import {
  changeBack,
  changesAnswer,
  isTurned,
  poseOf,
  wantedChange,
  type PoseChange,
  type WantedPose,
} from "./film-pose.ts";
import { ageIn, type WantedPlace } from "./wanted-place.ts";

/** What a correction of a film would change. */
export interface FilmCorrectionPreview {
  imageId: string;
  /** Other films that stay in the study that the film leaves; null: it stays. */
  filmsLeft: number | null;
  /** Signed cases among those that change. */
  signedCases: number;
  beingRead: number;
  /** Marks on the film, drafted or signed. */
  marks: number;
  labels: number;
  datasets: number;
  isAskedAgain: boolean;
  /** Signed cases are opened again; else their signers are told alone. */
  isReadAgain: boolean;
  isAllowed: boolean;
}

/** What the model is told of whose film it is. */
interface Basis {
  age: number | null;
  sex: Patient["sex"];
}

/** Looks ahead; changes nothing. */
export class FilmCorrectionPreviewService {
  readonly #client: DatabaseClient;

  constructor(client: DatabaseClient) {
    this.#client = client;
  }

  /** @throws NOT_FOUND where film or place is not there for the viewer. */
  async ofMove(
    viewer: Viewer,
    imageId: string,
    wanted: WantedPlace,
  ): Promise<FilmCorrectionPreview> {
    const film = await this.#film(viewer, imageId);
    const own = await this.#study(viewer, film.studyId);
    const before = { age: own.patientAgeYears, sex: own.patient.sex };
    const after = await this.#basisAt(viewer, own, wanted);
    return this.#ahead(viewer, film, {
      leaves: film.studyId,
      studyIds: [film.studyId, ...(wanted.studyId ? [wanted.studyId] : [])],
      isAskedAgain: isOther(before, after),
    });
  }

  /** @throws NOT_FOUND where the film is not there for the viewer. */
  async ofRemoval(
    viewer: Viewer,
    imageId: string,
  ): Promise<FilmCorrectionPreview> {
    const film = await this.#film(viewer, imageId);
    return this.#ahead(viewer, film, {
      leaves: film.studyId,
      studyIds: [film.studyId],
      isAskedAgain: false,
    });
  }

  /**
   * @throws NOT_FOUND where the film is not there for the viewer,
   *   BAD_USER_INPUT where nothing would change.
   */
  async ofTurn(
    viewer: Viewer,
    imageId: string,
    wanted: WantedPose,
  ): Promise<FilmCorrectionPreview> {
    const film = await this.#film(viewer, imageId);
    const own = await this.#study(viewer, film.studyId);
    const others = await countOthers(this.#client, film.studyId, film.id);
    const change = wantedChange(poseOf(film, own), wanted, others === 0);
    return this.#ahead(viewer, film, turnAhead(film, change));
  }

  /** @throws NOT_FOUND where the correction is not there for the viewer. */
  async ofUndo(viewer: Viewer, id: string): Promise<FilmCorrectionPreview> {
    assertCan(viewer, "film:correct");
    const correction = isUuid(id)
      ? await findCorrection(this.#client, visibleFilmCorrections(viewer), id)
      : null;
    if (correction === null) throw new NotFoundError("correction");
    const film = await this.#client.image.findUniqueOrThrow({
      where: { id: correction.imageId },
    });
    return this.#ahead(
      viewer,
      film,
      await this.#back(viewer, film, correction),
    );
  }

  async #back(
    viewer: Viewer,
    film: Image,
    correction: CorrectionRow,
  ): Promise<Changed> {
    const { kind, studyId } = correction;
    if (kind === "REMOVED")
      return { leaves: null, studyIds: [studyId], isAskedAgain: true };
    const own = await this.#study(viewer, film.studyId);
    if (kind === "TURNED")
      return turnAhead(film, changeBack(correction, poseOf(film, own)));
    const there = await this.#study(viewer, studyId);
    return {
      leaves: film.studyId,
      studyIds: [film.studyId, studyId],
      isAskedAgain: isOther(
        { age: own.patientAgeYears, sex: own.patient.sex },
        { age: there.patientAgeYears, sex: there.patient.sex },
      ),
    };
  }

  async #ahead(
    viewer: Viewer,
    film: Image,
    { leaves, studyIds, isAskedAgain, isReadAgain = true }: Changed,
  ): Promise<FilmCorrectionPreview> {
    const client = this.#client;
    const cases = await client.case.findMany({
      where: { studyId: { in: [...studyIds] } },
      select: { id: true, state: true },
    });
    const caseIds = cases.map(({ id }) => id);
    const [filmsLeft, marks, labels, datasets] = await Promise.all([
      leaves === null ? null : countOthers(client, leaves, film.id),
      countMarks(client, film.id, caseIds),
      client.caseLabel.count({
        where: { until: null, caseId: { in: caseIds } },
      }),
      countExports(client, film.id),
    ]);
    const signedCases = countIn(cases, "SIGNED");
    return {
      imageId: film.id,
      filmsLeft,
      signedCases,
      beingRead: countIn(cases, "READING"),
      marks,
      labels: isReadAgain ? labels : 0,
      datasets,
      // Of what stays signed the model is not asked.
      isAskedAgain: isAskedAgain && (isReadAgain || signedCases === 0),
      isReadAgain,
      isAllowed:
        signedCases === 0 || can(viewer, "study:edit-signed", film.siteId),
    };
  }

  async #basisAt(
    viewer: Viewer,
    own: Study,
    { studyId, patientId }: WantedPlace,
  ): Promise<Basis> {
    if (studyId != null) {
      const there = await this.#study(viewer, studyId);
      return { age: there.patientAgeYears, sex: there.patient.sex };
    }
    const patient = isUuid(patientId ?? "")
      ? await this.#client.patient.findFirst({
          where: { AND: [visiblePatients(viewer), { id: patientId ?? "" }] },
        })
      : null;
    if (patient === null) throw new NotFoundError("patient");
    return { age: ageIn(own, patient), sex: patient.sex };
  }

  async #film(viewer: Viewer, id: string): Promise<Image> {
    assertCan(viewer, "film:correct");
    const film = isUuid(id)
      ? await findFilm(this.#client, visibleImages(viewer), id)
      : null;
    if (film === null) throw new NotFoundError("film");
    return film;
  }

  async #study(viewer: Viewer, id: string) {
    const study = isUuid(id)
      ? await this.#client.study.findFirst({
          where: { AND: [visibleStudies(viewer), { id }] },
          include: { patient: true },
        })
      : null;
    if (study === null) throw new NotFoundError("study");
    return study;
  }
}

interface Changed {
  /** The study that the film leaves; null where it leaves none. */
  leaves: string | null;
  /** Studies whose cases change. */
  studyIds: readonly string[];
  isAskedAgain: boolean;
  /** False where signers are told and need not read again. */
  isReadAgain?: boolean;
}

function turnAhead({ studyId }: Image, change: PoseChange): Changed {
  return {
    leaves: null,
    studyIds: [studyId],
    isAskedAgain: changesAnswer(change),
    isReadAgain: isTurned(change),
  };
}

function countIn(cases: readonly Pick<Case, "state">[], wanted: Case["state"]) {
  return cases.filter(({ state }) => state === wanted).length;
}

function isOther(before: Basis, after: Basis): boolean {
  return before.age !== after.age || before.sex !== after.sex;
}
