import { Prisma } from "@lung-iris/prisma";
import type {
  Case,
  DatabaseClient,
  Procedure,
  ProcedureMoment,
  ProcedureRun,
  ProcedureStep,
  ProcedureVersion,
  Tx,
} from "@lung-iris/prisma";
import { addSeconds } from "../../platform/clock.ts";
import { newId } from "../../platform/ids.ts";
import {
  planAt,
  procedureDocument,
  type ProcedureDocument,
  type ProcedurePlan,
} from "./procedure-document.ts";
import { dueSteps, inTimeShare, type StepCounts } from "./procedure.rules.ts";

/** The only writer of procedures, their versions, runs and steps. */

/** The newest version of each procedure of sites, in the order of making. */
export async function newestVersions(
  client: DatabaseClient,
  siteIds: readonly string[],
): Promise<ProcedureVersion[]> {
  const newest = await client.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT ON ("siteId", "procedureId") "id"::text AS "id"
    FROM "ProcedureVersion" WHERE "siteId" = ANY (${[...siteIds]}::uuid[])
    ORDER BY "siteId", "procedureId", "version" DESC`;
  return client.procedureVersion.findMany({
    where: { id: { in: newest.map(({ id }) => id) } },
    orderBy: [{ procedure: { createdAt: "asc" } }, { procedureId: "asc" }],
  });
}

/** Versions in force that are on and wait for one of the moments. */
export async function versionsBegunBy(
  tx: Tx,
  siteId: string,
  moments: readonly ProcedureMoment[],
): Promise<{ id: string; procedureId: string; document: ProcedureDocument }[]> {
  const rows = await tx.$queryRaw<
    { id: string; procedureId: string; document: unknown }[]
  >`
    SELECT n."id"::text AS "id", n."procedureId"::text AS "procedureId",
      n."document"
    FROM (
      SELECT DISTINCT ON ("procedureId") *
      FROM "ProcedureVersion" WHERE "siteId" = ${siteId}::uuid
      ORDER BY "procedureId", "version" DESC
    ) n
    WHERE n."isOn"
      AND n."document"->'trigger'->>'moment' = ANY (${[...moments]}::text[])`;
  return rows.map((row) => ({
    ...row,
    document: procedureDocument.parse(row.document),
  }));
}

/** Holds a procedure until the transaction ends; its newest version, or null. */
export async function lockProcedure(
  tx: Tx,
  scope: Prisma.ProcedureWhereInput,
  id: string,
): Promise<ProcedureVersion | null> {
  await tx.$queryRaw`SELECT 1 FROM "Procedure" WHERE "id" = ${id}::uuid FOR UPDATE`;
  return tx.procedureVersion.findFirst({
    where: { procedureId: id, procedure: scope },
    orderBy: { version: "desc" },
  });
}

/** Holds the site's set of procedures, so that it stays within its bound. */
export async function countProcedures(tx: Tx, siteId: string): Promise<number> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(
    hashtextextended(${`procedures:${siteId}`}, 0))`;
  return tx.procedure.count({ where: { siteId } });
}

export function insertProcedure(
  tx: Tx,
  data: Prisma.ProcedureUncheckedCreateInput,
): Promise<Procedure> {
  return tx.procedure.create({ data });
}

export function insertProcedureVersion(
  tx: Tx,
  data: Omit<ProcedureVersion, "document"> & { document: ProcedureDocument },
): Promise<ProcedureVersion> {
  return tx.procedureVersion.create({ data });
}

/** Versions of a procedure below a number, the newest first. */
export function listProcedureVersions(
  client: DatabaseClient,
  scope: Prisma.ProcedureVersionWhereInput,
  below: number | null,
  take: number,
): Promise<ProcedureVersion[]> {
  return client.procedureVersion.findMany({
    where: { AND: [scope, below === null ? {} : { version: { lt: below } }] },
    orderBy: { version: "desc" },
    take,
  });
}

/** Begins a procedure for a case with its steps; null where it has begun. */
export async function insertRun(
  tx: Tx,
  row: Pick<Case, "id" | "siteId">,
  version: { id: string; procedureId: string; document: ProcedureDocument },
  now: Date,
): Promise<ProcedureRun | null> {
  const { moment } = version.document.trigger;
  const of = { siteId: row.siteId, caseId: row.id, moment };
  const [run] = await tx.procedureRun.createManyAndReturn({
    data: [
      {
        id: newId(now),
        ...of,
        procedureId: version.procedureId,
        versionId: version.id,
        startedAt: now,
      },
    ],
    skipDuplicates: true,
  });
  if (run === undefined) return null;
  await tx.procedureStep.createMany({
    data: version.document.steps.map(
      ({ role, minutes, evidence }, position) => ({
        id: newId(now),
        ...of,
        runId: run.id,
        procedureId: version.procedureId,
        position,
        role,
        dueAt: addSeconds(now, minutes * 60),
        isReadBack: evidence.kind === "READ_BACK",
      }),
    ),
  });
  return run;
}

/** Reads a step and holds its row until the transaction ends. */
export async function lockStep(
  tx: Tx,
  scope: Prisma.ProcedureStepWhereInput,
  id: string,
): Promise<ProcedureStep | null> {
  await tx.$queryRaw`SELECT 1 FROM "ProcedureStep" WHERE "id" = ${id}::uuid FOR UPDATE`;
  return tx.procedureStep.findFirst({ where: { AND: [scope, { id }] } });
}

/** The steps of a case that a read-back does, held until the end. */
export async function lockReadBacks(
  tx: Tx,
  caseId: string,
  state: ProcedureStep["state"],
): Promise<ProcedureStep[]> {
  await tx.$queryRaw`SELECT 1 FROM "ProcedureStep"
    WHERE "caseId" = ${caseId}::uuid AND "moment" = 'CRITICAL'
    ORDER BY "id" FOR UPDATE`;
  return tx.procedureStep.findMany({
    where: { caseId, moment: "CRITICAL", state },
    orderBy: { id: "asc" },
  });
}

/** What a step asks for, by the version that its procedure began with. */
export async function planOf(
  tx: Tx,
  { runId, position }: Pick<ProcedureStep, "runId" | "position">,
): Promise<ProcedurePlan> {
  const { version } = await tx.procedureRun.findUniqueOrThrow({
    where: { id: runId },
    select: { version: { select: { document: true } } },
  });
  return planAt(procedureDocument.parse(version.document), position);
}

export function updateStep(
  tx: Tx,
  id: string,
  data: Prisma.ProcedureStepUncheckedUpdateInput,
): Promise<ProcedureStep> {
  return tx.procedureStep.update({ where: { id }, data });
}

/** Undone past their time, without those in use, the longest overdue first. */
export async function lockUnescalatedSteps(
  tx: Tx,
  now: Date,
  limit: number,
): Promise<ProcedureStep[]> {
  // Word for word the condition of the index "ProcedureStep_unescalated".
  const ids = await tx.$queryRaw<{ id: string }[]>`
    SELECT "id"::text AS "id" FROM "ProcedureStep"
    WHERE "state" = 'OPEN' AND "escalatedAt" IS NULL AND NOT "isReadBack"
      AND "dueAt" <= ${now}::timestamptz
    ORDER BY "dueAt", "id" LIMIT ${limit} FOR UPDATE SKIP LOCKED`;
  return tx.procedureStep.findMany({
    where: { id: { in: ids.map(({ id }) => id) } },
    orderBy: [{ dueAt: "asc" }, { id: "asc" }],
  });
}

/**
 * Whose a step is: everybody of its role at the site. That there is a
 * procedure can tell what the AI or a reading said, which is kept from readers
 * who have not read the case: of those the ones who signed it.
 */
export async function peopleOfStep(
  tx: Tx,
  { siteId, caseId, role, moment }: ProcedureStep,
): Promise<string[]> {
  const isOpenToAll = moment === "ARRIVAL" || role !== "RADIOLOGIST";
  const users = await tx.user.findMany({
    where: {
      isActive: true,
      role,
      sites: { some: { siteId } },
      ...(isOpenToAll
        ? {}
        : { readings: { some: { caseId, state: "SIGNED" } } }),
    },
    select: { id: true },
  });
  return users.map(({ id }) => id);
}

/** Open steps, the longest overdue first, along "ProcedureStep_open". */
export function findOpenSteps(
  client: DatabaseClient,
  scope: Prisma.ProcedureStepWhereInput,
  after: { dueAt: Date; id: string } | null,
  take: number,
): Promise<ProcedureStep[]> {
  const later: Prisma.ProcedureStepWhereInput =
    after === null
      ? {}
      : {
          OR: [
            { dueAt: { gt: after.dueAt } },
            { dueAt: after.dueAt, id: { gt: after.id } },
          ],
        };
  return client.procedureStep.findMany({
    where: { AND: [scope, { state: "OPEN" }, later] },
    orderBy: [{ dueAt: "asc" }, { id: "asc" }],
    take,
  });
}

/** How the steps of one procedure were done. */
export interface AdherenceRow extends StepCounts {
  procedureId: string;
  open: number;
  /** Steps whose time has come or that were done before it. */
  due: number;
  /** Share of these that was done in time; null where there are none. */
  inTimeShare: number | null;
}

/**
 * Steps at a site whose runs began since a time, by procedure; what is no
 * longer needed is in no figure.
 */
export async function countSteps(
  client: DatabaseClient,
  scope: Prisma.ProcedureStepWhereInput,
  of: { siteId: string; since: Date; now: Date },
): Promise<AdherenceRow[]> {
  const begun = { siteId: of.siteId, startedAt: { gte: of.since } };
  const within = { AND: [scope, { siteId: of.siteId, run: begun }] };
  const { dueAt } = client.procedureStep.fields;
  const [inTime, late, open, overdue] = await Promise.all(
    [
      { state: "DONE" as const, doneAt: { lte: dueAt } },
      { state: "DONE" as const, doneAt: { gt: dueAt } },
      { state: "OPEN" as const },
      { state: "OPEN" as const, dueAt: { lte: of.now } },
    ].map((kind) => countByProcedure(client, { AND: [within, kind] })),
  );
  const ids = new Set(
    [inTime, late, open].flatMap((counts) => [...(counts?.keys() ?? [])]),
  );
  return [...ids].sort().map((procedureId) => {
    const counts = {
      doneInTime: inTime?.get(procedureId) ?? 0,
      doneLate: late?.get(procedureId) ?? 0,
      overdue: overdue?.get(procedureId) ?? 0,
    };
    return {
      procedureId,
      ...counts,
      open: open?.get(procedureId) ?? 0,
      due: dueSteps(counts),
      inTimeShare: inTimeShare(counts),
    };
  });
}

async function countByProcedure(
  client: DatabaseClient,
  where: Prisma.ProcedureStepWhereInput,
): Promise<Map<string, number>> {
  const rows = await client.procedureStep.groupBy({
    by: ["procedureId"],
    where,
    _count: true,
  });
  return new Map(rows.map(({ procedureId, _count }) => [procedureId, _count]));
}
