import type {
  Case,
  Patient,
  Prisma,
  Reading,
  ReadingVersion,
  Study,
  Tx,
} from "@lung-iris/prisma";
import type {
  ReadingStep,
  Transition,
  TransitionColumns,
} from "../case-machine/case.transition.ts";
import { gradeOf } from "../users/grade.reads.ts";
import type { SignerNotice } from "../case-rows/signer-notice.ts";

/**
 * The only writer of `Case`, `Reading` and `ReadingVersion`: the lint rule
 * `one-writer` fails the build for any other. Everything here runs in the
 * caller's transaction, which holds the lock of the case.
 */

/** Columns that a change may write beside the machine's own. */
export type CaseChange = Omit<
  TransitionColumns,
  "assessment" | "notAssessedReason"
> &
  Partial<
    Pick<
      Case,
      | "notAssessedReason"
      | "assessment"
      | "urgency"
      | "urgencyReasons"
      | "probability"
      | "threshold"
      | "shownPredictionId"
      | "policyVersion"
      | "patientId"
      | "patientName"
      | "mrn"
      | "accessionNumber"
    >
  >;

/** The copies of patient and study that the worklist sorts and searches. */
export function caseCopies(patient: Patient, study: Study) {
  return {
    patientId: patient.id,
    patientName: patient.name,
    // A patient without a number is found by the name.
    mrn: patient.mrn ?? "",
    accessionNumber: study.accessionNumber,
  };
}

/** A new case; null where the study has one already. */
export async function insertCase(
  tx: Tx,
  data: {
    id: string;
    patient: Patient;
    study: Study;
    urgency: Case["urgency"];
    urgencyReasons: string[];
    isControl: boolean;
    policyVersion: number;
    arrivedAt: Date;
  },
): Promise<Case | null> {
  const { patient, study, ...own } = data;
  const [made] = await tx.case.createManyAndReturn({
    data: {
      ...own,
      siteId: study.siteId,
      studyId: study.id,
      ...caseCopies(patient, study),
      // Made by the trigger `case_worklist_columns`.
      searchText: "",
    },
    skipDuplicates: true,
  });
  return made ?? null;
}

/** Writes a change, with the next version where it raises one. */
export async function updateCase(
  tx: Tx,
  id: string,
  change: CaseChange,
  raisesVersion: boolean,
): Promise<Case> {
  const after = await tx.case.update({
    where: { id },
    data: {
      ...change,
      ...(raisesVersion ? { version: { increment: 1 } } : {}),
    },
  });
  if (change.state !== undefined) await endGivenDrafts(tx, after);
  return after;
}

/** What a step may note on the reader's own reading. */
export type ReadingChange = Partial<
  Pick<
    Prisma.ReadingUncheckedUpdateInput,
    | "opinion"
    | "opinionAt"
    | "opinionIsBlind"
    | "revealedAt"
    | "revealedPredictionId"
    | "firstShownAt"
    | "draft"
    | "draftSavedAt"
    | "draftGivenToId"
    | "draftGivenAt"
    | "draftAnsweredById"
  >
>;

/**
 * Applies a step of the machine to the readings of a case. Returns the
 * reader's own reading before and after, where the step concerns one.
 */
export async function stepReading(
  tx: Tx,
  { reading: step, stage }: Pick<Transition, "reading" | "stage">,
  of: {
    row: Pick<Case, "id" | "siteId">;
    readerId: string | null;
    newId: string;
    now: Date;
    leaseExpiresAt: Date | null;
    change: ReadingChange;
  },
): Promise<{ before: Reading | null; after: Reading | null }> {
  if (step === "none") return { before: null, after: null };
  const held = await tx.reading.findFirst({
    where: { caseId: of.row.id, state: "OPEN" },
  });
  if (step === "end") {
    return { before: held, after: await endReading(tx, held, of.now) };
  }
  if (step === "hand-over") await endReading(tx, held, of.now);
  const { readerId } = of;
  if (readerId === null) throw new Error(`nobody to ${step} a reading`);
  if (step === "note") {
    const before = await findUnsigned(tx, of.row.id, readerId, stage);
    if (before === null) throw new Error("no reading to note anything on");
    const { id } = before;
    const data = of.change;
    return { before, after: await tx.reading.update({ where: { id }, data }) };
  }
  const before =
    held?.readerId === readerId
      ? held
      : await findUnsigned(tx, of.row.id, readerId, stage);
  const state = stateAfter(step);
  const lease = {
    state,
    leaseExpiresAt: state === "OPEN" ? of.leaseExpiresAt : null,
    endedAt: state === "OPEN" ? null : of.now,
  };
  const data = { ...lease, ...of.change };
  const after =
    before === null
      ? await tx.reading.create({
          data: {
            ...asCreate(data),
            id: of.newId,
            siteId: of.row.siteId,
            caseId: of.row.id,
            readerId,
            stage,
            startedAt: of.now,
          },
        })
      : await tx.reading.update({ where: { id: before.id }, data });
  return { before, after };
}

function stateAfter(
  step: Exclude<ReadingStep, "none" | "end" | "note">,
): Reading["state"] {
  if (step === "sign") return "SIGNED";
  return step === "look" ? "ENDED" : "OPEN";
}

/** Update and create take the same plain values here, never operations. */
function asCreate(data: ReadingChange & Pick<Reading, "state">) {
  return data as Omit<
    Prisma.ReadingUncheckedCreateInput,
    "siteId" | "caseId" | "readerId" | "startedAt"
  >;
}

function endReading(
  tx: Tx,
  held: Reading | null,
  now: Date,
): Promise<Reading> | null {
  if (held === null) return null;
  return tx.reading.update({
    where: { id: held.id },
    data: { state: "ENDED", leaseExpiresAt: null, endedAt: now },
  });
}

/** A draft stays given only while nobody else holds the case, and unsigned. */
async function endGivenDrafts(tx: Tx, row: Case): Promise<void> {
  if (row.state === "WAITING") return;
  await tx.reading.updateMany({
    // Nobody holds what is signed: then it is every one that was given.
    where: { caseId: row.id, draftGivenToId: { not: row.claimedById } },
    data: { draftGivenToId: null, draftGivenAt: null },
  });
}

/** The reader's reading of the case at a stage that is not signed, or null. */
export function findUnsigned(
  tx: Tx,
  caseId: string,
  readerId: string,
  stage: Reading["stage"],
): Promise<Reading | null> {
  return tx.reading.findFirst({
    where: { caseId, readerId, stage, state: { not: "SIGNED" } },
  });
}

/**
 * Adds what was signed as the next version of a reading, with the grade that
 * its reader has now.
 */
export async function insertVersion(
  tx: Tx,
  data: Omit<Prisma.ReadingVersionUncheckedCreateInput, "readerGrade">,
): Promise<ReadingVersion> {
  const readerGrade = await gradeOf(tx, data.readerId);
  return tx.readingVersion.create({ data: { ...data, readerGrade } });
}

/** Notes on a signed reading what its signer is to be told. */
export async function noteForSigner(
  tx: Tx,
  readingId: string,
  notice: SignerNotice,
  at: Date,
): Promise<void> {
  await tx.reading.update({
    where: { id: readingId },
    data: { notice, noticeAt: at },
  });
}

/** Takes the notice away once the signer has seen it; how many. */
export async function clearNotices(
  tx: Tx,
  caseId: string,
  readerId: string,
): Promise<number> {
  const { count } = await tx.reading.updateMany({
    where: { caseId, readerId, notice: { not: null } },
    data: { notice: null, noticeAt: null },
  });
  return count;
}
