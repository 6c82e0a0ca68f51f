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
} from "./case.transition.ts";
import type { SignerNotice } from "./signer-notice.ts";

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

/**
 * Reads the case and holds it until the transaction ends, so that of two
 * who claim or sign at once the second sees what the first did.
 */
export async function lockCase(
  tx: Tx,
  scope: Prisma.CaseWhereInput,
  id: string,
): Promise<Case | null> {
  await tx.$queryRaw`SELECT 1 FROM "Case" WHERE "id" = ${id}::uuid FOR UPDATE`;
  return tx.case.findFirst({ where: { AND: [scope, { id }] } });
}

/**
 * The first of some cases, in the order given, that nobody reads and that no
 * other reader was given. Those that somebody else is just claiming are
 * skipped, so that of readers who ask at once each gets another.
 */
export async function lockFirstFree(
  tx: Tx,
  ids: readonly string[],
  readerId: string,
): Promise<Case | null> {
  const [free] = await tx.$queryRaw<{ id: string }[]>`
    SELECT c."id"::text AS "id"
    FROM unnest(${[...ids]}::uuid[]) WITH ORDINALITY o("id", "place")
    JOIN "Case" c ON c."id" = o."id"
    WHERE c."state" = 'WAITING'
      AND (c."assigneeId" IS NULL OR c."assigneeId" = ${readerId}::uuid)
    ORDER BY o."place" LIMIT 1
    FOR UPDATE OF c SKIP LOCKED`;
  return free === undefined
    ? null
    : tx.case.findUniqueOrThrow({ where: { id: free.id } });
}

/** The same by the study, for those who work for no viewer. */
export async function lockCaseOfStudy(tx: Tx, studyId: string): Promise<Case> {
  await tx.$queryRaw`SELECT 1 FROM "Case" WHERE "studyId" = ${studyId}::uuid FOR UPDATE`;
  return tx.case.findUniqueOrThrow({ where: { studyId } });
}

/** The cases of a patient, locked in the order of their ids. */
export async function lockCasesOfPatient(
  tx: Tx,
  patientId: string,
): Promise<Case[]> {
  await tx.$queryRaw`SELECT 1 FROM "Case" WHERE "patientId" = ${patientId}::uuid
    ORDER BY "id" FOR UPDATE`;
  return tx.case.findMany({ where: { patientId }, orderBy: { id: "asc" } });
}

/**
 * Signed cases of a study's patient whose reader waits for another film, other
 * than the study's own, locked in the order of their ids. Left out are those
 * whose film was taken after the study's: that brings an older one.
 */
export async function lockRetakesOfPatient(
  tx: Tx,
  study: Pick<Study, "id" | "patientId">,
): Promise<Case[]> {
  const ids = await tx.$queryRaw<{ id: string }[]>`
    SELECT c."id"::text AS "id"
    FROM "Case" c
    JOIN "Study" asked ON asked."id" = c."studyId"
    JOIN "Study" came ON came."id" = ${study.id}::uuid
    WHERE c."patientId" = ${study.patientId}::uuid
      AND c."retakeAskedAt" IS NOT NULL AND c."retakeDoneAt" IS NULL
      AND c."state" = 'SIGNED' AND c."studyId" <> came."id"
      AND (asked."studyDate" IS NULL OR came."studyDate" IS NULL
        OR came."studyDate" > asked."studyDate"
        OR (came."studyDate" = asked."studyDate" AND
          coalesce(came."studyTime" >= asked."studyTime", true)))
    ORDER BY c."id" FOR UPDATE OF c`;
  return casesInOrder(tx, ids);
}

/** Cases whose lease ran out, of a first or a further reading, oldest first, skipping those in use. */
export function lockExpiredClaims(
  tx: Tx,
  now: Date,
  limit: number,
): Promise<{ id: string }[]> {
  return tx.$queryRaw`
    SELECT "id"::text AS "id" FROM "Case"
    WHERE ("claimExpiresAt" <= ${now} AND "state" = 'READING')
      OR "secondReadUntil" <= ${now}
    ORDER BY coalesce("claimExpiresAt", "secondReadUntil") LIMIT ${limit}
    FOR UPDATE SKIP LOCKED`;
}

/** Cases that wait too long: per class, those that came in by a time. */
export interface Overdue {
  siteId: string;
  overdue: readonly { urgency: Case["urgency"]; arrivedBy: Date }[];
  /** Those that have this reason already are left out. */
  unless: string;
  limit: number;
}

/** Overdue cases of a site, the oldest of each class first, locked. */
export async function lockOverdueCases(
  tx: Tx,
  { siteId, overdue, unless, limit }: Overdue,
): Promise<Case[]> {
  const found: Case[] = [];
  for (const { urgency, arrivedBy } of overdue) {
    const left = limit - found.length;
    if (left === 0) break;
    const ids = await tx.$queryRaw<{ id: string }[]>`
      SELECT "id"::text AS "id" FROM "Case"
      WHERE "siteId" = ${siteId}::uuid AND "state" = 'WAITING'
        AND "urgency" = ${urgency}::"Urgency" AND "arrivedAt" <= ${arrivedBy}
        AND NOT (${unless} = ANY ("urgencyReasons"))
      ORDER BY "arrivedAt", "id" LIMIT ${left}
      FOR UPDATE SKIP LOCKED`;
    found.push(...(await casesInOrder(tx, ids)));
  }
  return found;
}

/** Open cases of a site that an earlier policy placed, locked. */
export async function lockPlacedBefore(
  tx: Tx,
  siteId: string,
  version: number,
  limit: number,
): Promise<Case[]> {
  const ids = await tx.$queryRaw<{ id: string }[]>`
    SELECT "id"::text AS "id" FROM "Case"
    WHERE "siteId" = ${siteId}::uuid AND "state" <> 'SIGNED'
      AND "policyVersion" < ${version}
    ORDER BY "policyVersion", "id" LIMIT ${limit}
    FOR UPDATE`;
  return casesInOrder(tx, ids);
}

async function casesInOrder(
  tx: Tx,
  ids: readonly { id: string }[],
): Promise<Case[]> {
  if (ids.length === 0) return [];
  const rows = await tx.case.findMany({
    where: { id: { in: ids.map(({ id }) => id) } },
  });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap(({ id }) => byId.get(id) ?? []);
}

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
export function updateCase(
  tx: Tx,
  id: string,
  change: CaseChange,
  raisesVersion: boolean,
): Promise<Case> {
  return tx.case.update({
    where: { id },
    data: {
      ...change,
      ...(raisesVersion ? { version: { increment: 1 } } : {}),
    },
  });
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
  step: Exclude<ReadingStep, "none" | "end">,
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

/** Adds what was signed as the next version of a reading. */
export function insertVersion(
  tx: Tx,
  data: Prisma.ReadingVersionUncheckedCreateInput,
): Promise<ReadingVersion> {
  return tx.readingVersion.create({ data });
}

/** The newest signed version of a case at a stage, or null. */
export function newestVersion(
  tx: Tx,
  caseId: string,
  stage: Reading["stage"],
): Promise<ReadingVersion | null> {
  return tx.readingVersion.findFirst({
    where: { caseId, reading: { stage } },
    orderBy: [{ signedAt: "desc" }, { id: "desc" }],
  });
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
