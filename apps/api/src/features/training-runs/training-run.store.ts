import type {
  BarsVersion,
  Dataset,
  DatabaseClient,
  ModelVersion,
  TrainingLogLine,
  TrainingPoint,
  TrainingRun,
  TrainingState,
  Tx,
} from "@lung-iris/prisma";
import { Prisma } from "@lung-iris/prisma";

/** The only writer of `TrainingRun`, `TrainingPoint` and `TrainingLogLine`. */

/** A run with all that is shown beside it. */
export type TrainingRunRow = TrainingRun & {
  dataset: Dataset;
  base: ModelVersion;
  bars: BarsVersion;
  candidate: ModelVersion | null;
};

const include = { dataset: true, base: true, bars: true, candidate: true };

export function insertRun(
  tx: Tx,
  data: Prisma.TrainingRunUncheckedCreateInput,
): Promise<TrainingRunRow> {
  return tx.trainingRun.create({ data, include });
}

export function findRun(
  client: DatabaseClient | Tx,
  where: Prisma.TrainingRunWhereInput,
): Promise<TrainingRunRow | null> {
  return client.trainingRun.findFirst({ where, include });
}

/** Reads a run and holds it until the transaction ends. */
export async function lockRun(
  tx: Tx,
  scope: Prisma.TrainingRunWhereInput,
  id: string,
): Promise<TrainingRunRow | null> {
  await tx.$queryRaw`SELECT 1 FROM "TrainingRun" WHERE "id" = ${id}::uuid FOR UPDATE`;
  return findRun(tx, { AND: [scope, { id }] });
}

/** Newest first; ids are of version 7. */
export function listRuns(
  client: DatabaseClient,
  scope: Prisma.TrainingRunWhereInput,
  before: string | null,
  take: number,
): Promise<TrainingRunRow[]> {
  return client.trainingRun.findMany({
    where: { AND: [scope, before === null ? {} : { id: { lt: before } }] },
    orderBy: { id: "desc" },
    take,
    include,
  });
}

/** Whether a model or a run that may still end well has the name. */
export async function isNameTaken(tx: Tx, name: string): Promise<boolean> {
  const model = await tx.modelVersion.findFirst({
    where: { name },
    select: { id: true },
  });
  if (model !== null) return true;
  const run = await tx.trainingRun.findFirst({
    where: { name, state: { notIn: ["STOPPED", "FAILED"] } },
    select: { id: true },
  });
  return run !== null;
}

export function updateRun(
  tx: Tx,
  id: string,
  data: Prisma.TrainingRunUncheckedUpdateInput,
): Promise<TrainingRunRow> {
  return tx.trainingRun.update({ where: { id }, data, include });
}

/** What a trainer can do, and who it is. */
export interface Trainer {
  name: string;
  engines: readonly string[];
  /** Models whose folders it has or can fetch. */
  baseIds: readonly string[];
}

/**
 * Gives the oldest run that nobody works at to a trainer, for so many seconds;
 * null where there is none that it can do.
 */
export async function takeRun(
  tx: Tx,
  { name, engines, baseIds }: Trainer,
  token: string,
  seconds: number,
): Promise<{ id: string; before: TrainingState } | null> {
  const [found] = await tx.$queryRaw<{ id: string; before: TrainingState }[]>`
    SELECT "id"::text AS "id", "state"::text AS "before" FROM "TrainingRun"
    WHERE "state" IN ('QUEUED', 'RUNNING')
      AND ("leaseUntil" IS NULL OR "leaseUntil" < now())
      AND "baseId" = ANY (${[...baseIds]}::uuid[])
      -- Gradients need an engine, and a run that began on one stays on it.
      AND ("kind" = 'RECALIBRATE'
        OR coalesce("engine", "settings"->>'engine', ${engines[0] ?? ""})
          = ANY (${[...engines]}))
    ORDER BY "createdAt" LIMIT 1 FOR UPDATE SKIP LOCKED`;
  if (found === undefined) return null;
  await tx.$executeRaw`UPDATE "TrainingRun" SET "trainer" = ${name},
      "leaseToken" = ${token}::uuid, "attempts" = "attempts" + 1,
      "leaseUntil" = now() + make_interval(secs => ${seconds}::int)
    WHERE "id" = ${found.id}::uuid`;
  return found;
}

/**
 * Keeps a run for a trainer; its state, or null where it is no longer the
 * trainer's.
 */
export async function renewLease(
  client: DatabaseClient,
  id: string,
  token: string,
  seconds: number,
): Promise<TrainingState | null> {
  const [row] = await client.$queryRaw<{ state: TrainingState }[]>`
    UPDATE "TrainingRun"
    SET "leaseUntil" = now() + make_interval(secs => ${seconds}::int)
    WHERE "id" = ${id}::uuid AND "leaseToken" = ${token}::uuid
    RETURNING "state"::text AS "state"`;
  return row?.state ?? null;
}

/** Lets another trainer have it. */
export async function endLease(
  client: DatabaseClient | Tx,
  id: string,
  token: string,
): Promise<void> {
  await client.trainingRun.updateMany({
    where: { id, leaseToken: token },
    data: { leaseToken: null, leaseUntil: null },
  });
}

/** Writes where it stands; false where the run is no longer the trainer's. */
export async function noteProgress(
  client: DatabaseClient | Tx,
  id: string,
  token: string,
  data: Prisma.TrainingRunUncheckedUpdateManyInput,
): Promise<boolean> {
  const { count } = await client.trainingRun.updateMany({
    where: { id, leaseToken: token },
    data,
  });
  return count > 0;
}

/** A point that is there already stays: a run goes on from before it. */
export async function insertPoint(
  client: DatabaseClient,
  data: TrainingPoint,
): Promise<void> {
  await client.trainingPoint.createMany({ data, skipDuplicates: true });
}

/** The curves in the order in which they are drawn. */
export function listPoints(
  client: DatabaseClient,
  runId: string,
  take: number,
): Promise<TrainingPoint[]> {
  return client.trainingPoint.findMany({
    where: { runId },
    orderBy: [{ phase: "desc" }, { step: "asc" }],
    take,
  });
}

/** Adds a line behind those that are there. */
export async function insertLine(
  client: DatabaseClient,
  runId: string,
  at: Date,
  text: string,
): Promise<void> {
  await client.$executeRaw`INSERT INTO "TrainingLogLine" ("runId", "seq", "at", "text")
    SELECT ${runId}::uuid, coalesce(max("seq"), 0) + 1, ${at}, ${text}
    FROM "TrainingLogLine" WHERE "runId" = ${runId}::uuid`;
}

/** Newest first. */
export function listLines(
  client: DatabaseClient,
  runId: string,
  below: number | null,
  take: number,
): Promise<TrainingLogLine[]> {
  return client.trainingLogLine.findMany({
    where: { runId, ...(below === null ? {} : { seq: { lt: below } }) },
    orderBy: { seq: "desc" },
    take,
  });
}

/** The runs that made these candidates, within a scope, the first one first. */
export function runsOfCandidates(
  client: DatabaseClient,
  scope: Prisma.TrainingRunWhereInput,
  candidateIds: string[],
): Promise<TrainingRunRow[]> {
  return client.trainingRun.findMany({
    where: { AND: [scope, { candidateId: { in: candidateIds } }] },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    include,
  });
}

/** Candidates that runs made, with the run that holds their files. */
export function madeCandidates(
  client: DatabaseClient,
  without: readonly string[],
): Promise<TrainingRunRow[]> {
  return client.trainingRun.findMany({
    where: { candidateId: { not: null, notIn: [...without] } },
    orderBy: { id: "asc" },
    include,
  });
}
