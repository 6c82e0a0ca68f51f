import type { Case, DatabaseClient, Study } from "@lung-iris/prisma";
import { assertCan, can } from "../../access/authorize.ts";
import { visibleStudyCorrections } from "../../access/scope.ts";
import type { Viewer } from "../../access/viewer.ts";
import { NotFoundError } from "../../errors.ts";
import type { Clock } from "../../platform/clock.ts";
import { isUuid } from "../../platform/ids.ts";
import {
  recordedFacts,
  type PatientFacts,
} from "../patients/patient-records.ts";
import { keptFrom } from "../blindness/second-read.reads.ts";
import { planPatient } from "./corrected-patient.ts";
import { studyColumns } from "./corrected-study.ts";
import { countSigned, findCorrection, readState } from "./correction.store.ts";
import { askedAgain, filmsOfAll } from "./films-of-cases.ts";
import { detailsOf, saidOfPatient } from "./said-details.ts";
import {
  changesKnown,
  isOfIdentity,
  studyBack,
  type StudyState,
} from "./stored-correction.ts";
import { sexRestored } from "./study-correction.service.ts";
import { basisOf, studyToCorrect } from "./study-details.service.ts";
import type { StudyDetailsInput } from "./study.input.ts";
import { planUndo } from "./undo-plan.ts";

/** A patient as a correction has him, before or after it. */
export type PatientThen = Omit<PatientFacts, "names" | "issuer"> & {
  /** Of a record that is yet to be made: what it is copied from. */
  patientId: string;
};

/** Who signed a case that changes. */
interface SignedAhead {
  caseId: string;
  /** Null where the viewer may not know it before he has read the case. */
  signerName: string | null;
  signedAt: Date;
}

/** What correcting whose a study is would change. */
export interface StudyCorrectionPreview {
  studyId: string;
  before: PatientThen;
  after: PatientThen;
  /** False where only the study itself is corrected: no row is kept. */
  isIdentity: boolean;
  isOtherRecord: boolean;
  isNewRecord: boolean;
  /** Other studies of the record that the study leaves; null: it stays. */
  studiesLeft: number | null;
  /** Other cases that stand under another name or number by it. */
  otherCases: number;
  films: number;
  beingRead: number;
  signedCases: number;
  /** The newest of these, at most twenty. */
  signed: SignedAhead[];
  labels: number;
  datasets: number;
  filmsAskedAgain: number;
  isWithdrawnBefore: boolean;
  isWithdrawnAfter: boolean;
  needsReason: boolean;
  isAllowed: boolean;
}

/** The copies of patient and study on a case. */
type Copies = Pick<Case, "patientName" | "mrn"> & {
  /** Null of a record that is yet to be made. */
  patientId: string | null;
  accessionNumber: string | null;
};

/** What would be done, as far as its effects depend on it. */
interface Ahead {
  state: StudyState;
  was: PatientFacts;
  is: PatientFacts;
  /** The record that the study is of afterwards; null: one that is made. */
  toId: string | null;
  accessionNumber: string | null;
  /** A record that says something else afterwards. */
  changed: { id: string; facts: PatientFacts } | null;
  asked: Parameters<typeof filmsOfAll>[1];
  needsReason: boolean;
}

/** Who signed at most so many cases is named. */
const NAMED = 20;

/** Looks ahead; changes nothing. */
export class StudyCorrectionPreviewService {
  readonly #client: DatabaseClient;
  readonly #clock: Clock;

  constructor(client: DatabaseClient, clock: Clock) {
    this.#client = client;
    this.#clock = clock;
  }

  /** @throws what the correction itself would throw, but for a reason. */
  async ofUpdate(
    viewer: Viewer,
    input: StudyDetailsInput,
  ): Promise<StudyCorrectionPreview> {
    const client = this.#client;
    const { id, siteId } = await studyToCorrect(client, viewer, input);
    const now = this.#clock.now();
    const details = detailsOf(input, now);
    const state = await readState(client, id);
    const { patient, study } = state;
    const was = await recordedFacts(client, patient);
    const said = saidOfPatient(details, input);
    const plan = await planPatient(client, state, said);
    const is = plan.after;
    const site = await client.site.findUniqueOrThrow({ where: { id: siteId } });
    const columns = studyColumns(
      {
        study,
        patient: { birthDate: dateOf(is.birthDate) },
        siteZone: site.timeZone,
        today: now.toISOString().slice(0, 10),
      },
      details,
      input,
    );
    const after = studyWith(study, columns);
    const toId = plan.record?.id ?? null;
    return this.#look(viewer, {
      state,
      was,
      is,
      toId,
      accessionNumber: after.accessionNumber,
      changed:
        plan.record !== null && isOfIdentity(plan.before, is)
          ? { id: plan.record.id, facts: is }
          : null,
      asked: askedAgain(id, basisOf(state), {
        patientId: toId,
        sex: is.sex,
        ageYears: after.patientAgeYears,
      }),
      needsReason: changesKnown(was, is, toId !== patient.id),
    });
  }

  /**
   * @throws NOT_FOUND where the correction is not there for the viewer,
   *   what `planUndo` throws where it cannot be undone.
   */
  async ofUndo(viewer: Viewer, id: string): Promise<StudyCorrectionPreview> {
    assertCan(viewer, "study:edit");
    const client = this.#client;
    const found = isUuid(id)
      ? await findCorrection(client, visibleStudyCorrections(viewer), id)
      : null;
    if (found === null) throw new NotFoundError("correction");
    const state = await readState(client, found.studyId);
    const plan = await planUndo(client, found, state);
    const { back, backFacts, restored, stored } = plan;
    const after = studyWith(state.study, studyBack(stored, state.study));
    const asked = askedAgain(found.studyId, basisOf(state), {
      patientId: back.id,
      sex: backFacts.sex,
      ageYears: after.patientAgeYears,
    });
    return this.#look(viewer, {
      state,
      was: await recordedFacts(client, state.patient),
      is: backFacts,
      toId: back.id,
      accessionNumber: after.accessionNumber,
      changed:
        restored === null
          ? null
          : { id: restored.record.id, facts: restored.after },
      asked: [...asked, ...sexRestored(restored)],
      needsReason: true,
    });
  }

  async #look(viewer: Viewer, ahead: Ahead): Promise<StudyCorrectionPreview> {
    const client = this.#client;
    const { state, was, is, toId, changed } = ahead;
    const { study, patient } = state;
    const studyId = study.id;
    const isOtherRecord = toId !== patient.id;
    const isIdentity = isOtherRecord || isOfIdentity(was, is);
    const reached = await this.#casesReached(ahead);
    const signed = reached.filter((row) => row.state === "SIGNED");
    const [others, films, asked, labels, datasets, withdrawn, held] =
      await Promise.all([
        client.study.count({
          where: { patientId: patient.id, id: { not: studyId } },
        }),
        client.image.count({ where: { studyId, removedAt: null } }),
        filmsOfAll(client, ahead.asked),
        client.caseLabel.count({ where: { until: null, case: { studyId } } }),
        client.dataset.count({
          where: { members: { some: { case: { studyId } } } },
        }),
        client.learningWithdrawal.findMany({
          where: {
            liftedAt: null,
            patientId: { in: [patient.id, ...(toId === null ? [] : [toId])] },
          },
        }),
        countSigned(client, studyId, changed?.id ?? null),
      ]);
    const isWithdrawn = (id: string | null) =>
      withdrawn.some(({ patientId }) => patientId === id);
    return {
      studyId,
      before: patientThen(patient.id, was),
      after: patientThen(toId ?? patient.id, is),
      isIdentity,
      isOtherRecord,
      isNewRecord: toId === null,
      studiesLeft: isOtherRecord ? others : null,
      otherCases: reached.filter((row) => row.studyId !== studyId).length,
      films,
      beingRead: reached.filter((row) => row.state === "READING").length,
      signedCases: signed.length,
      signed: await this.#signers(
        viewer,
        signed.map(({ id }) => id),
      ),
      labels: isOtherRecord ? labels : 0,
      datasets: isOtherRecord ? datasets : 0,
      filmsAskedAgain: asked.length,
      isWithdrawnBefore: isWithdrawn(patient.id),
      isWithdrawnAfter: isWithdrawn(toId),
      needsReason: ahead.needsReason || signed.length > 0,
      isAllowed:
        !isIdentity ||
        held === 0 ||
        can(viewer, "study:edit-signed", study.siteId),
    };
  }

  /** Cases that stand under another name or number: as the commands have it. */
  async #casesReached({
    state: { study },
    toId,
    is,
    accessionNumber,
    changed,
  }: Ahead) {
    const own: Copies = {
      patientId: toId,
      patientName: is.name,
      mrn: is.mrn ?? "",
      accessionNumber,
    };
    const of = changed === null ? [] : [{ patientId: changed.id }];
    const rows = await this.#client.case.findMany({
      where: { OR: [{ studyId: study.id }, ...of] },
      select: {
        id: true,
        studyId: true,
        state: true,
        patientId: true,
        patientName: true,
        mrn: true,
        accessionNumber: true,
      },
    });
    return rows.filter((row) =>
      row.studyId === study.id
        ? COPIES.some((copy) => row[copy] !== own[copy])
        : row.patientName !== changed?.facts.name ||
          row.mrn !== (changed.facts.mrn ?? ""),
    );
  }

  async #signers(
    viewer: Viewer,
    caseIds: readonly string[],
  ): Promise<SignedAhead[]> {
    const client = this.#client;
    const newest = await client.readingVersion.findMany({
      where: { caseId: { in: [...caseIds] }, reading: { stage: "PRIMARY" } },
      orderBy: [{ caseId: "asc" }, { signedAt: "desc" }, { id: "desc" }],
      distinct: ["caseId"],
      select: { caseId: true, signedAt: true, readerId: true },
    });
    const named = newest
      .sort((a, b) => b.signedAt.getTime() - a.signedAt.getTime())
      .slice(0, NAMED);
    const kept = await keptFrom(
      client,
      viewer,
      named.map(({ caseId }) => caseId),
    );
    const users = await client.user.findMany({
      where: { id: { in: named.map(({ readerId }) => readerId) } },
      select: { id: true, name: true },
    });
    const names = new Map(users.map(({ id, name }) => [id, name]));
    return named.map(({ caseId, signedAt, readerId }) => ({
      caseId,
      signedAt,
      signerName: kept.has(caseId) ? null : (names.get(readerId) ?? null),
    }));
  }
}

const COPIES = [
  "patientId",
  "patientName",
  "mrn",
  "accessionNumber",
] as const satisfies readonly (keyof Copies)[];

/** A patient as facts have him. */
export function patientThen(
  patientId: string,
  { mrn, name, identityState, birthDate, sex }: PatientFacts,
): PatientThen {
  return { patientId, mrn, name, identityState, birthDate, sex };
}

/** The two columns of a study that its cases and the models depend on. */
function studyWith(
  { accessionNumber, patientAgeYears }: Study,
  columns: ReturnType<typeof studyColumns>,
) {
  // What is written here is plain values, never Prisma's operations.
  const { accessionNumber: number, patientAgeYears: age } = columns as Partial<
    Pick<Study, "accessionNumber" | "patientAgeYears">
  >;
  return {
    accessionNumber: number === undefined ? accessionNumber : number,
    patientAgeYears: age === undefined ? patientAgeYears : age,
  };
}

function dateOf(day: string | null): Date | null {
  return day === null ? null : new Date(day);
}
