import { Prisma } from "@lung-iris/prisma";
import type { DatabaseClient, Label, ReaderGrade } from "@lung-iris/prisma";

/** A case that two readers read independently, as each signed it first. */
export interface ReadTwice {
  patientId: string;
  firstReaderId: string;
  firstReader: string;
  firstLabel: Label;
  firstFindings: unknown;
  /** As it was at the signature. */
  firstGrade: ReaderGrade;
  secondReaderId: string;
  secondReader: string;
  secondLabel: Label;
  secondFindings: unknown;
  secondGrade: ReaderGrade;
  /** Chance alone took it, whatever other rule did as well. */
  isDrawn: boolean;
}

/** An opinion given before anything of the AI was shown, and its answer. */
export interface BlindOpinion {
  patientId: string;
  readerId: string;
  reader: string;
  opinion: Label;
  probability: number;
  threshold: number;
}

/** The newest of these are measured: each figure is resampled 1,000 times. */
export const MOST_CASES = 2_000;

/**
 * Cases of a site with a second reading that was signed since, the newest
 * first; one more than are measured. What was amended later is left out: it
 * may follow from the other's word.
 */
export function casesReadTwice(
  client: DatabaseClient,
  siteId: string,
  since: Date,
  isDrawnOnly: boolean,
): Promise<ReadTwice[]> {
  const drawn = Prisma.sql`'random' = ANY (c."secondReadReasons")`;
  return client.$queryRaw<ReadTwice[]>`
    /* agreement of readers */ SELECT c."patientId"::text AS "patientId",
      p."readerId"::text AS "firstReaderId", pu."name" AS "firstReader",
      pv."label" AS "firstLabel", pv."findings" AS "firstFindings",
      pv."readerGrade" AS "firstGrade",
      s."readerId"::text AS "secondReaderId", su."name" AS "secondReader",
      sv."label" AS "secondLabel", sv."findings" AS "secondFindings",
      sv."readerGrade" AS "secondGrade",
      ${drawn} AS "isDrawn"
    FROM "Reading" s
    JOIN "Case" c ON c."id" = s."caseId"
    CROSS JOIN LATERAL (
      SELECT r."id", r."readerId" FROM "Reading" r
      WHERE r."caseId" = s."caseId" AND r."stage" = 'PRIMARY'
        AND r."state" = 'SIGNED' AND r."endedAt" <= s."endedAt"
      ORDER BY r."endedAt" DESC LIMIT 1) p
    JOIN "ReadingVersion" pv
      ON pv."readingId" = p."id" AND pv."version" = 1
    JOIN "ReadingVersion" sv
      ON sv."readingId" = s."id" AND sv."version" = 1
    JOIN "User" pu ON pu."id" = p."readerId"
    JOIN "User" su ON su."id" = s."readerId"
    WHERE s."siteId" = ${siteId}::uuid AND s."stage" = 'SECOND'
      AND s."state" = 'SIGNED' AND s."endedAt" >= ${since}
      AND (${!isDrawnOnly} OR ${drawn})
    ORDER BY s."endedAt" DESC LIMIT ${MOST_CASES + 1}`;
}

/** Blind opinions of readers on films that the AI assessed, the newest first. */
export function blindOpinions(
  client: DatabaseClient,
  siteId: string,
  since: Date,
): Promise<BlindOpinion[]> {
  return client.$queryRaw<BlindOpinion[]>`
    /* readers against the AI */ SELECT c."patientId"::text AS "patientId",
      r."readerId"::text AS "readerId", u."name" AS "reader", r."opinion",
      c."probability", c."threshold"
    FROM "ReadingVersion" v
    JOIN "Reading" r ON r."id" = v."readingId"
    JOIN "Case" c ON c."id" = v."caseId"
    JOIN "User" u ON u."id" = r."readerId"
    WHERE v."siteId" = ${siteId}::uuid AND v."signedAt" >= ${since}
      AND v."version" = 1 AND r."opinionIsBlind" AND r."opinion" IS NOT NULL
      AND r."opinion" <> 'NOT_DIAGNOSTIC' AND c."assessment" = 'ASSESSED'
      AND c."probability" IS NOT NULL AND c."threshold" IS NOT NULL
    ORDER BY v."signedAt" DESC LIMIT ${MOST_CASES + 1}`;
}
