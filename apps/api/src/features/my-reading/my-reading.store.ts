import { Prisma } from "@lung-iris/prisma";
import type {
  DatabaseClient,
  Decision,
  Label,
  LabelGrade,
} from "@lung-iris/prisma";
import { LEADING_FINDING } from "../findings/finding-catalogue.ts";

/** One signed reading of a reader: its first version and its newest. */
export interface OwnReading {
  patientId: string;
  startedAt: Date;
  signedAt: Date;
  /** Before the AI was shown, where nothing of it had been; else null. */
  blindOpinion: Label | null;
  /** As signed first. */
  label: Label;
  decision: Decision;
  overrideReason: string | null;
  /** As it stands now. */
  newestLabel: Label;
  versions: number;
  /**
   * What two readers or a third one came to, where the case was read further;
   * null elsewhere, and for who decided it alone.
   */
  settledLabel: Label | null;
  /** By whom, with the same. */
  settledBy: LabelGrade | null;
  /**
   * What the other of two independent readers signed first of the case; null
   * where nobody else read it so. Who decides between two sees both.
   */
  otherLabel: Label | null;
  /** What the AI said of the film; null where it had not assessed it. */
  probability: number | null;
  threshold: number | null;
}

/** More than anybody signs in a year. */
export const MOST_READINGS = 50_000;

/** What a reader has signed since a time, the newest first. */
export function ownReadings(
  client: DatabaseClient,
  readerId: string,
  siteIds: readonly string[],
  since: Date,
): Promise<OwnReading[]> {
  return client.$queryRaw<OwnReading[]>`
    /* my reading */ SELECT c."patientId"::text AS "patientId", r."startedAt",
      v."signedAt",
      CASE WHEN r."opinionIsBlind" THEN r."opinion" END AS "blindOpinion",
      v."label", v."decision", v."overrideReason", n."label" AS "newestLabel",
      n."version" AS "versions", settled."label" AS "settledLabel",
      settled."grade" AS "settledBy", other."label" AS "otherLabel",
      f."probability",
      CASE WHEN f."probability" IS NOT NULL
        THEN coalesce(c."threshold", f."ownThreshold") END AS "threshold"
    FROM "ReadingVersion" v
    JOIN "Reading" r ON r."id" = v."readingId"
    JOIN "Case" c ON c."id" = v."caseId"
    JOIN LATERAL (
      SELECT w."label", w."version" FROM "ReadingVersion" w
      WHERE w."readingId" = v."readingId"
      ORDER BY w."version" DESC LIMIT 1) n ON TRUE
    LEFT JOIN LATERAL (
      SELECT l."label", l."grade" FROM "CaseLabel" l
      WHERE l."caseId" = v."caseId" AND l."until" IS NULL
        AND l."grade" IN ('TWO_AGREE', 'ADJUDICATED')
        AND r."stage" <> 'ADJUDICATION'
        -- Not that of a film which came later.
        AND NOT EXISTS (SELECT 1 FROM "Reading" o
          WHERE o."caseId" = v."caseId" AND o."stage" = 'PRIMARY'
            AND o."state" = 'SIGNED' AND o."endedAt" > v."signedAt")) settled
      ON TRUE
    LEFT JOIN LATERAL (
      SELECT x."id" FROM "Reading" x
      WHERE x."caseId" = v."caseId" AND x."state" = 'SIGNED'
        -- The first reading that a second one was compared with, and back.
        AND ((r."stage" = 'SECOND' AND x."stage" = 'PRIMARY'
            AND x."endedAt" <= r."endedAt")
          OR (r."stage" = 'PRIMARY' AND x."stage" = 'SECOND'
            AND x."endedAt" >= r."endedAt"
            AND NOT EXISTS (SELECT 1 FROM "Reading" o
              WHERE o."caseId" = v."caseId" AND o."stage" = 'PRIMARY'
                AND o."state" = 'SIGNED' AND o."endedAt" > r."endedAt"
                AND o."endedAt" <= x."endedAt")))
      ORDER BY abs(extract(epoch FROM x."endedAt" - r."endedAt")) LIMIT 1) pair
      ON TRUE
    LEFT JOIN "ReadingVersion" other
      ON other."readingId" = pair."id" AND other."version" = 1
    LEFT JOIN "PredictionFinding" f
      ON f."predictionId" = v."predictionId" AND f."code" = ${LEADING_FINDING}
    WHERE v."readerId" = ${readerId}::uuid AND v."signedAt" >= ${since}
      AND v."version" = 1
      AND v."siteId" IN (${Prisma.join(siteIds.map((id) => Prisma.sql`${id}::uuid`))})
    ORDER BY v."signedAt" DESC LIMIT ${MOST_READINGS}`;
}
