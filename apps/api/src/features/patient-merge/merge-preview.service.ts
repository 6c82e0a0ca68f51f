import type {
  DatabaseClient,
  Patient,
  PatientMerge,
  Study,
} from "@lung-iris/prisma";
import { assertCan, can } from "../../access/authorize.ts";
import { visiblePatientMerges, visiblePatients } from "../../access/scope.ts";
import type { Viewer } from "../../access/viewer.ts";
import { NotFoundError } from "../../errors.ts";
import { isUuid } from "../../platform/ids.ts";
import { personOf } from "../intake/arriving-patient.ts";
import {
  identityConflicts,
  type IdentityConflict,
} from "../film-identity/identity-conflicts.rules.ts";
import { findMerge, studiesSince } from "./merge.store.ts";

/** What a merge would change. */
export interface MergePreview {
  survivorId: string;
  mergedId: string;
  /** In what the two records contradict each other. */
  conflicts: IdentityConflict[];
  /** Of the merged record: what goes over. */
  studies: number;
  films: number;
  openCases: number;
  beingRead: number;
  signedCases: number;
  labels: number;
  /** Exports that hold films of the merged record. */
  datasets: number;
  isSurvivorWithdrawn: boolean;
  isMergedWithdrawn: boolean;
  /** Films whose assessment relied on another sex. */
  filmsAskedAgain: number;
  /** Whether the viewer may do it: signed cases need another right. */
  isAllowed: boolean;
}

/** What undoing a merge would change. */
export interface UndoPreview {
  merge: PatientMerge;
  /** Studies of the merge that are still the survivor's. */
  studies: number;
  /** Studies of the merge that were handed to somebody else since. */
  studiesGone: number;
  signedCases: number;
  /** Studies that came since: of each it is asked whose it is. */
  since: Study[];
  isAllowed: boolean;
}

/** Looks ahead; changes nothing. */
export class MergePreviewService {
  readonly #client: DatabaseClient;

  constructor(client: DatabaseClient) {
    this.#client = client;
  }

  /** @throws NOT_FOUND where one of the two is not there for the viewer. */
  async ofMerge(
    viewer: Viewer,
    survivorId: string,
    mergedId: string,
  ): Promise<MergePreview> {
    assertCan(viewer, "patient:merge");
    const survivor = await this.#patient(viewer, survivorId);
    const merged = await this.#patient(viewer, mergedId);
    const client = this.#client;
    const patientId = merged.id;
    const ofCase = { case: { patientId } };
    const [studies, films, openFilms, cases, labels, datasets, withdrawn] =
      await Promise.all([
        client.study.count({ where: { patientId } }),
        client.image.count({
          where: { removedAt: null, study: { patientId } },
        }),
        client.image.count({
          where: {
            removedAt: null,
            study: { patientId, case: { state: { not: "SIGNED" } } },
          },
        }),
        this.#byState({ patientId }),
        client.caseLabel.count({ where: { until: null, ...ofCase } }),
        client.dataset.count({ where: { members: { some: ofCase } } }),
        client.learningWithdrawal.findMany({
          where: {
            liftedAt: null,
            patientId: { in: [survivor.id, patientId] },
          },
        }),
      ]);
    const isWithdrawn = (id: string) =>
      withdrawn.some((row) => row.patientId === id);
    return {
      survivorId: survivor.id,
      mergedId: patientId,
      conflicts: identityConflicts(personOf(survivor), personOf(merged)),
      studies,
      films,
      openCases: cases.WAITING + cases.READING,
      beingRead: cases.READING,
      signedCases: cases.SIGNED,
      labels,
      datasets,
      isSurvivorWithdrawn: isWithdrawn(survivor.id),
      isMergedWithdrawn: isWithdrawn(patientId),
      filmsAskedAgain: survivor.sex === merged.sex ? 0 : openFilms,
      isAllowed: mayMove(viewer, survivor.siteId, cases.SIGNED),
    };
  }

  /** @throws NOT_FOUND where the merge is not there for the viewer. */
  async ofUndo(viewer: Viewer, id: string): Promise<UndoPreview> {
    assertCan(viewer, "patient:merge");
    const merge = isUuid(id)
      ? await findMerge(this.#client, visiblePatientMerges(viewer), id)
      : null;
    if (merge === null) throw new NotFoundError("merge");
    const back = { id: { in: merge.studyIds }, patientId: merge.survivorId };
    const studies = await this.#client.study.count({ where: back });
    const cases = await this.#byState({ study: back });
    return {
      merge,
      studies,
      studiesGone: merge.studyIds.length - studies,
      signedCases: cases.SIGNED,
      since: await studiesSince(this.#client, merge),
      isAllowed: mayMove(viewer, merge.siteId, cases.SIGNED),
    };
  }

  async #patient(viewer: Viewer, id: string): Promise<Patient> {
    const patient = isUuid(id)
      ? await this.#client.patient.findFirst({
          where: { AND: [visiblePatients(viewer), { id }] },
        })
      : null;
    if (patient === null) throw new NotFoundError("patient");
    return patient;
  }

  async #byState(
    where: NonNullable<
      Parameters<DatabaseClient["case"]["count"]>[0]
    >["where"] &
      object,
  ) {
    const groups = await this.#client.case.groupBy({
      by: ["state"],
      where,
      _count: true,
    });
    const count = (wanted: string) =>
      groups.find(({ state }) => state === wanted)?._count ?? 0;
    return {
      WAITING: count("WAITING"),
      READING: count("READING"),
      SIGNED: count("SIGNED"),
    };
  }
}

function mayMove(viewer: Viewer, siteId: string, signed: number): boolean {
  return signed === 0 || can(viewer, "study:edit-signed", siteId);
}
