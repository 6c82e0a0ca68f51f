import type { DatabaseClient, Sex, Tx } from "@lung-iris/prisma";
import { z } from "zod";
import { LEADING_FINDING } from "../findings/finding-catalogue.ts";
import type { WatchState } from "./watch.rules.ts";
import { isWatchedMetric, type WatchedMetric } from "./watched-metrics.ts";

/** The only writer of `MonitoringWatch` and `MonitoringCursor`. */

export type Stream = "predictions" | "signatures";

/** Where a stream was followed to: everything up to that row was seen. */
export interface Position {
  at: Date;
  id: string;
}

const BEGINNING: Position = {
  at: new Date(0),
  id: "00000000-0000-0000-0000-000000000000",
};

/**
 * How long a row may take from its time to its commit: it is looked at after
 * that, in the order of the times.
 */
const SETTLED_SECONDS = 20;

/** The stream's position, held until the transaction ends. */
export async function lockPosition(tx: Tx, stream: Stream): Promise<Position> {
  await tx.monitoringCursor.createMany({
    data: [{ stream, ...BEGINNING }],
    skipDuplicates: true,
  });
  const [row] = await tx.$queryRaw<Position[]>`
    SELECT "at", "id"::text FROM "MonitoringCursor"
    WHERE "stream" = ${stream} FOR UPDATE`;
  return row ?? BEGINNING;
}

export async function movePosition(
  tx: Tx,
  stream: Stream,
  position: Position,
): Promise<void> {
  await tx.monitoringCursor.update({ where: { stream }, data: position });
}

export interface FilmRow extends Position {
  siteId: string;
  modelVersionId: string;
  isRefused: boolean;
  greyMean: number | null;
  greySpan: number | null;
  gateDistance: number | null;
  probability: number | null;
  age: number | null;
  sex: Sex;
  /** The live model's first answer on the film. */
  isFirst: boolean;
}

/** The live models' next answers, of all sites, in the order of their times. */
export function nextFilms(
  tx: Tx,
  { at, id }: Position,
  limit: number,
): Promise<FilmRow[]> {
  return tx.$queryRaw<FilmRow[]>`
    /* watch films */ SELECT p."id"::text, p."createdAt" AS "at",
      i."siteId"::text AS "siteId", p."modelVersionId"::text AS "modelVersionId",
      p."gateStatus" = 'NOT_ASSESSED' AS "isRefused", p."greyMean",
      p."greySpan", p."gateDistance", f."probability",
      s."patientAgeYears" AS "age", pt."sex"::text AS "sex",
      p."role" = 'LIVE' AND NOT EXISTS (
        SELECT 1 FROM "Prediction" e WHERE e."imageId" = p."imageId"
          AND e."role" = 'LIVE' AND e."createdAt" < p."createdAt") AS "isFirst"
    FROM (SELECT * FROM "Prediction"
      WHERE ("createdAt", "id") > (${at}::timestamptz, ${id}::uuid)
        AND "createdAt" < now() - ${SETTLED_SECONDS} * interval '1 second'
      ORDER BY "createdAt", "id" LIMIT ${limit}) p
    JOIN "Image" i ON i."id" = p."imageId" AND i."removedAt" IS NULL
    JOIN "Study" s ON s."id" = i."studyId"
    JOIN "Patient" pt ON pt."id" = s."patientId"
    LEFT JOIN "PredictionFinding" f
      ON f."predictionId" = p."id" AND f."code" = ${LEADING_FINDING}
    ORDER BY p."createdAt", p."id"`;
}

export interface SignatureRow extends Position {
  siteId: string;
  isOverride: boolean;
}

/** The next first signatures with an answer of the AI, of all sites. */
export function nextSignatures(
  tx: Tx,
  { at, id }: Position,
  limit: number,
): Promise<SignatureRow[]> {
  return tx.$queryRaw<SignatureRow[]>`
    /* watch signatures */ SELECT "id"::text, "createdAt" AS "at",
      "siteId"::text AS "siteId", "decision" = 'OVERRIDE' AS "isOverride"
    FROM "ReadingVersion"
    WHERE ("createdAt", "id") > (${at}::timestamptz, ${id}::uuid)
      AND "createdAt" < now() - ${SETTLED_SECONDS} * interval '1 second'
      AND "version" = 1 AND "decision" <> 'INDEPENDENT'
      AND "label" <> 'NOT_DIAGNOSTIC'
    ORDER BY "createdAt", "id" LIMIT ${limit}`;
}

export interface WatchKey {
  siteId: string;
  metric: WatchedMetric;
  scope: string;
}

export type WatchRow = WatchKey & WatchState;

const statisticsSchema = z.array(z.number().nullable());

/** The watches of some sites, or those of all that have an alarm due. */
export async function findWatches(
  client: DatabaseClient | Tx,
  where: { siteId: { in: string[] } } | { level: { gte: number } },
): Promise<WatchRow[]> {
  const rows = await client.monitoringWatch.findMany({
    where,
    orderBy: [{ metric: "asc" }, { seenAt: "desc" }],
  });
  // What a newer version watched is not known here.
  return rows.flatMap(({ metric, statistics, ...row }) =>
    isWatchedMetric(metric)
      ? [{ ...row, metric, statistics: statisticsSchema.parse(statistics) }]
      : [],
  );
}

export async function saveWatch(tx: Tx, watch: WatchRow): Promise<void> {
  const { siteId, metric, scope, ...state } = watch;
  await tx.monitoringWatch.upsert({
    where: { siteId_metric_scope: { siteId, metric, scope } },
    create: watch,
    update: state,
  });
}

/**
 * Lets a site's watches of a figure begin anew. Waits for who follows a
 * stream, who would write back what was forgotten.
 */
export async function forgetWatches(
  tx: Tx,
  siteId: string,
  metric: string,
): Promise<void> {
  await tx.$queryRaw`
    SELECT 1 FROM "MonitoringCursor" ORDER BY "stream" FOR UPDATE`;
  await tx.monitoringWatch.deleteMany({ where: { siteId, metric } });
}
